#include "nlp/sayings.h"

#include <gtest/gtest.h>

#include <string>

#include "nlp/analyze.h"
#include "nlp/ratings.h"

namespace plumbline {
namespace {

TEST(Sayings, MoveTheMood) {
  const auto analyzer = Analyzer::load("");
  ASSERT_TRUE(analyzer) << describe(analyzer.error());
  const struct {
    const char *lang, *text;
    Polarity label;
  } cases[] = {
      {"en", "Not bad at all", Polarity::positive},
      {"en", "I have nothing to complain about", Polarity::positive},
      {"en", "Leaves a lot to be desired", Polarity::negative},
      {"en", "Support never answered", Polarity::negative},
      {"en", "Thumbs down", Polarity::negative},
      {"en", "#NeverAgain", Polarity::negative},
      {"en", "The parcel came on Tuesday", Polarity::neutral},
      {"de", "Nichts zu meckern", Polarity::positive},
      {"de", "Nie wieder Kornblum", Polarity::negative},
      {"fr", "Rien à redire", Polarity::positive},
      {"es", "Deja mucho que desear", Polarity::negative},
      {"it", "Mai più", Polarity::negative},
      {"pt", "Não tenho nada a reclamar", Polarity::positive},
      {"nl", "Niks op aan te merken", Polarity::positive},
      {"pl", "Nigdy więcej", Polarity::negative},
      {"ar", "لا أنصح به", Polarity::negative},
      {"hi", "पैसा वसूल", Polarity::positive},
      {"ja", "二度と買わない", Polarity::negative},
      {"zh", "再也不会买了", Polarity::negative},
  };
  for (const auto& c : cases) {
    Document document;
    document.text = c.text;
    document.lang = c.lang;
    const Analysis said = analyzer->analyze(document);
    EXPECT_EQ(said.sentiment.label, c.label) << c.text << " " << said.sentiment.score;
  }
}

std::size_t count_in(const Sayings& sayings, const char* text) {
  Prepared prepared;
  prepare(text, prepared);
  std::vector<Saying> found;
  sayings.find(PlainWords(prepared), found);
  return found.size();
}

TEST(Sayings, MayHoldOnlyWhereASentenceBegins) {
  const auto sayings = Sayings::load("bad\t^ so much for\ngood\tthank you\n");
  ASSERT_TRUE(sayings) << describe(sayings.error());
  const auto count = [&](const char* text) { return count_in(*sayings, text); };
  EXPECT_EQ(count("So much for their support"), 1U);
  EXPECT_EQ(count("It broke. So much for quality!"), 1U);
  EXPECT_EQ(count("It costs so much for so little"), 0U);
  EXPECT_EQ(count("Thank you so much for it"), 1U);  // thank you
}

TEST(Sayings, AQuestionAndALookAlikeSayNothing) {
  const auto sayings = Sayings::load("good\tno problems\n-\tno problems until\n");
  ASSERT_TRUE(sayings) << describe(sayings.error());
  const auto count = [&](const char* text) { return count_in(*sayings, text); };
  EXPECT_EQ(count("No problems so far."), 1U);
  EXPECT_EQ(count("No problems so far?"), 0U);
  EXPECT_EQ(count("No problems until May"), 0U);
}

TEST(Ratings, SayWhatWasThought) {
  const struct {
    const char *text, *said;  // "+" and "-" by place
  } cases[] = {{"5/5", "+"},
               {"0/10", "-"},
               {"10/10 would buy again, 4.5/5", "++"},
               {"★★★★★ and ★☆☆☆☆", "+-"},
               {"3/5 or 5/10", ""},
               {"on 1/5/2026, 24/7, 1/10/26", ""},
               {"9/10 people, 1/5 of it", ""},
               {"I gave it 2/5, v1/5", "-"},
               {"Score 2/5", "-"},
               {"It stopped working on 4/5.", ""},
               {"Step 2/5: connect it. Thread 1/10", ""},
               {"4/5 devices failed, (2/5) and more", ""},
               {"Works. 5/5", "+"},
               {"★★★★ hotel", ""},
               {"7/5 and 1/100", ""},
               {"★ one", ""}};
  for (const auto& c : cases) {
    std::vector<Saying> found;
    find_ratings(c.text, found);
    std::string said;
    for (const Saying& each : found) said += each.side > 0 ? '+' : '-';
    EXPECT_EQ(said, c.said) << c.text;
  }
}

TEST(Sayings, TellLessOfALongText) {
  const std::vector<Saying> one = {{{0, 3}, -1}};
  const auto alone = shift_of(one, 1), among = shift_of(one, 9);
  EXPECT_NEAR(alone[0], 3 * among[0], 1e-5);
  EXPECT_EQ(alone[0], -alone[2]);
  EXPECT_LT(alone[1], 0);
  EXPECT_EQ(shift_of({}, 1), (std::array<float, 3>{}));
  EXPECT_EQ(shift_of({{{0, 3}, -1}, {{4, 5}, 1}}, 1), (std::array<float, 3>{}));
}

TEST(Sayings, AnUnreadableLineIsNamed) {
  for (const char* content : {"good\n", "fine\tnot bad\n", "good\tnot bad\tmore\n"}) {
    const auto loaded = Sayings::load(std::string("# a note\n") + content);
    ASSERT_FALSE(loaded) << content;
    EXPECT_NE(describe(loaded.error()).find("sayings.txt:2"), std::string::npos) << content;
  }
}

}  // namespace
}  // namespace plumbline
