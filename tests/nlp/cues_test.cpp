#include "nlp/cues.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/prepared.h"

namespace plumbline {
namespace {

const Cues& cues_of(const std::string& lang) {
  static std::vector<std::pair<std::string, Cues>> known;
  for (const auto& [code, cues] : known) {
    if (code == lang) return cues;
  }
  std::vector<std::pair<std::string, std::string_view>> files;
  for (const EmbeddedFile& file : embedded_below("lang/" + lang + "/")) {
    if (!file.path.ends_with("_cues.txt"))
      files.emplace_back(std::string(file.path.substr(file.path.rfind('/') + 1)), file.bytes);
  }
  Result<Cues> loaded = Cues::load(files);
  EXPECT_TRUE(loaded) << (loaded ? "" : describe(loaded.error()));
  known.reserve(32);
  known.emplace_back(lang, std::move(loaded).value());
  return known.back().second;
}

CueFindings find(const std::string& lang, std::string_view text) {
  Prepared prepared;
  prepare(text, prepared);
  CueFindings found;
  cues_of(lang).find(prepared, found);
  return found;
}

// "need:leaving pain:reliability", in text order.
std::string kinds(const std::string& lang, std::string_view text) {
  std::string out;
  for (const StatementSpan& statement : find(lang, text).statements) {
    out += (out.empty() ? "" : " ") + std::string(name_of(statement.kind));
  }
  return out;
}

struct KindCase {
  const char* lang;
  const char* text;
  const char* kinds;
};

TEST(Cues, FindWhatAuthorsState) {
  const KindCase cases[] = {
      {"en", "I need a refund.", "need"},
      {"en", "Need help with my account", "need"},
      {"en", "I really want a longer cable", "want"},
      {"en", "Wish it had a dark mode", "want"},
      {"en", "It keeps crashing when I open a file.", "pain"},
      {"en", "Can\xE2\x80\x99t log in since Monday", "pain"},
      {"en", "so tired of waiting", "pain"},
      {"en", "Still waiting", "pain"},
      {"en", "Worried that it breaks after a year", "fear"},
      {"en", "I'm a bit afraid of losing my photos", "fear"},
      {"en", "There is no guarantee that they exist next year", "risk"},
      {"en", "What if it breaks after two years?", "risk"},
      {"en", "It costs me $200 a year", "cost"},
      {"en", "Hidden fees everywhere", "cost"},
      {"en", "I expect a reply within a day", "experience"},
      {"en", "This should just work", "experience"},
      {"en", "The printer is great.", "praise"},
      {"en", "I don't want another app.", ""},
      {"en", "I do not need help.", ""},
      {"en", "Do you need help?", "question"},
      {"en", "If you need a refund, write to them.", ""},
      {"en", "She said \"I need a refund\" and left.", ""},
      {"en", "I'm not afraid of it.", ""},
      {"en", "It never crashes and has no hidden fees.", ""},
      {"en", "Exactly what I needed, it does everything I want.", ""},
      {"en", "I want to thank the whole team.", ""},
      {"en", "I had no problems at all", ""},
      {"en", "You won't be disappointed", ""},
  };
  for (const KindCase& c : cases) EXPECT_EQ(kinds(c.lang, c.text), c.kinds) << c.text;
}

// Met while reading what the patterns found in real posts.
TEST(Cues, LeaveLookalikesAlone) {
  for (const char* text : {
           "We hope you can make that flight",
           "It keeps me up to date on the weather",
           "They clearly didn't want to be there",
           "I appreciate the quick response",
           "You should be ashamed",
           "Should be a fun day",
           "my name had a fraud alert",
           "can't get enough of it",
           "Better than I expected",
           "I was told that I need a form, she said.",
           "Hassle free returns",
           "We wish you a great holiday",
           "He could have done without",
           "The problem was solved within a day",
           "I can't imagine a better one",
           "Not cheap",
       }) {
    EXPECT_EQ(kinds("en", text), "") << text;
  }
}

TEST(Cues, ReadOtherLanguages) {
  const KindCase cases[] = {
      {"de", "Ich brauche dringend eine Rückerstattung.", "need"},
      {"de", "Ich möchte ein längeres Kabel", "want"},
      {"de", "Die App stürzt ständig ab", "pain"},
      {"de", "Ich habe Angst um meine Daten", "fear"},
      {"de", "Es gibt keine Garantie dafür", "risk"},
      {"de", "Das kostet mich 200 Euro im Jahr", "cost"},
      {"de", "Ich erwarte eine Antwort innerhalb eines Tages.", "experience"},
      {"de", "Ich brauche keine Hilfe.", ""},
      {"de", "Braucht ihr Hilfe?", "question"},
      {"es", "Necesito un reembolso urgente", "need"},
      {"es", "Quiero un cable más largo", "want"},
      {"es", "La aplicación no funciona", "pain"},
      {"es", "Tengo miedo de perder mis datos", "fear"},
      {"es", "No hay garantía de nada", "risk"},
      {"es", "Me cuesta 200 euros al año", "cost"},
      {"es", "Espero una respuesta en un día", "experience"},
      {"es", "No necesito ayuda.", ""},
      {"es", "¿Necesitas ayuda?", "question"},
      {"fr", "J’ai besoin d’un remboursement", "need"},
      {"fr", "L'application ne marche pas", "pain"},
      {"fr", "J'ai peur de perdre mes données", "fear"},
      {"fr", "Ça me coûte 200 € par an", "cost"},
      {"fr", "Je n'ai pas besoin d'aide.", ""},
      {"it", "Ho bisogno di un rimborso", "need"},
      {"it", "Vorrei un cavo più lungo", "want"},
      {"it", "Non funziona più", "pain"},
      {"it", "Mi aspetto una risposta entro un giorno", "experience"},
      {"it", "Non ho bisogno di aiuto", ""},
      {"pt", "Preciso de um reembolso", "need"},
      {"pt", "O aplicativo não funciona", "pain"},
      {"pt", "Tenho medo de perder meus dados", "fear"},
      {"nl", "Ik heb een terugbetaling nodig", "need"},
      {"nl", "De app werkt niet", "pain"},
      {"nl", "Het kost me 200 euro per jaar", "cost"},
      {"nl", "Ik heb geen hulp nodig", ""},
      {"ja", "返金が必要です。", "need"},
      {"ja", "もっと長いケーブルが欲しい。", "want"},
      {"ja", "アプリが動かない。", "pain"},
      {"ja", "壊れないか不安です。", "fear"},
      {"ja", "毎年2万円かかる。", "cost"},
      {"ja", "助けは必要ない。", ""},
      {"pl", "Potrzebuję zwrotu pieniędzy", "need"},
      {"pl", "Aplikacja nie działa", "pain"},
      {"zh", "我需要退款", "need"},
      {"zh", "应用一直闪退", "pain"},
      {"zh", "不需要帮助", ""},
  };
  for (const KindCase& c : cases) EXPECT_EQ(kinds(c.lang, c.text), c.kinds) << c.text;
}

std::string quote(const std::string& text, std::size_t index = 0) {
  const std::vector<StatementSpan> found = find("en", text).statements;
  if (index >= found.size()) return {};
  const Span& span = found[index].span;
  return text.substr(span.begin, span.end - span.begin);
}

TEST(Cues, SpanIsTheClause) {
  EXPECT_EQ(quote("The screen is fine, but I need a longer cable, thanks."),
            "but I need a longer cable");
  EXPECT_EQ(quote("Nice. It costs me 200 €, every year"), "It costs me 200 €, every year");
  EXPECT_EQ(quote("It costs me 200 € :)"), "It costs me 200 €");
  EXPECT_EQ(quote("Größe passt – I'm worried that it breaks 😡 soon"), "I'm worried that it breaks");
  std::string longer = "I need";
  for (int i = 0; i < 100; ++i) longer += " großes";
  EXPECT_LE(quote(longer).size(), 200U);
  EXPECT_TRUE(quote(longer).ends_with("großes"));
}

TEST(Cues, TopicIsThemeOrContentWords) {
  EXPECT_EQ(find("en", "I need a refund").statements.at(0).topic, "leaving");
  EXPECT_EQ(find("en", "I want faster delivery").statements.at(0).topic, "delivery");
  EXPECT_EQ(find("en", "I want a blue cable for the garden").statements.at(0).topic,
            "blue cable garden");
  EXPECT_EQ(find("en", "We need to decide by Thursday").statements.at(0).topic, "decide");
  EXPECT_EQ(find("en", "I want 12 blue cables").statements.at(0).topic, "blue cables");
  EXPECT_EQ(find("ja", "物理ボタンが欲しい").statements.at(0).topic, "物理ボタン");
  EXPECT_EQ(find("ja", "返金が必要です。").statements.at(0).topic, "leaving");
}

std::string aspects(const std::string& lang, std::string_view text) {
  std::string out;
  for (const AspectFinding& aspect : find(lang, text).aspects) {
    out += aspect.aspect + "=";
    out += text.substr(aspect.span.begin, aspect.span.end - aspect.span.begin);
    out += ";";
  }
  return out;
}

TEST(Themes, NameCostOfOwnership) {
  EXPECT_EQ(aspects("en", "Customer service was rude, shipping took a week."),
            "support=Customer service;people=rude;delivery=shipping;");
  EXPECT_EQ(aspects("en", "Warranty is void. The training and the setup were fine"),
            "warranty=Warranty;training=training;setup=setup;");
  EXPECT_EQ(aspects("en", "It does not support Bluetooth, priceless"), "");
  EXPECT_EQ(aspects("en", "delivery, delivery, DELIVERY"), "delivery=delivery;");
  EXPECT_EQ(aspects("en", "Easy to use"), "ease=Easy to use;");
  EXPECT_EQ(aspects("fr", "L’abonnement est cher"), "running=L’abonnement;price=cher;");
  EXPECT_EQ(aspects("de", "Die Lieferung kam spät"), "delivery=Lieferung;");
  EXPECT_EQ(aspects("ja", "配送が早い"), "delivery=配送;");
}

TEST(Talk, TellsPriceFromWorth) {
  struct Case {
    const char* lang;
    const char* text;
    bool price, value;
  };
  const Case cases[] = {
      {"en", "50% off with this coupon", true, false},
      {"en", "Way too expensive", true, false},
      {"en", "It was $200", true, false},
      {"en", "Worth every penny", false, true},
      {"en", "Great value for money, it lasts for years", false, true},
      {"en", "Not worth the money", true, false},
      {"en", "Of course it rained last night", false, false},
      {"en", "", false, false},
      {"de", "Viel zu teuer", true, false},
      {"de", "Das ist sein Geld wert", false, true},
      {"es", "Vale la pena", false, true},
      {"ja", "コスパが最高です", false, true},
  };
  for (const Case& c : cases) {
    CueFindings found = find(c.lang, c.text);
    EXPECT_EQ(found.price_talk > 0.3F, c.price) << c.text << found.price_talk;
    EXPECT_EQ(found.value_talk > 0.3F, c.value) << c.text << found.value_talk;
  }
  EXPECT_LT(find("en", std::string("price ") + std::string(2000, 'x')).price_talk, 1.0F);
}

TEST(Cues, ExplainEachHit) {
  Prepared prepared;
  prepare("I need a discount", prepared);
  CueFindings found;
  std::vector<Reason> why;
  cues_of("en").find(prepared, found, &why);
  ASSERT_EQ(why.size(), 2U);
  EXPECT_EQ(why[0].rule, "cue need: I need");
  EXPECT_EQ(why[1].rule, "price talk");
}

TEST(Cues, BadLinesNameFileAndLine) {
  struct Case {
    const char* file;
    const char* content;
    const char* where;
  };
  const Case cases[] = {
      {"cues.txt", "# note\nwant\ta(b\n", "cues.txt:2"},
      {"cues.txt", "wish\tx\n", "cues.txt:1"},
      {"cues.txt", "want\n", "cues.txt:1"},
      {"cues.txt", "\n\nwant\t{NOPE} x\n", "cues.txt:3"},
      {"cues.txt", "want\t<a> <b>\n", "cues.txt:1"},
      {"cues.txt", "want\t<(a)>\n", "cues.txt:1"},
      {"cues.txt", "want\t\xFF\n", "cues.txt:1"},
      {"cues.txt", "macro\tlower\tx\n", "cues.txt:1"},
      {"themes.txt", "price\tx\nspeed\ty\n", "themes.txt:2"},
      {"themes.txt", "price\tab*\n", "themes.txt:1"},
      {"themes.txt", "price\t{money}\n", "themes.txt:1"},
      {"talk.txt", "price\tcheap\theavy\n", "talk.txt:1"},
      {"talk.txt", "cheap\n", "talk.txt:1"},
      {"stop.txt", "a\tb\n", "stop.txt:1"},
  };
  for (const Case& c : cases) {
    Result<Cues> cues = Cues::load({{c.file, c.content}});
    ASSERT_FALSE(cues) << c.content;
    EXPECT_EQ(cues.error().where, c.where) << cues.error().message;
  }
  EXPECT_TRUE(Cues::load({}));
}

TEST(Cues, StopWordsMeetAnyAccent) {
  EXPECT_TRUE(cues_of("en").is_stop_word("the"));
  EXPECT_TRUE(cues_of("en").is_stop_word("don’t"));
  EXPECT_FALSE(cues_of("en").is_stop_word("refund"));
  EXPECT_TRUE(cues_of("es").is_stop_word("más"));
}

bool on_borders(std::string_view text, const Span& span) {
  auto starts = [&](std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
  };
  return span.begin < span.end && span.end <= text.size() && starts(span.begin) && starts(span.end);
}

void expect_sound(std::string_view text) {
  for (const char* lang : {"en", "de", "es", "fr", "it", "pt", "nl", "ja", "pl", "zh"}) {
    const CueFindings found = find(lang, text);
    for (const StatementSpan& s : found.statements) EXPECT_TRUE(on_borders(text, s.span)) << text;
    for (const AspectFinding& a : found.aspects) EXPECT_TRUE(on_borders(text, a.span)) << text;
    EXPECT_GE(found.price_talk, 0.0F);
    EXPECT_LE(found.price_talk, 1.0F);
  }
}

TEST(Cues, KeysMayBeMacrosPhrasesAndStandBehindAnArticle) {
  const Result<Cues> cues = Cues::load({{"cues.txt",
                                         "macro\tBAD\tdire|past it\n"
                                         "pain\t<{BAD}|on the blink> (?:again|today)\n"
                                         "need\t(?:gate|door) .*<non-negotiable|a must>\n"
                                         "fear\t<abonnement> cher\n"}});
  ASSERT_TRUE(cues) << describe(cues.error());
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"It is dire today", 1},         {"It is past it again", 1},   {"the past was fine today", 0},
      {"On the blink again", 1},       {"on the road again", 0},     {"The gate is a must", 1},
      {"a gate is non-negotiable", 1}, {"This is a must", 0},        {"a must for a gate", 0},
      {"l'abonnement cher, hélas", 1}, {"dire, then dire today", 1},
  };
  for (const auto& [text, expected] : cases) {
    Prepared prepared;
    prepare(text, prepared);
    CueFindings found;
    cues->find(prepared, found);
    EXPECT_EQ(found.statements.size(), expected) << text;
  }
}

