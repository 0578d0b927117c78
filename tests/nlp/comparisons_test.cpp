// Comparisons give both names theirs.
#include "nlp/comparisons.h"

#include <gtest/gtest.h>

#include "nlp/analyze.h"

namespace plumbline {
namespace {

const Analyzer& comparing_analyzer() {
  static const Analyzer kAnalyzer = std::move(*Analyzer::load(""));
  return kAnalyzer;
}

// "acme+ globex-": the sides that lie on a name with a capital.
std::string sides(const std::string& text, const std::string& lang = {}) {
  Document document;
  document.text = text;
  document.lang = lang;
  std::string out;
  for (const AspectFinding& each : comparing_analyzer().analyze(document).aspects) {
    const char first = text[each.span.begin];
    if (first < 'A' || first > 'Z') continue;
    const char sign = each.label == Polarity::positive   ? '+'
                      : each.label == Polarity::negative ? '-'
                                                         : '=';
    out += (out.empty() ? "" : " ") + each.aspect + sign;
  }
  return out;
}

TEST(Comparisons, GiveBothNamesTheirs) {
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"Acme beats Globex by a mile", "acme+ globex-"},
      {"Acme is much better than Globex", "acme+ globex-"},
      {"Globex is worse than Acme", "globex- acme+"},
      {"I prefer Globex over Acme", "globex+ acme-"},
      {"I'd rather have the Acme than a Globex", "acme+ globex-"},
      {"Rather late than Globex", ""},
      {"Acme has a better app than Globex", "acme+ globex-"},
      {"Acme is more reliable than the new Globex", "acme+ globex-"},
      {"Acme is less comfortable than Globex", "acme- globex+"},
      {"Acme is not as good as Globex", "acme- globex+"},
      {"Globex loses to Acme Pro in every test", "globex- acme pro+"},
      {"Nothing beats Globex", "globex+"},
      {"This is better than Globex", "globex-"},
      {"ACME BEATS GLOBEX", "acme+ globex-"},
      {"Acme beats Globex. Initech beats Acme.", "acme+ globex- initech+ acme-"},
      {"Is Acme better than Globex?", ""},
      {"Acme beats expectations", ""},
      {"My heart beats fast", ""},
      {"Better late than never", ""},
      {"Globex isn't as reliable as Acme", "globex- acme+"},
      {"Globex is not nearly as fast as Acme", "globex- acme+"},
      {"Globex is nowhere near as noisy as Acme", "globex+ acme-"},
      {"GLOBEX IS NOT AS SMART AS ACME", "globex- acme+"},
      {"Globex is as reliable as Acme", ""},
      {"I drove from Acme to Globex", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(sides(c.text, "en"), c.expected) << c.text;
}

TEST(Comparisons, KnowOtherLanguages) {
  const struct {
    const char *lang, *text, *expected;
  } cases[] = {
      {"de", "Der Acme ist besser als der Globex", "acme+ globex-"},
      {"fr", "Acme est meilleur que Globex", "acme+ globex-"},
      {"fr", "Acme est meilleur qu'Orbita", "acme+ orbita-"},
      {"de", "Der Acme ist nicht so leise wie der Globex", "acme- globex+"},
      {"de", "Der Acme ist nicht ganz so teuer wie Globex", "acme+ globex-"},
      {"fr", "Acme n'est pas aussi fiable que Globex", "acme- globex+"},
      {"es", "Globex no es tan bueno como Acme", "globex- acme+"},
      {"it", "Acme non è così silenzioso come Globex", "acme- globex+"},
      {"pt", "Acme não é tão rápido quanto Globex", "acme- globex+"},
      {"nl", "De Acme is niet zo snel als de Globex", "acme- globex+"},
      {"pl", "Acme nie jest aż tak cichy jak Globex", "acme- globex+"},
      {"es", "Globex es peor que Acme", "globex- acme+"},
      {"it", "La Acme è migliore dell'Orbita", "acme+ orbita-"},
      {"it", "Acme è migliore di Globex", "acme+ globex-"},
      {"it", "Acme funziona meglio di Globex", "acme+ globex-"},
      {"it", "La Acme è migliore della Globex", "acme+ globex-"},
      {"it", "La Acme non è migliore della Globex", ""},
      {"it", "Acme è migliore di Globex?", ""},
      {"pt", "Acme é pior que Globex", "acme- globex+"},
      {"pt", "A Acme é melhor do que a Globex", "acme+ globex-"},
      {"pt", "A Acme é melhor que a Globex", "acme+ globex-"},
      {"pt", "A Acme não é melhor do que a Globex", ""},
      {"nl", "Acme is beter dan Globex", "acme+ globex-"},
      {"nl", "Acme werkt een stuk beter dan de Globex", "acme+ globex-"},
      {"nl", "Acme is niet beter dan Globex", ""},
      {"pl", "Acme jest lepszy niż Globex", "acme+ globex-"},
      {"pl", "Acme jest lepszy od Globexa", "acme+ globexa-"},
      {"pl", "Acme jest dużo droższy od Globexa", "acme- globexa+"},
      {"pl", "Acme nie jest lepszy niż Globex", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(sides(c.text, c.lang), c.expected) << c.text;
}

TEST(Comparisons, KnowNamesBeforeTheAdjective) {
  const struct {
    const char *lang, *text, *expected;
  } cases[] = {
      {"ja", "AcmeよりGlobexの方が静か", "acme- globex+"},
      {"ja", "AcmeよりもGlobexのほうが使いやすいです。", "acme- globex+"},
      {"ja", "GlobexはAcmeより静かだ", "globex+ acme-"},
      {"ja", "GlobexはAcmeに比べて遅い", "globex- acme+"},
      {"ja", "Acmeより、Globexの方が安い", "acme- globex+"},
      {"ja", "GlobexはAcmeより静かではない", ""},
      {"ja", "AcmeよりGlobexの方が静かですか", ""},
      {"ja", "AcmeよりGlobexの方が静か？", ""},
      {"ja", "AcmeよりGlobexに荷物が届いた", ""},
      {"ja", "Acmeより新しい製品が発売された", ""},
      {"hi", "Acme Globex से बेहतर है", "acme+ globex-"},
      {"hi", "Globex से Acme बेहतर है", "globex- acme+"},
      {"hi", "Globex की तुलना में Acme सस्ता है", "globex- acme+"},
      {"hi", "Acme Globex के मुकाबले धीमा है", "acme- globex+"},
      {"hi", "Acme ke mukable Globex sasta hai", "acme- globex+"},
      {"hi", "Acme Globex से कम तेज़ है", "acme- globex+"},
      {"hi", "Acme Globex से बेहतर नहीं है", ""},
      {"hi", "क्या Acme Globex से बेहतर है", ""},
      {"hi", "Acme Globex से बेहतर है?", ""},
      {"hi", "मैंने Acme से Globex मँगवाया", ""},
      {"zh", "Acme比Globex好", "acme+ globex-"},
      {"zh", "Acme比Globex便宜很多。", "acme+ globex-"},
      {"zh", "Acme比Globex贵", "acme- globex+"},
      {"zh", "Acme没有Globex好", "acme- globex+"},
      {"zh", "Acme不如Globex", "acme- globex+"},
      {"zh", "Acme不如Globex好用", "acme- globex+"},
      {"zh", "Acme不比Globex好", ""},
      {"zh", "Acme比Globex好吗？", ""},
      {"zh", "Acme比Globex好吗", ""},
      {"zh", "Acme没有Globex的授权", ""},
      {"ar", "Acme أفضل من Globex", "acme+ globex-"},
      {"ar", "Acme أسرع بكثير من Globex", "acme+ globex-"},
      {"ar", "Acme أغلى من شركة Globex", "acme- globex+"},
      {"ar", "Acme ليس أفضل من Globex", ""},
      {"ar", "هل Acme أفضل من Globex؟", ""},
      {"ar", "هل Acme أفضل من Globex", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(sides(c.text, c.lang), c.expected) << c.text;
}

TEST(Comparisons, NamesMayBeSideBySideWithoutEnd) {
  std::string text;
  while (text.size() < 1U << 18U) text += "Acme से Globex से ";
  EXPECT_EQ(sides(text, "hi"), "");
}

TEST(Comparisons, ExplainThemselves) {
  Document document;
  document.text = "Acme beats Globex";
  document.lang = "en";
  std::vector<std::string> rules;
  for (const Reason& each :
       comparing_analyzer().explain(document, comparing_analyzer().analyze(document)))
    if (each.rule.starts_with("comparison")) rules.push_back(each.rule);
  EXPECT_EQ(rules, (std::vector<std::string>{"comparison: above", "comparison: below"}));
}

TEST(Comparisons, AnUnreadableLineIsNamed) {
  for (const char* content : {"wins\n", "nonsense\tbeats\n", "\tbeats\n"}) {
    const auto loaded = Comparisons::load(std::string("# a note\n") + content);
    ASSERT_FALSE(loaded) << content;
    EXPECT_EQ(loaded.error().where, "compare.txt:2");
  }
  EXPECT_TRUE(Comparisons::load("")->empty());
}

}  // namespace
}  // namespace plumbline
