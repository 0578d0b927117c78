#include "nlp/things.h"

#include <gtest/gtest.h>

#include <string>

#include "nlp/analyze.h"
#include "nlp/opinions.h"

namespace plumbline {
namespace {

Things things_of(const std::string& content) {
  auto out = Things::load(content);
  EXPECT_TRUE(out) << describe(out.error());
  return out ? std::move(*out) : Things();
}

// "akku? griff": the words found, "?" behind those that only the shape tells.
std::string found_in(const Things& things, const std::string& text) {
  Prepared prepared;
  prepare(text, prepared);
  std::vector<FoundThing> found;
  things.find(PlainWords(prepared), found);
  std::string out;
  for (const FoundThing& each : found) {
    if (!out.empty()) out += ' ';
    out += text.substr(each.span.begin, each.span.end - each.span.begin);
    if (!each.named) out += '?';
  }
  return out;
}

TEST(Things, AreNamedCompoundOrShaped) {
  const Things things = things_of(
      "# a note\nthing\takku|akkus\nthing\tcheck in\nthing\tkamera*\ntail\takku display\n"
      "is\tist è\narticle\tder das la\nnever\ttag wetter\nthing\t画面\n");
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"Der Akku und die Kameralinse", "Akku Kameralinse"},
      {"Check-in war ok, AKKUS auch", "Check-in AKKUS"},
      {"Mein Handyakku ist leer", "Handyakku"},
      {"xakku", ""},  // too little before the tail
      {"Der Griff ist zu klein", "Griff?"},
      {"Griff ist klein, der ist gut", ""},  // no article; no noun
      {"Der Tag ist schön, das Wetter ist gut", ""},
      {"La borsa è bella", "borsa?"},
      {"La borsa e la scarpa", ""},  // "e" is not "è"
      {"この画面は綺麗", "画面"},
      {"L'akku, l’akku", "akku akku"},
      {"Der 100 ist", ""},
      {"", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(found_in(things, c.text), c.expected) << c.text;
}

TEST(Things, AnUnreadableLineIsNamed) {
  for (const char* content : {"akku\n", "noun\takku\n", "thing\takku\tmore\n", "\takku\n"}) {
    const auto loaded = Things::load(std::string("# a note\n") + content);
    ASSERT_FALSE(loaded) << content;
    EXPECT_NE(describe(loaded.error()).find("things.txt:2"), std::string::npos) << content;
  }
}

TEST(Things, EachHasItsStretch) {
  const struct {
    const char *text, *thing, *stretch;
  } cases[] = {
      {"Akku schwach, Display super", "Akku", "Akku schwach"},
      {"Akku schwach, Display super", "Display", "Display super"},
      {"Akku, Display und Kamera sind super", "Akku", "Akku, Display und Kamera sind super"},
      {"Tolles Display, leider", "Display", "Tolles Display, leider"},
      {"Ehrlich gesagt, Akku schwach, Display top", "Akku", "Ehrlich gesagt, Akku schwach"},
      {"Der Akku hält, wie beworben, zwei Tage", "Akku", "Der Akku hält, wie beworben, zwei Tage"},
  };
  for (const auto& c : cases) {
    const std::string text = c.text;
    Prepared prepared;
    prepare(text, prepared);
    const auto at = [&](const char* word) {
      const auto begin = static_cast<std::uint32_t>(text.find(word));
      return Span{begin, begin + static_cast<std::uint32_t>(std::string_view(word).size())};
    };
    std::vector<Span> all;
    for (const char* word : {"Akku", "Display", "Kamera"})
      if (text.find(word) != std::string::npos) all.push_back(at(word));
    const Span found = stretch_around(
        PlainWords(prepared), {0, static_cast<std::uint32_t>(text.size())}, at(c.thing), all);
    EXPECT_EQ(text.substr(found.begin, found.end - found.begin), c.stretch) << c.text;
  }
}

// Each with its own mood, in languages where no model finds them.
TEST(Things, AreAspectsWithTheirOwnMood) {
  const auto analyzer = Analyzer::load("");
  ASSERT_TRUE(analyzer) << describe(analyzer.error());
  const struct {
    const char *lang, *text, *expected;
  } cases[] = {
      {"de", "Der Bildschirm ist super, aber der Akku ist schlecht.", "bildschirm+ akku-"},
      {"de", "Griff wackelt, Reißverschluss klemmt, Farbe top!", "griff- reissverschluss- farbe+"},
      {"de", "Morgen besucht mich meine Schwester.", ""},
      {"fr", "L'écran est superbe mais la batterie est nulle.", "écran+ batterie-"},
      {"es", "La pantalla es preciosa, pero la batería no dura nada.", "pantalla+ batería-"},
      {"it", "Lo schermo è bellissimo ma la tastiera è scomoda.", "quality+ tastiera-"},
      {"pt", "A tela é ótima, mas a bateria é péssima.", "quality+ running-"},
      {"nl", "Het scherm is prachtig, maar de batterij is waardeloos.",
       "scherm+ quality+ batterij-"},
      {"pl", "Ekran jest świetny, ale bateria jest beznadziejna.", "ekran+ bateria-"},
      {"ar", "الشاشة رائعة لكن الكاميرا سيئة", "الشاشة+ الكاميرا-"},
      {"hi", "स्क्रीन शानदार है लेकिन कैमरा बेकार है", "स्क्रीन+ कैमरा-"},
      {"ja", "画面は綺麗だけど、キーボードは使いにくい。", "画面+ キーボード- ease-"},
      {"zh", "屏幕很漂亮，但是键盘很难用。", "屏幕+ 键盘- ease-"},
  };
  for (const auto& c : cases) {
    Document document;
    document.text = c.text;
    document.lang = c.lang;
    std::string out;
    for (const AspectFinding& each : analyzer->analyze(document).aspects) {
      if (!out.empty()) out += ' ';
      out += each.aspect;
      out += each.label == Polarity::positive ? '+' : each.label == Polarity::negative ? '-' : '=';
    }
    EXPECT_EQ(out, c.expected) << c.text;
  }
}

TEST(Opinions, AreTurnedByNegatorsAndTooMuch) {
  Lexicon lexicon;
  lexicon.rules["nicht"].negates = true;
  lexicon.rules["aber"].contrast = true;
  lexicon.rules["toll"].seed = 0.7F;
  lexicon.rules["ok"].seed = 0.1F;
  auto opinions = Opinions::load(
      "good\tstabil|stabile\nbad\twackelt\nbad\tfunktioniert nicht\nbad\t不好吃\ngood\t好吃\n"
      "too\tzu\nquality\tgroß\n");
  ASSERT_TRUE(opinions) << describe(opinions.error());
  const struct {
    const char* text;
    int side;
  } cases[] = {
      {"ist stabil", 1},
      {"wackelt", -1},
      {"ist nicht stabil", -1},
      {"wackelt nicht", -1},  // behind it in German: left to the phrases
      {"nicht wackelt", 1},
      {"es funktioniert nicht", -1},
      {"nicht gut aber stabil", 1},
      {"zu groß", -1},
      {"groß", 0},
      {"zu stabil", -1},
      {"toll", 1},
      {"nicht toll", -1},
      {"ok", 0},
      {"不好吃", -1},
      {"很好吃", 1},
      {"", 0},
  };
  for (const auto& c : cases) {
    Prepared prepared;
    prepare(c.text, prepared);
    std::vector<Opinion> found;
    opinions->find(PlainWords(prepared), lexicon, found);
    const float side =
        side_within(found, {0, static_cast<std::uint32_t>(std::string_view(c.text).size())});
    EXPECT_EQ(side > 0 ? 1 : side < 0 ? -1 : 0, c.side) << c.text;
  }
}

TEST(Opinions, AnUnreadableLineIsNamed) {
  const auto loaded = Opinions::load("good\tstabil\nfine\tstabil\n");
  ASSERT_FALSE(loaded);
  EXPECT_NE(describe(loaded.error()).find("opinions.txt:2"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
