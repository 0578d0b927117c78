#include "nlp/analyze.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "model/entity.h"
#include "nlp/brands.h"
#include "nlp/entities.h"
#include "nlp/language_files.h"
#include "nlp/normalize.h"
#include "nlp/prepared.h"

namespace plumbline {
namespace {

const Analyzer& analyzer() {
  static const Analyzer kAnalyzer = [] {
    auto loaded = Analyzer::load();
    if (!loaded) ADD_FAILURE() << describe(loaded.error());
    return std::move(loaded).value();
  }();
  return kAnalyzer;
}

Document document_of(std::string text, std::string lang = {}) {
  Document document;
  document.text = std::move(text);
  document.lang = std::move(lang);
  return normalize(std::move(document));
}

// Everything an analysis says, for comparing.
std::string spell(const Analysis& a) {
  std::string out = a.version + a.lang + (a.scored ? "+" : "-") +
                    std::string(name_of(a.sentiment.label)) + std::to_string(a.sentiment.score) +
                    std::to_string(a.price_talk) + std::to_string(a.value_talk);
  for (const AspectFinding& f : a.aspects)
    out += f.aspect + std::string(name_of(f.label)) + std::to_string(f.span.begin);
  for (const StatementSpan& s : a.statements)
    out += s.topic + std::string(name_of(s.kind)) + std::to_string(s.span.end);
  return out;
}

// A folder of languages that goes away with the test.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("plumbline_lang_" +
               std::to_string(std::hash<std::thread::id>{}(std::this_thread::get_id())))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
  }
  std::string name() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(Analyze, LabelsEachLanguage) {
  const struct {
    const char *text, *lang;
    Polarity expected;
  } cases[] = {
      {"I love this pump, it is excellent and the support was great!", "en", Polarity::positive},
      {"Worst pump ever, it broke after two days and support was rude.", "en", Polarity::negative},
      {"The pump will be delivered on Tuesday at ten.", "en", Polarity::neutral},
      {"Die Pumpe ist hervorragend, ich bin wirklich sehr zufrieden!", "de", Polarity::positive},
      {"Schreckliche Pumpe, nach zwei Tagen kaputt, ich bin sehr enttäuscht.", "de",
       Polarity::negative},
      {"Una bomba excelente, estoy muy contento, gracias por todo", "es", Polarity::positive},
      {"Service horrible, la pompe est tombée en panne, je suis très déçu.", "fr",
       Polarity::negative},
      {"Pompa fantastica, sono molto soddisfatto, grazie mille!", "it", Polarity::positive},
      {"Produto péssimo, quebrou em dois dias, estou muito decepcionado.", "pt",
       Polarity::negative},
      {"Wat een geweldige pomp, ik ben heel tevreden en blij met de service!", "nl",
       Polarity::positive},
      {"Okropna pompa, zepsuta po dwóch dniach, jestem bardzo rozczarowany.", "pl",
       Polarity::negative},
      {"最悪です。二日で壊れました。がっかりしました。", "ja", Polarity::negative},
      {"非常满意，很好用，推荐购买。", "zh", Polarity::positive},
  };
  for (const auto& c : cases) {
    const Analysis said = analyzer().analyze(document_of(c.text));
    EXPECT_EQ(said.lang, c.lang) << c.text;
    EXPECT_TRUE(said.scored) << c.text;
    EXPECT_EQ(said.sentiment.label, c.expected) << c.text << " " << said.sentiment.score;
    EXPECT_EQ(said.version, analyzer().version());
  }
}

TEST(Analyze, LeavesUnknownLanguagesUnscored) {
  for (const char* text : {"Насос пришёл на два дня позже, и никто не брал трубку.", "", "?!"}) {
    const Analysis said = analyzer().analyze(document_of(text));
    EXPECT_FALSE(said.scored) << text;
    EXPECT_EQ(said.sentiment.label, Polarity::neutral);
    EXPECT_EQ(said.sentiment.score, 0);
  }
}

TEST(Analyze, ColoursAspectsByClause) {
  const std::string text = "The delivery was great, fast and friendly but the price is terrible.";
  const Analysis said = analyzer().analyze(document_of(text));
  bool delivery = false, price = false;
  for (const AspectFinding& found : said.aspects) {
    if (found.aspect == "delivery") delivery = found.label == Polarity::positive;
    if (found.aspect == "price") price = found.label == Polarity::negative;
  }
  EXPECT_TRUE(delivery);
  EXPECT_TRUE(price);
}

