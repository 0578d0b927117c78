// Agreement and corrected totals on invented labels, and how often the intervals hold.
#include "market/audit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace plumbline {
namespace {

constexpr Polarity kSides[] = {Polarity::negative, Polarity::neutral, Polarity::positive};

AuditedText text_of(const std::string& brand, Polarity label, Polarity machine,
                    std::int64_t mentions = 1) {
  AuditedText out{brand, label, machine, mentions, {}};
  out.counted[side_of(machine)] = mentions;
  return out;
}

AuditFrame frame_of(const std::string& brand, const std::vector<AuditedText>& texts) {
  AuditFrame out;
  out.brand = brand;
  for (const AuditedText& text : texts) {
    ++out.texts;
    out.mentions += text.mentions;
    for (std::size_t c = 0; c < 3; ++c) out.counted[c] += text.counted[c];
  }
  return out;
}

TEST(Audit, CountsAgreementAsAHandDoes) {
  std::vector<AuditedText> texts;
  for (int i = 0; i < 6; ++i) texts.push_back(text_of("Acme", kSides[0], kSides[i < 3 ? 0 : 1]));
  for (int i = 0; i < 4; ++i) texts.push_back(text_of("Acme", kSides[2], kSides[2]));
  AuditFrame frame{"Acme", 1000, 1000, {200, 300, 500}};
  const AuditOutcome outcome = audit_figures(texts, {{frame}}, 7);
  ASSERT_EQ(outcome.figures.size(), 1u);
  const AuditFigures& f = outcome.figures[0];
  EXPECT_EQ(f.confusion[0], (SideCounts{3, 3, 0}));
  EXPECT_EQ(f.confusion[2], (SideCounts{0, 0, 4}));
  EXPECT_DOUBLE_EQ(f.accuracy.value, 0.7);
  EXPECT_NEAR(f.accuracy.lo, 0.397, 0.001);  // Wilson's interval of 7 in 10
  EXPECT_NEAR(f.accuracy.hi, 0.892, 0.001);
  EXPECT_DOUBLE_EQ(f.macro_recall.value, 0.75);  // nobody said neutral
  EXPECT_LT(f.macro_recall.lo, 0.7);
  EXPECT_DOUBLE_EQ(f.counted[0], 0.2);
  EXPECT_DOUBLE_EQ(f.net_counted, 0.3);
}

TEST(Audit, CorrectsByTheFormula) {
  // Ten labelled texts; all the machine calls neutral are negative, the others are right.
  std::vector<AuditedText> texts;
  for (int i = 0; i < 5; ++i) texts.push_back(text_of("Acme", kSides[0], kSides[1]));
  for (int i = 0; i < 5; ++i) texts.push_back(text_of("Acme", kSides[2], kSides[2]));
  AuditFrame frame{"Acme", 1000, 1000, {0, 600, 400}};
  const AuditFigures f = audit_figures(texts, {{frame}}, 7).figures[0];
  // y and f vary together in the positive side alone: 2.5 of 5.
  EXPECT_DOUBLE_EQ(f.trust, 0.5);
  EXPECT_NEAR(f.corrected[0].value, 0.5, 1e-12);
  EXPECT_NEAR(f.corrected[1].value, 0.5 * 0.6 - 0.5 * 0.5, 1e-12);
  EXPECT_NEAR(f.corrected[2].value, 0.5 * 0.4 + 0.5 - 0.5 * 0.5, 1e-12);
  EXPECT_NEAR(f.corrected[0].value + f.corrected[1].value + f.corrected[2].value, 1, 1e-12);
  EXPECT_NEAR(f.net_corrected.value, f.corrected[2].value - f.corrected[0].value, 1e-12);
}

TEST(Audit, APerfectMachineStaysOpenAsFarAsTheLabelsGo) {
  std::vector<AuditedText> texts;
  for (int i = 0; i < 60; ++i) texts.push_back(text_of("Acme", kSides[i % 3], kSides[i % 3]));
  AuditFrame frame{"Acme", 100000, 100000, {50000, 30000, 20000}};
  const AuditFigures f = audit_figures(texts, {{frame}}, 7).figures[0];
  EXPECT_DOUBLE_EQ(f.trust, 1);
  EXPECT_NEAR(f.corrected[0].value, 0.5, 1e-12);
  EXPECT_NEAR(f.corrected[0].hi - f.corrected[0].value, 0.06, 0.005);  // 0 of 60 by Wilson
}

TEST(Audit, TooFewLabelsCorrectNothing) {
  const std::vector<AuditedText> texts(9, text_of("Acme", kSides[0], kSides[0]));
  AuditFrame frame{"Acme", 100, 100, {50, 30, 20}};
  const AuditOutcome outcome = audit_figures(texts, {{frame}}, 7);
  EXPECT_TRUE(outcome.figures.empty());
  EXPECT_EQ(outcome.left_out, std::vector<std::string>{"Acme"});
  EXPECT_TRUE(audit_figures({}, {}, 7).figures.empty());
}

TEST(Audit, BrandsAreWeighedByMentions) {
  std::vector<AuditedText> texts;
  for (int i = 0; i < 20; ++i) texts.push_back(text_of("Acme", kSides[0], kSides[i % 2]));
  for (int i = 0; i < 80; ++i) texts.push_back(text_of("Bolt", kSides[2], kSides[2]));
  const std::vector<AuditFrame> frames = {{"Acme", 9000, 9000, {4500, 4500, 0}},
                                          {"Bolt", 1000, 1000, {0, 0, 1000}}};
  const AuditOutcome outcome = audit_figures(texts, frames, 7);
  ASSERT_EQ(outcome.figures.size(), 3u);
  EXPECT_TRUE(outcome.figures[0].brand.empty());
  EXPECT_NEAR(outcome.figures[0].corrected[0].value, 0.9, 1e-9);
  EXPECT_NEAR(outcome.figures[0].corrected[2].value, 0.1, 1e-9);
}

// A population whose machine misses a third, with copies; how often 95 % intervals of 200 labels
// hold the truth.
TEST(Audit, IntervalsHoldAsOftenAsTheySay) {
  std::mt19937_64 random(11);
  const auto one_in = [&](std::uint64_t n) { return random() % n == 0; };
  std::vector<AuditedText> all;
  double negative = 0, mentions = 0;
  for (int i = 0; i < 4000; ++i) {
    const Polarity truth = one_in(6) ? kSides[0] : one_in(3) ? kSides[2] : kSides[1];
    const Polarity said = one_in(3) ? kSides[random() % 3] : truth;
    all.push_back(text_of("Acme", truth, said, one_in(10) ? 5 : 1));
    mentions += static_cast<double>(all.back().mentions);
    if (truth == kSides[0]) negative += static_cast<double>(all.back().mentions);
  }
  const AuditFrame frame = frame_of("Acme", all);
  int held = 0, narrower = 0;
  double mean = 0;
  constexpr int kTrials = 200;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::shuffle(all.begin(), all.end(), random);
    const std::vector<AuditedText> drawn(all.begin(), all.begin() + 200);
    const AuditFigures f = audit_figures(drawn, {{frame}}, 7).figures[0];
    const Estimate& share = f.corrected[0];
    if (share.lo <= negative / mentions && negative / mentions <= share.hi) ++held;
    if (f.trust > 0.3) ++narrower;
    mean += share.value / kTrials;
  }
  EXPECT_GE(held, kTrials * 90 / 100);
  EXPECT_NEAR(mean, negative / mentions, 0.006);
  EXPECT_EQ(narrower, kTrials);
}

}  // namespace
}  // namespace plumbline