// "pain" or "pain other", in text order, by a file of one's own.
std::string said_by(const char* file, std::string_view text) {
  const Result<Cues> cues = Cues::load({{"cues.txt", file}});
  EXPECT_TRUE(cues) << describe(cues.error());
  if (!cues) return {};
  Prepared prepared;
  prepare(text, prepared);
  CueFindings found;
  cues->find(prepared, found);
  std::string out;
  for (const StatementSpan& each : found.statements) {
    out += (out.empty() ? "" : " ") + std::string(name_of(each.kind));
    if (each.holder == Holder::other) out += " other";
    if (each.tense == Tense::past) out += " past";
  }
  return out;
}

TEST(Cues, AJoiningWordAtACommaKeepsTheReporter) {
  const char* file = "joins\tthat says\npain\t<loud>\nother\tmy boss\n";
  const std::pair<const char*, const char*> cases[] = {
      {"My boss thinks, that it is loud", "pain other"},
      {"My boss says: it is loud", "pain other"},
      {"My boss thinks, as ever, that it is loud", "pain"},
      {"My boss came, it is loud", "pain"},
      {"It is loud, that my boss says", "pain"},
      {"They know, that my boss thinks, that it is loud", "pain other"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(said_by(file, text), expected) << text;
}

TEST(Cues, LanguagesThatPartWithACommaNameTheReporter) {
  const std::pair<const char*, const char*> cases[] = {
      {"pl", "Moja szefowa uważa, że pompa jest głośna."},
      {"pl", "Moja szefowa mówi, iż obsługa jest fatalna."},
      {"nl", "Mijn baas zegt, dat de app vastloopt."},
      {"it", "Il mio capo dice, che l'app si blocca."},
      {"zh", "我老板说，这个应用老是卡死。"},
  };
  for (const auto& [lang, text] : cases) {
    const CueFindings found = find(lang, text);
    ASSERT_EQ(found.statements.size(), 1U) << text;
    EXPECT_EQ(found.statements[0].holder, Holder::other) << text;
  }
}

TEST(Cues, PatternsHoldBetweenScripts) {
  const char* file =
      "pain\t<acme>\nneed\t<5gb>\nwant\t<音>\npast\twant\t.\nfear\t<crash> .\nrisk\t[a-z]+[0-9] "
      "<leak>\n"
      "cost\t<خسارة> .\n";
  const std::pair<const char*, const char*> cases[] = {
      {"Acmeに乗り換え", "pain"}, {"先月Acmeに乗り換え", "pain"},
      {"5GBに", "need"},          {"acmes", ""},
      {"音", "want past"},        {"うるさい音だ", "want past"},
      {"crash に", "fear"},       {"crash に続く", "fear"},
      {"crashes に", ""},         {"x7 leak", "risk"},
      {"この x7 leak", "risk"},   {"خسارة كبيرة", "cost"},
      {"وخسارة كبيرة", ""},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(said_by(file, text), expected) << text;
}

TEST(Cues, LongerKeysHideNoShorterOnes) {
  const char* file = "pain\t<高>い\nneed\t<高い>ので\nwant\t<高いので>す\nfear\t<５高>い\n";
  const std::pair<const char*, const char*> cases[] = {
      {"高い", "pain"},
      {"高いので", "pain need"},
      {"値段が高いのです", "pain need want"},
      {"高くない", ""},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(said_by(file, text), expected) << text;
}

TEST(Cues, AClassMayBeginAPattern) {
  const char* file = "pain\t[a-z]+ <leaks>\nneed\t<well-known> [a-c]\n";
  EXPECT_EQ(said_by(file, "it leaks"), "pain");
  EXPECT_EQ(said_by(file, "- leaks"), "");
  EXPECT_EQ(said_by(file, "A well-known b"), "need");
}

TEST(Cues, HostileTextsGiveSoundSpans) {
  for (const char* text :
       {"", " ", "\"", "€", "$$$ 5 $ %", "I need", "need", "I want\n\nI want", "@ @ @ I need @x",
        "👩‍👩‍👧 I need 👩‍👩‍👧", "Ⅰ need ﬁsh", "「I need」欲しい",
        "I\u00A0need\u200Bx", "costs me €5", "欲しい欲しい欲しい", "i need i need i need i need",
        "' \" ' I want \" '", "\xF0\x9F\x98\xA1 5€"}) {
    expect_sound(text);
  }
}

TEST(Cues, NaughtyStringsGiveSoundSpans) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/../shared/suites/strings/naughty.json");
  if (!in) GTEST_SKIP() << "needs ../shared/suites/strings/naughty.json";
  for (const auto& entry : nlohmann::json::parse(in)) {
    expect_sound(clean_utf8(entry.get<std::string>() + " I need it"));
  }
}

TEST(Cues, OneHugeUnspacedSentenceTakesLinearTime) {
  std::string text;
  while (text.size() < 1U << 19U) text += "高いので困るし音がうるさいから欲しい";
  for (const char* lang : {"ja", "zh"}) EXPECT_LE(find(lang, text).statements.size(), 16U);
}

TEST(Cues, OneHugeSentenceTakesLinearTime) {
  std::string text;
  while (text.size() < 1U << 20U) text += "i can't wait i need a refund i want that it costs me ";
  const CueFindings found = find("en", text);
  EXPECT_GT(found.statements.size(), 0U);
  EXPECT_LE(found.statements.size(), 16U);
}

}  // namespace
}  // namespace plumbline