TEST(Analyze, TitleCountsWithoutSpans) {
  Document document = document_of("It arrived on Tuesday and it is blue.");
  const float before = analyzer().analyze(document).sentiment.score;
  document.title = "Terrible, awful, I need a refund";
  const Analysis said = analyzer().analyze(document);
  EXPECT_LT(said.sentiment.score, before);
  for (const StatementSpan& found : said.statements)
    EXPECT_LE(found.span.end, document.text.size());
  for (const Reason& reason : analyzer().explain(document, analyzer().analyze(document)))
    EXPECT_LE(reason.span.end, document.text.size());
}

TEST(Analyze, ExplainsItsLabel) {
  const Document document = document_of("This is not a good pump, it is a terrible waste of money");
  double sum = 0;
  std::uint32_t last = 0;
  for (const Reason& reason : analyzer().explain(document, analyzer().analyze(document))) {
    EXPECT_LE(last, reason.span.begin);
    last = reason.span.begin;
    EXPECT_FALSE(reason.rule.empty());
    if (reason.rule == "word" || reason.rule == "negation") sum += reason.weight;
  }
  EXPECT_LT(sum, 0);
}

TEST(Analyze, ExplainsEmotionIronyAndAspects) {
  const Document document =
      document_of("I am so angry, I hate it, but delivery was great. Thanks for nothing!");
  const Analysis said = analyzer().analyze(document);
  ASSERT_EQ(said.emotion.label, Emotion::anger);
  float angry = 0, delivery = 0;
  bool ironic = false, saying_known = false;
  for (const Reason& reason : analyzer().explain(document, said)) {
    const std::string_view word =
        std::string_view(document.text)
            .substr(reason.span.begin, reason.span.end - reason.span.begin);
    if (reason.rule == "anger: word" && word == "angry") angry = reason.weight;
    if (reason.rule == "aspect delivery: positive") delivery = reason.weight;
    ironic = ironic || reason.rule.starts_with("irony: ");
    saying_known = saying_known || reason.rule == "saying";
  }
  EXPECT_GT(angry, 0.3F);
  EXPECT_GT(delivery, 0);
  EXPECT_TRUE(ironic);
  EXPECT_FALSE(saying_known);
  const Document plain = document_of("Not bad at all");
  const std::vector<Reason> why = analyzer().explain(plain, analyzer().analyze(plain));
  EXPECT_TRUE(std::ranges::any_of(
      why, [](const Reason& each) { return each.rule == "saying" && each.weight > 1; }));
}

TEST(Analyze, BrandsHaveWhatIsSaidOfThem) {
  const auto brands = BrandWords::load({{"Velotto", {}, {"Turbo"}, {}}, {"Kornblum", {}, {}, {}}});
  ASSERT_TRUE(brands) << describe(brands.error());
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"Velotto is way better than Kornblum.", "Velotto+ Kornblum-"},
      {"I love Velotto, but Kornblum is awful.", "Velotto+ Kornblum-"},
      {"Kornblum came on Tuesday.", "Kornblum="},
      {"The Turbo is terrible.", "Turbo-"},
      {"Der Velotto ist super, aber der Kornblum ist Schrott.", "Velotto+ Kornblum-"},
  };
  for (const auto& c : cases) {
    const Document document = document_of(c.text);
    Named named;
    const Analysis said = analyzer().analyze(document, named);
    Prepared text;
    prepare(document.text, text);
    std::vector<EntityFinding> found;
    brands->find(text, said.lang, found);
    analyzer().colour(document, said, found);
    std::string out;
    for (const EntityFinding& each : found) {
      EXPECT_TRUE(each.coloured) << c.text;
      out += (out.empty() ? "" : " ") + each.name;
      out += each.label == Polarity::positive ? '+' : each.label == Polarity::negative ? '-' : '=';
    }
    EXPECT_EQ(out, c.expected) << c.text;
  }
}

TEST(Analyze, SameInAnyOrderAndThread) {
  std::vector<Document> documents;
  for (const char* text :
       {"I love it!", "worst EVER", "Die Pumpe ist kaputt", "最高です", "", "@kim hello 😡",
        "We need a cheaper pump, but the warranty is great", "Me encanta, gracias"})
    for (int i = 0; i < 20; ++i) documents.push_back(document_of(text + std::to_string(i)));
  std::vector<std::string> expected;
  for (const Document& document : documents)
    expected.push_back(spell(analyzer().analyze(document)));
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < documents.size(); ++i) {
        const std::size_t at = (i * 7 + t * 31) % documents.size();
        if (spell(analyzer().analyze(documents[at])) != expected[at]) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : wrong) EXPECT_EQ(count, 0);
}

