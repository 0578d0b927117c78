#include "market/interval.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "market/change.h"
#include "market/tally.h"
#include "tests/market/made_up.h"

namespace plumbline {
namespace {

using made_up::Dice;

TEST(TLimit, MatchesPrintedTables) {
  const struct {
    double freedom, limit;
  } cases[] = {{1, 12.7062},  {2, 4.30265},  {3, 3.18245},   {5, 2.57058},  {10, 2.22814},
               {29, 2.04523}, {60, 2.00030}, {120, 1.97993}, {1e9, 1.95996}};
  for (const auto& one : cases) EXPECT_NEAR(t_limit(one.freedom), one.limit, 2e-5) << one.freedom;
  EXPECT_GT(t_limit(1.5), t_limit(2));
}

TEST(ShareOfAuthors, MatchesWilson) {
  const Estimate tenth = share_of_authors(10, 100, 10);
  EXPECT_NEAR(tenth.lo, 0.05523, 1e-4);
  EXPECT_NEAR(tenth.hi, 0.17437, 1e-4);
  EXPECT_EQ(share_of_authors(0, 50, 0).lo, 0);
  EXPECT_GT(share_of_authors(0, 50, 0).hi, 0.05);
  EXPECT_EQ(share_of_authors(50, 50, 0).hi, 1);
  EXPECT_EQ(share_of_authors(0, 0, 0).hi, 1);
}

TEST(MeanOfAuthors, NeverClaimsCertainty) {
  Moments agreed;
  EXPECT_EQ(mean_of_authors(agreed, 0).lo, -1);
  EXPECT_EQ(mean_of_authors(agreed, 0).hi, 1);
  agreed.add(1);
  EXPECT_EQ(mean_of_authors(agreed, 1).lo, -1);
  for (int i = 0; i < 4; ++i) agreed.add(1);
  const Estimate five = mean_of_authors(agreed, 5);
  EXPECT_EQ(five.value, 1);
  EXPECT_LT(five.lo, 0.5);  // five who agree do not make everyone agree
  EXPECT_EQ(five.hi, 1);
}

// How many mentions an author writes: few write much. Mean about 1.9 at tail 1.6.
int posts_of(Dice& dice, double tail) {
  return static_cast<int>(std::min(60.0, std::pow(1 - dice.unit(), -1 / tail)));
}

// An author's mood, then mentions that agree with it: 25 % positive, 15 % negative overall.
int label_of(Dice& dice, int mood) {
  if (dice.unit() < 0.57) return mood;
  const double x = dice.unit();
  return x < 0.25 ? 1 : x < 0.40 ? -1 : 0;
}

// 1,000 worlds of heavy-tailed authors whose own mentions agree; the truth is known.
TEST(MeanOfAuthors, CoversTruthInNineteenOfTwenty) {
  const struct {
    int authors;
    double tail;
  } worlds[] = {{216, 1.6}, {100, 1.1}, {39, 0.9}};
  for (const auto& world : worlds) {
    Dice dice(static_cast<std::uint64_t>(world.authors));
    int covered = 0;
    for (int run = 0; run < 1000; ++run) {
      VoiceTally tally(1);
      for (int a = 0; a < world.authors; ++a) {
        const double x = dice.unit();
        const int mood = x < 0.25 ? 1 : x < 0.40 ? -1 : 0;
        MentionRow row;
        row.voice = a;
        for (int posts = posts_of(dice, world.tail); posts > 0; --posts) {
          row.label = static_cast<Polarity>(label_of(dice, mood));
          tally.add(0, row);
        }
      }
      const Estimate net = tally.finish().front().net_sentiment();
      covered += net.lo <= 0.10 && 0.10 <= net.hi;
    }
    EXPECT_GE(covered, 930) << world.authors;
    EXPECT_LE(covered, 970) << world.authors;
  }
}

TEST(ShareOfAuthors, CoversTruthInNineteenOfTwenty) {
  Dice dice(5);
  int covered = 0;
  for (int run = 0; run < 1000; ++run) {
    int hits = 0;
    for (int a = 0; a < 150; ++a) hits += dice.unit() < 0.2;
    const Estimate share = share_of_authors(hits, 150, hits);
    covered += share.lo <= 0.2 && 0.2 <= share.hi;
  }
  EXPECT_GE(covered, 930);
  EXPECT_LE(covered, 970);
}

TEST(Difference, CoversTruthInNineteenOfTwenty) {
  Dice dice(6);
  int covered = 0;
  for (int run = 0; run < 1000; ++run) {
    Moments before, after;
    for (int a = 0; a < 120; ++a) before.add(dice.unit() < 0.5 ? 0 : dice.unit() < 0.6 ? 1 : -1);
    for (int a = 0; a < 60; ++a) after.add(dice.unit() < 0.3 ? 0 : dice.unit() < 0.4 ? 1 : -1);
    const Estimate change = difference_of(before, after);
    covered += change.lo <= -0.24 && -0.24 <= change.hi;  // 0.10 then, -0.14 now
  }
  EXPECT_GE(covered, 930);
  EXPECT_LE(covered, 970);
}

// Mentions of one author go together; counting them as independent covers far less.
TEST(RatioByAuthor, CoversWhereMentionsWouldNot) {
  Dice dice(8);
  int covered = 0;
  int naive = 0;
  for (int run = 0; run < 1000; ++run) {
    RatioSums sums;
    for (int a = 0; a < 300; ++a) {
      const int posts = posts_of(dice, 2.5);
      const bool ours = dice.unit() < 0.3;
      int part = 0;
      for (int i = 0; i < posts; ++i) part += dice.unit() < (ours ? 0.9 : 0.1);
      sums.add(part, posts);
    }
    const double truth = 0.3 * 0.9 + 0.7 * 0.1;
    const Estimate share = ratio_by_author(sums, 0);
    covered += share.lo <= truth && truth <= share.hi;
    const double half = 1.96 * std::sqrt(share.value * (1 - share.value) / sums.whole);
    naive += std::fabs(share.value - truth) <= half;
  }
  EXPECT_GE(covered, 930);
  EXPECT_LE(covered, 985);
  EXPECT_LT(naive, covered - 30);
}

TEST(RatioByAuthor, HoldsAtTheEdges) {
  EXPECT_EQ(ratio_by_author({}, 0).hi, 1);
  RatioSums all;
  for (int i = 0; i < 40; ++i) all.add(1, 1);
  const Estimate share = ratio_by_author(all, 40);
  EXPECT_EQ(share.value, 1);
  EXPECT_LT(share.lo, 0.95);
  EXPECT_EQ(share.hi, 1);
}

TEST(SplitChange, RateAndMixSumToTotal) {
  Dice dice(9);
  for (int run = 0; run < 1000; ++run) {
    const auto groups = static_cast<std::size_t>(1 + dice.below(12));
    std::vector<GroupPeriod> periods[2];
    double totals[2] = {0, 0};
    for (int p = 0; p < 2; ++p) {
      double weight = 0;
      for (std::size_t g = 0; g < groups; ++g) {
        periods[p].push_back({dice.unit() < 0.2 && g > 0 ? 0 : dice.unit(), dice.unit() * 2 - 1});
        weight += periods[p].back().weight;
      }
      for (GroupPeriod& group : periods[p]) group.weight /= weight;
      for (const GroupPeriod& group : periods[p]) totals[p] += group.weight * group.mean;
    }
    double sum = 0;
    for (const RateMix& part : split_change(periods[0], periods[1])) sum += part.rate + part.mix;
    EXPECT_NEAR(sum, totals[1] - totals[0], 1e-9);
  }
}

TEST(SplitChange, TellsSimpsonsParadox) {
  // Both sources feel better, yet the total falls because the talk moves to the gloomy one.
  const auto parts = split_change({{0.5, -0.20}, {0.5, 0.60}}, {{0.8, -0.15}, {0.2, 0.65}});
  EXPECT_NEAR(parts[0].rate, 0.025, 1e-12);
  EXPECT_NEAR(parts[1].rate, 0.025, 1e-12);
  EXPECT_LT(parts[0].mix, 0);
  EXPECT_LT(parts[1].mix, 0);
  EXPECT_NEAR(parts[0].rate + parts[0].mix + parts[1].rate + parts[1].mix, 0.01 - 0.20, 1e-12);
}

}  // namespace
}  // namespace plumbline
