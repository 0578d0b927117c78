#include "market/cluster.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "market/kmeans.h"
#include "tests/market/made_up.h"

namespace plumbline {
namespace {

using made_up::Dice;

constexpr ClusterOptions kQuick{1, 60, 6,
                                10};  // fewer trials than in use; unoptimised builds are slow

struct Planted {
  MentionTable table;
  std::map<std::int64_t, int> group_of;
};

// Authors of `groups` kinds, each with two favourite topics; `loyalty` is how often they keep to
// them. With one group there is nothing to find.
Planted plant(std::uint64_t seed, int authors, int groups, double loyalty, int topics = 8) {
  Dice dice(seed);
  Planted out;
  for (int t = 0; t < topics; ++t)
    out.table.topics.push_back({t, "topic " + std::to_string(t), {}});
  out.table.brands = {"Borealis"};
  out.table.sources = {"forum"};
  for (int a = 0; a < authors; ++a) {
    const int group = dice.below(groups);
    out.group_of[a] = group;
    const int mentions = 2 + dice.below(9);
    for (int m = 0; m < mentions; ++m) {
      MentionRow row;
      row.voice = a;
      row.topic = groups > 1 && dice.unit() < loyalty ? (2 * group + dice.below(2)) % topics
                                                      : dice.below(topics);
      const double mood = dice.normal() + (groups > 1 && group % 2 ? 0.5 : 0);
      row.label = mood > 0.6    ? Polarity::positive
                  : mood < -0.6 ? Polarity::negative
                                : Polarity::neutral;
      row.price_talk = static_cast<float>(dice.unit());
      row.value_talk = static_cast<float>(dice.unit());
      out.table.rows.push_back(row);
    }
  }
  return out;
}

double agreement(const Planted& planted, const Clusters& clusters) {
  std::vector<int> truth, found;
  for (const auto& [voice, cluster] : clusters.cluster_of) {
    truth.push_back(planted.group_of.at(voice));
    found.push_back(cluster);
  }
  return adjusted_rand(truth, found);
}

TEST(Clusters, FindPlantedGroups) {
  for (const int groups : {3, 4}) {
    const Planted planted = plant(7, 400, groups, 0.85);
    const Clusters clusters = find_clusters(planted.table, kQuick);
    EXPECT_EQ(clusters.count, groups) << clusters.note;
    EXPECT_GT(clusters.stability, 0.6);
    EXPECT_GT(agreement(planted, clusters), 0.6) << groups;
  }
}

TEST(Clusters, FindNoneInNoise) {
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const int authors : {100, 400}) {
      const Clusters clusters = find_clusters(plant(seed, authors, 1, 0).table, kQuick);
      EXPECT_EQ(clusters.count, 0) << authors << ": " << clusters.note;
      EXPECT_TRUE(clusters.cluster_of.empty());
      EXPECT_NE(clusters.note.find("no stable clusters"), std::string::npos) << clusters.note;
    }
  }
}

TEST(Clusters, SameSeedSameClusters) {
  const Planted planted = plant(3, 4300, 3, 0.8);
  const Clusters one = find_clusters(planted.table, {1, 60, 4, 3});
  const Clusters two = find_clusters(planted.table, {1, 60, 4, 3});
  EXPECT_EQ(one.cluster_of, two.cluster_of);
  EXPECT_EQ(one.stability, two.stability);
  EXPECT_EQ(one.cluster_of.size(), 4300U);  // authors outside the sample are assigned too
}

TEST(Clusters, LargestComesFirst) {
  const Clusters clusters = find_clusters(plant(11, 500, 4, 0.9).table, kQuick);
  ASSERT_GT(clusters.count, 0) << clusters.note;
  std::vector<int> sizes(static_cast<std::size_t>(clusters.count), 0);
  for (const auto& [voice, cluster] : clusters.cluster_of)
    ++sizes.at(static_cast<std::size_t>(cluster));
  EXPECT_TRUE(std::is_sorted(sizes.rbegin(), sizes.rend()));
}

TEST(Clusters, TooFewAuthorsSaySo) {
  const Clusters clusters = find_clusters(plant(5, 23, 3, 0.9).table, {});
  EXPECT_EQ(clusters.count, 0);
  EXPECT_EQ(clusters.note.rfind("too few authors for clusters (23 of 60)", 0), 0U) << clusters.note;
  EXPECT_EQ(find_clusters({}, {}).count, 0);
}

TEST(Clusters, LeaveOutCopiesAndSessions) {
  Planted planted = plant(9, 300, 3, 0.9);
  const std::size_t own = planted.table.rows.size();
  for (std::size_t i = 0; i < own; ++i) {
    MentionRow copy = planted.table.rows[i];
    copy.voice = 100'000 + copy.voice;
    (i % 2 ? copy.copy : copy.session) = true;
    planted.table.rows.push_back(copy);
  }
  for (const auto& [voice, cluster] : find_clusters(planted.table, {}).cluster_of)
    EXPECT_LT(voice, 100'000);
}

TEST(Clusters, SurviveOneTopicForAll) {
  Planted planted = plant(9, 200, 1, 0, 1);
  for (MentionRow& row : planted.table.rows) {
    row.label = Polarity::neutral;
    row.price_talk = row.value_talk = 0;
  }
  EXPECT_EQ(find_clusters(planted.table, {}).count, 0);
}

TEST(AdjustedRand, KnownValues) {
  EXPECT_DOUBLE_EQ(adjusted_rand({0, 0, 1, 1}, {1, 1, 0, 0}), 1);
  EXPECT_NEAR(adjusted_rand({0, 0, 1, 1}, {0, 0, 1, 2}), 0.5714285714, 1e-9);
  EXPECT_NEAR(adjusted_rand({0, 0, 1, 1}, {0, 1, 0, 1}), -0.5, 1e-9);
}

}  // namespace
}  // namespace plumbline