TEST(Analyze, SpansLieOnBorders) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/../shared/suites/strings/naughty.json");
  if (!in) GTEST_SKIP() << "needs ../shared/suites";
  for (const auto& item : nlohmann::json::parse(in)) {
    const std::string naughty = item.get<std::string>();
    const Document document =
        document_of(naughty + " I need delivery, the price is bad " + naughty);
    const auto border = [&](std::size_t at) {
      return at == document.text.size() ||
             (at < document.text.size() && (document.text[at] & 0xC0) != 0x80);
    };
    const Analysis said = analyzer().analyze(document);
    for (const AspectFinding& f : said.aspects)
      ASSERT_TRUE(border(f.span.begin) && border(f.span.end)) << document.text;
    for (const StatementSpan& s : said.statements)
      ASSERT_TRUE(border(s.span.begin) && border(s.span.end)) << document.text;
    for (const Reason& r : analyzer().explain(document, analyzer().analyze(document)))
      ASSERT_TRUE(border(r.span.begin) && border(r.span.end)) << document.text;
  }
}

TEST(Analyze, TakesOneMebibyte) {
  for (const char* piece : {"a", "I need a good pump. ", "but ", "好", "😡"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    text.resize(text.size() - text.size() % std::string_view(piece).size());
    const Analysis said = analyzer().analyze(document_of(text));
    EXPECT_FALSE(said.version.empty());
  }
}

TEST(Analyze, EmojiAloneAndTitlesAloneAreJudged) {
  const struct {
    const char* title;
    const char* text;
    const char* lang;
    bool scored;
    Polarity label;
  } cases[] = {
      {"", "😍😍😍", "und", true, Polarity::positive},
      {"", "😡👎", "und", true, Polarity::negative},
      {"", "©", "und", false, Polarity::neutral},
      {"", "!!!", "und", false, Polarity::neutral},
      {"Broken again, terrible", "", "en", true, Polarity::negative},
      {"Kaputt und schlecht", "", "de", true, Polarity::negative},
  };
  for (const auto& each : cases) {
    Document document = document_of(each.text);
    document.title = each.title;
    const Analysis said = analyzer().analyze(document);
    EXPECT_EQ(said.lang, each.lang) << each.title << each.text;
    EXPECT_EQ(said.scored, each.scored) << each.title << each.text;
    EXPECT_EQ(said.sentiment.label, each.label) << each.title << each.text;
  }
}

// Milliseconds, the best of two.
double time_of(const std::function<void()>& run) {
  double best = 1e9;
  for (int turn = 0; turn < 2; ++turn) {
    const auto begin = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    best = std::min(best, took.count());
  }
  return best;
}

// One endless sentence in which everything is found again and again: eight times the text may not
// take sixty-four times as long.
TEST(Analyze, TimeIsLinearInWhatIsFound) {
  const auto brands = BrandWords::load(
      {{"Apple", {}, {"iPhone"}, {"phone"}}, {"Verdanik Pumps", {}, {}, {"warranty"}}});
  ASSERT_TRUE(brands) << describe(brands.error());
  for (const std::string_view piece : {"great pump ",         "5 € ",
                                       "John Smith said ",    "20% off ",
                                       "no offer code A1B2 ", "😡 ",
                                       "Apple iPhone ",       "a@b.example ",
                                       "#NeverAgain ",        "love it but hate it ",
                                       "in Paris on Monday ", "Acme beats Globex ",
                                       "Verdanik ",           "#AppleApple",
                                       "3月5日980円 ",        "abcdefgh",
                                       "From: a\nTo: b\n",    "Great service but rude staff. ",
                                       "Never again. ",       "The app never freezes. "}) {
    const auto took = [&](std::size_t bytes) {
      std::string text;
      while (text.size() < bytes) text += piece;
      const Document document = document_of(text);
      Prepared prepared;
      prepare(document.text, prepared);
      return time_of([&] {
        Named named;
        EXPECT_FALSE(analyzer().analyze(document, named).version.empty());
        std::vector<EntityFinding> found;
        brands->find(prepared, "en", found);
      });
    };
    EXPECT_LT(took(1U << 18), 30 * std::max(took(1U << 15), 1.0)) << piece;
  }
}

TEST(Analyze, FindsStatementsInArabicAndHindi) {
  const struct {
    const char *lang, *text, *kind;  // "": none
  } cases[] = {
      {"ar", "أحتاج إلى مضخة أهدأ", "need"},
      {"ar", "أريد كابل أطول", "want"},
      {"ar", "التطبيق يتعطل كل يوم", "pain"},
      {"ar", "أخاف أن ينكسر", "fear"},
      {"ar", "دفعت 200 ريال للصيانة", "cost"},
      {"ar", "لا أحتاج إلى مساعدة", ""},
      {"ar", "مرحبا بكم في متجرنا", ""},
      {"hi", "मुझे एक शांत पंप चाहिए", "need"},
      {"hi", "मशीन काम नहीं करती", "pain"},
      {"hi", "मुझे डर लगता है", "fear"},
      {"hi", "मैंने मरम्मत के लिए 500 रुपये दिए", "cost"},
      {"hi", "मुझे मदद नहीं चाहिए", ""},
      {"hi", "mujhe naya pump chahiye", "need"},
      {"hi", "आज मौसम अच्छा है", ""},
  };
  for (const auto& c : cases) {
    Document document;
    document.text = c.text;
    document.lang = c.lang;
    std::string found;
    for (const StatementSpan& each : analyzer().analyze(document).statements)
      found += name_of(each.kind);
    EXPECT_EQ(found, c.kind) << c.text;
  }
}

TEST(Analyzer, OwnFolderReplacesLanguage) {
  const Folder folder;
  folder.write("sv/about.txt", "name: Svenska\nlevel: lexicon\n");
  folder.write("sv/words.tsv", "utmärkt*\t1\nurusel*\t-1\n");
  folder.write("en/about.txt", "name: English\nlevel: none\n");
  auto own = Analyzer::load(folder.name());
  ASSERT_TRUE(own.has_value()) << describe(own.error());
  const auto codes = own->languages();
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "sv"), 1);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "en"), 0);
  EXPECT_EQ(own->analyze(document_of("Pumpen är utmärkt och fungerar bra på landet", "sv"))
                .sentiment.label,
            Polarity::positive);
  EXPECT_NE(own->version(), analyzer().version());
  EXPECT_EQ(own->version().rfind("reading-10-", 0), 0u);
  EXPECT_EQ(own->version().size(), 19u);
}

