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
      {"es", "Globex es peor que Acme", "globex- acme+"},
      {"it", "Acme è migliore di Globex", "acme+ globex-"},
      {"pt", "Acme é pior que Globex", "acme- globex+"},
      {"nl", "Acme is beter dan Globex", "acme+ globex-"},
      {"pl", "Acme jest lepszy niż Globex", "acme+ globex-"},
  };
  for (const auto& c : cases) EXPECT_EQ(sides(c.text, c.lang), c.expected) << c.text;
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
