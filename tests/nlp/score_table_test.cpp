#include "nlp/learn/score_table.h"

#include <gtest/gtest.h>

#include <random>

namespace plumbline {
namespace {

TEST(ScoreTable, KnowsTheErrorOfFewTexts) {
  // Probabilities that are exactly true, drawn many times: the mean of the measured error is what
  // the table expects by chance alone.
  std::mt19937 random(7);
  std::uniform_real_distribution<double> share(0.4, 1.0), luck(0.0, 1.0);
  double measured = 0, expected = 0;
  constexpr int kDraws = 300;
  for (int draw = 0; draw < kDraws; ++draw) {
    ScoreTable table(2);
    for (int text = 0; text < 90; ++text) {
      const double confidence = share(random);
      table.add(1, luck(random) < confidence ? 1 : 0, confidence, true);
    }
    measured += table.calibration() / kDraws;
    expected += table.calibration_by_chance() / kDraws;
  }
  EXPECT_NEAR(measured, expected, 0.006);
  EXPECT_GT(expected, 0.08);
}

TEST(ScoreTable, ExpectsNoErrorOfWhatIsSure) {
  ScoreTable table(2);
  for (int text = 0; text < 10; ++text) table.add(1, text < 5 ? 1 : 0, 1.0, true);
  EXPECT_DOUBLE_EQ(table.calibration_by_chance(), 0);
  EXPECT_DOUBLE_EQ(table.calibration(), 0.5);
}

}  // namespace
}  // namespace plumbline