// They are read when a text asks for them, where nobody is told of a mistake: here all are.
TEST(Analyzer, EveryBuiltInLanguageIsWhole) {
  LanguageFolders folders = built_in_languages();
  const Folder own;
  for (auto& [code, folder] : folders) {
    folder.built_in = false;
    if (code != kSharedLanguage)
      for (const auto& [name, content] : folder.files) own.write(code + "/" + name, content);
  }
  const auto entities = EntityFinder::load(folders);
  EXPECT_TRUE(entities) << describe(entities.error());
  const auto said = Analyzer::load(own.name());
  ASSERT_TRUE(said) << describe(said.error());
  EXPECT_EQ(said->languages().size() + 1, folders.size());
  EXPECT_EQ(said->languages(), analyzer().languages());
}

// The indented block after the line `name` of docs/add-a-language.md.
std::string block_of(const std::string& doc, const std::string& name) {
  std::string out;
  std::size_t at = doc.find("`" + name + "`\n\n    ");
  if (at == std::string::npos) return out;
  at = doc.find("\n\n", at) + 2;
  while (doc.compare(at, 4, "    ") == 0) {
    const std::size_t end = doc.find('\n', at);
    out += doc.substr(at + 4, end - at - 3);
    at = end + 1;
  }
  return out;
}

TEST(Analyzer, DoesWhatTheGuideShows) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/docs/add-a-language.md");
  const std::string doc(std::istreambuf_iterator<char>(in), {});
  const Folder folder;
  for (const char* name : {"about.txt", "words.tsv", "negators.txt"}) {
    const std::string content = block_of(doc, std::string("lang/sv/") + name);
    ASSERT_FALSE(content.empty()) << name;
    folder.write(std::string("sv/") + name, content);
  }
  auto own = Analyzer::load(folder.name());
  ASSERT_TRUE(own.has_value()) << describe(own.error());
  const Polarity expected[] = {Polarity::positive, Polarity::negative, Polarity::negative,
                               Polarity::neutral};
  std::size_t at = doc.find("$ plumbline analyze");
  for (const Polarity label : expected) {
    at = doc.find("\n    ", at) + 5;
    const std::string text = doc.substr(at, doc.find('\n', at) - at);
    const Analysis said = own->analyze(document_of(text));
    EXPECT_EQ(said.lang, "sv") << text;
    EXPECT_EQ(said.sentiment.label, label) << text << " " << said.sentiment.score;
  }
}

TEST(Analyzer, NamesMistakes) {
  const struct {
    const char *file, *content, *where;
  } cases[] = {{"sv/words.tsv", "bra\t0.7\nfel\n", "sv/words.tsv:2"},
               {"sv/wrods.tsv", "bra\t0.7\n", "sv/wrods.tsv"},
               {"sv/about.txt", "level: perfect\n", "sv/about.txt:1"}};
  for (const auto& c : cases) {
    const Folder folder;
    folder.write(c.file, c.content);
    const auto own = Analyzer::load(folder.name());
    ASSERT_FALSE(own.has_value()) << c.file;
    EXPECT_NE(own.error().where.find(c.where), std::string::npos) << describe(own.error());
  }
  EXPECT_FALSE(Analyzer::load("/nowhere/at/all").has_value());
}

}  // namespace
}  // namespace plumbline
