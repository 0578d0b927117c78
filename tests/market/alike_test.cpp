#include "market/alike.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace plumbline {
namespace {

using Names = std::vector<std::string>;

TEST(Alike, SharedWordsNameAGroup) {
  const std::vector<TopicVoices> topics = {{"neighbour access admin", 3},
                                           {"tenant access admin", 2},
                                           {"gardener access admin", 2},
                                           {"access holidays", 1},
                                           {"rain gauge input", 5},
                                           {"raain gauge input", 1},
                                           {"leak alarm", 3}};
  EXPECT_EQ(common_names(topics, {}),
            (Names{"access admin", "access admin", "access admin", "access admin",
                   "rain gauge input", "rain gauge input", "leak alarm"}));
}

TEST(Alike, ThemesKeepTheirNames) {
  EXPECT_EQ(common_names({{"support", 9}, {"support desk", 1}, {"help desk", 1}}, {}),
            (Names{"support", "desk", "desk"}));
}

TEST(Alike, BrandsNameNothing) {
  EXPECT_EQ(common_names({{"acme dial", 5}, {"acme", 2}, {"acme frost alarm", 1}}, {"Acme Pumps"}),
            (Names{"dial", "", "frost alarm"}));
}

TEST(Alike, BroadWordsJoinOnlyWhatNothingElseJoins) {
  std::vector<TopicVoices> topics = {{"flight window seat", 2}, {"flight aisle seat", 2}};
  const Names things = {"flight meal", "flight home", "flight cuba", "flight update",
                        "flight change"};
  for (const std::string& thing : things) topics.push_back({thing, 3});
  const Names names = common_names(topics, {});
  EXPECT_EQ(names[0], "flight seat");
  EXPECT_EQ(names[1], "flight seat");
  EXPECT_EQ(names[2], "flight");
}

TEST(Alike, OtherFormsAreTheSameTopic) {
  EXPECT_EQ(common_names({{"battery", 2}, {"batteries", 5}, {"leak alarm", 1}}, {}),
            (Names{"batteries", "batteries", "leak alarm"}));
  EXPECT_EQ(common_names({{"time slot", 3}, {"slots time", 1}}, {}),
            (Names{"time slot", "time slot"}));
  EXPECT_EQ(common_names({{"support", 9}, {"the support", 1}, {"supports", 1}, {"prices", 2}}, {}),
            (Names{"support", "support", "support", "price"}));
  EXPECT_EQ(common_names({{"batterien", 4, "de"}, {"batterie", 1, "de"}, {"pumpe", 1, "de"}}, {}),
            (Names{"batterien", "batterien", "pumpe"}));
  EXPECT_EQ(common_names({{"the", 1}, {"", 2}}, {}), (Names{"the", ""}));
}

TEST(Alike, OrderDoesNotMatter) {
  std::vector<TopicVoices> topics = {
      {"fly friend home", 1}, {"guys fly cuba", 1}, {"fly", 1}, {"home", 1}, {"", 2}};
  const Names names = common_names(topics, {});
  std::reverse(topics.begin(), topics.end());
  Names backward = common_names(topics, {});
  std::reverse(backward.begin(), backward.end());
  EXPECT_EQ(names, backward);
}

}  // namespace
}  // namespace plumbline
