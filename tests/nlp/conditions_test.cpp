#include "nlp/conditions.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace plumbline {
namespace {

Conditions conditions_of(const std::string& lang) {
  std::ifstream in(std::string(PLUMBLINE_SOURCE_DIR) + "/data/lang/" + lang + "/conditions.txt");
  const std::string content(std::istreambuf_iterator<char>(in), {});
  auto out = Conditions::load(content);
  EXPECT_TRUE(out) << lang << ": " << describe(out.error());
  return out ? std::move(*out) : Conditions();
}

Lexicon lexicon_with_but() {
  Lexicon out;
  out.rules["but"].contrast = true;
  return out;
}

// The condition of a statement on `stated`, which stands in `text`.
std::string condition_of(const Conditions& conditions, const std::string& text,
                         const std::string& stated, StatementKind kind = StatementKind::need) {
  Prepared prepared;
  prepare(text, prepared);
  const auto begin = static_cast<std::uint32_t>(text.find(stated));
  std::vector<StatementSpan> statements(1);
  statements[0].kind = kind;
  statements[0].span = {begin, begin + static_cast<std::uint32_t>(stated.size())};
  conditions.find(PlainWords(prepared), lexicon_with_but(), statements);
  const Span found = statements[0].condition;
  return text.substr(found.begin, found.end - found.begin);
}

TEST(Conditions, StandBesideTheirStatements) {
  const struct {
    const char *lang, *text, *stated, *expected;
  } cases[] = {
      {"en", "We need training unless you include it.", "We need training",
       "unless you include it"},
      {"en", "If it costs 1,000 dollars, we need a discount", "we need",
       "If it costs 1,000 dollars"},
      {"en", "We need help (as long as it is free).", "We need help", "as long as it is free"},
      {"en", "We need help. If not, fine.", "We need help", ""},              // another sentence
      {"en", "We need help, but only if asked we call", "We need help", ""},  // parted by "but"
      {"en", "We need help even if it costs", "We need help", ""},
      {"en", "I don't know if we need help", "we need help", ""},
      {"en", "If A, call; we need help if B", "we need help", "if B"},  // the nearest
      {"de", "Wir brauchen das, sofern der Preis stimmt.", "Wir brauchen das",
       "sofern der Preis stimmt"},
      {"fr", "Il nous faut un prêt si le prix reste", "Il nous faut", "si le prix reste"},
      {"es", "Necesitamos ayuda a menos que llamen", "Necesitamos", "a menos que llamen"},
      {"it", "Ci serve aiuto, a patto che costi poco", "Ci serve", "a patto che costi poco"},
      {"pt", "Precisamos de ajuda, caso não chegue", "Precisamos", "caso não chegue"},
      {"nl", "We hebben hulp nodig tenzij het werkt", "We hebben", "tenzij het werkt"},
      {"pl", "Potrzebujemy pomocy, chyba że działa", "Potrzebujemy", "chyba że działa"},
      {"ar", "نحتاج المساعدة إلا إذا عمل", "نحتاج", "إلا إذا عمل"},
      {"hi", "अगर दाम घटे, हमें मदद चाहिए", "हमें मदद", "अगर दाम घटे"},
      {"ja", "値段が下がったら、助けが必要です。", "助けが", "値段が下がったら"},
      {"zh", "如果便宜，我们需要帮助。", "我们需要", "如果便宜"},
  };
  for (const auto& c : cases)
    EXPECT_EQ(condition_of(conditions_of(c.lang), c.text, c.stated), c.expected) << c.text;
}

TEST(Conditions, AQuestionHasNone) {
  EXPECT_EQ(condition_of(conditions_of("en"), "Does it work if it is cold?", "Does it work",
                         StatementKind::question),
            "");
}

TEST(Conditions, AWrongLineIsAnErrorWithItsPlace) {
  const auto wrong = Conditions::load("# note\nwhen\tif\n");
  ASSERT_FALSE(wrong);
  EXPECT_NE(describe(wrong.error()).find("conditions.txt:2"), std::string::npos)
      << describe(wrong.error());
  const auto none = Conditions::load("");
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
}

}  // namespace
}  // namespace plumbline
