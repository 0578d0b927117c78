#include "nlp/topics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "nlp/gsdmm.h"
#include "nlp/topic_merge.h"
#include "nlp/topic_words.h"

namespace plumbline {
namespace {

const std::vector<std::vector<std::string>>& themes() {
  static const std::vector<std::vector<std::string>> words = {
      {"late delivery", "courier", "parcel", "tracking", "doorstep", "shipping", "package"},
      {"loud motor", "noise", "rattle", "vibration", "humming", "bearing", "silent"},
      {"repair bill", "warranty", "receipt", "refund", "claim", "technician", "replacement"},
      {"monthly price", "discount", "coupon", "expensive", "cheap", "bargain", "subscription"}};
  return words;
}

struct Made {
  std::vector<std::string> texts;
  std::vector<std::size_t> theme;
  std::vector<std::string_view> views() const { return {texts.begin(), texts.end()}; }
};

Made make_texts(std::size_t count, unsigned seed = 1) {
  std::mt19937 random(seed);
  Made made;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t theme = random() % themes().size();
    std::string text = "the pump and";
    for (int k = 0; k < 4; ++k) text += " " + themes()[theme][random() % themes()[theme].size()];
    made.texts.push_back(text + " @acme http://x.example/" + std::to_string(i));
    made.theme.push_back(theme);
  }
  return made;
}

// Share of texts whose topic's most frequent theme is theirs.
double purity(const Made& made, const Topics& topics) {
  std::map<std::int32_t, std::map<std::size_t, int>> counts;
  for (std::size_t i = 0; i < made.theme.size(); ++i) ++counts[topics.topic_of[i]][made.theme[i]];
  int right = 0;
  for (const auto& [topic, themes_of] : counts) {
    int most = 0;
    for (const auto& [theme, times] : themes_of) most = std::max(most, times);
    right += most;
  }
  return right / static_cast<double>(made.theme.size());
}

TEST(Topics, FindsThemes) {
  const Made made = make_texts(600);
  TopicOptions options;
  options.topics = 4;
  const Topics topics = find_topics(made.views(), {}, options);
  ASSERT_EQ(topics.topics.size(), 4u);
  EXPECT_GT(purity(made, topics), 0.97);
}

TEST(Topics, ChoosesHowMany) {
  const Made made = make_texts(1000);
  TopicOptions options;
  options.most = 12;
  const Topics topics = find_topics(made.views(), {}, options);
  EXPECT_GE(topics.topics.size(), 3u);
  EXPECT_LE(topics.topics.size(), 12u);
  EXPECT_GT(purity(made, topics), 0.95);
}

TEST(Topics, GivesAsManyAsAsked) {
  const Made made = make_texts(200);
  for (const int wanted : {1, 2, 7, 20}) {
    TopicOptions options;
    options.topics = wanted;
    const Topics topics = find_topics(made.views(), {}, options);
    EXPECT_EQ(topics.topics.size(), static_cast<std::size_t>(wanted));
    std::set<std::int32_t> used(topics.topic_of.begin(), topics.topic_of.end());
    EXPECT_EQ(used.size(), static_cast<std::size_t>(wanted));
  }
}

TEST(Topics, LargestComesFirst) {
  const Made made = make_texts(500);
  const Topics topics = find_topics(made.views(), {}, {});
  std::vector<int> sizes(topics.topics.size(), 0);
  for (const std::int32_t topic : topics.topic_of) {
    ASSERT_GE(topic, 0);
    ++sizes[static_cast<std::size_t>(topic)];
  }
  EXPECT_TRUE(std::is_sorted(sizes.rbegin(), sizes.rend()));
  for (std::size_t i = 0; i < topics.topics.size(); ++i)
    EXPECT_EQ(topics.topics[i].id, static_cast<int>(i));
}

TEST(Topics, LabelsReadAsWords) {
  const Made made = make_texts(800);
  TopicOptions options;
  options.topics = 4;
  const Topics topics = find_topics(made.views(), {}, options);
  std::set<std::string> labels, phrases;
  for (const TopicInfo& topic : topics.topics) {
    labels.insert(topic.label);
    const auto words = split(topic.label, ' ');
    EXPECT_GE(words.size(), 2u) << topic.label;
    EXPECT_LE(words.size(), 4u) << topic.label;
    EXPECT_LE(topic.words.size(), 8u);
    EXPECT_GE(topic.words.size(), 4u);
    phrases.insert(topic.label.substr(0, topic.label.find(',')));
  }
  EXPECT_EQ(labels.size(), 4u);
  EXPECT_EQ(phrases,
            (std::set<std::string>{"late delivery", "loud motor", "repair bill", "monthly price"}));
}

TEST(Topics, SameSeedSameTopics) {
  const Made made = make_texts(400);
  TopicOptions options;
  options.sample = 150;
  const Topics first = find_topics(made.views(), {}, options);
  const Topics again = find_topics(made.views(), {}, options);
  EXPECT_EQ(first.topic_of, again.topic_of);
  ASSERT_EQ(first.topics.size(), again.topics.size());
  for (std::size_t i = 0; i < first.topics.size(); ++i) {
    EXPECT_EQ(first.topics[i].label, again.topics[i].label);
    EXPECT_EQ(first.topics[i].words, again.topics[i].words);
  }
}

TEST(Topics, SampleServesTheRest) {
  const Made made = make_texts(3000);
  TopicOptions options;
  options.topics = 4;
  options.sample = 500;
  const Topics topics = find_topics(made.views(), {}, options);
  EXPECT_GT(purity(made, topics), 0.95);
}

TEST(Topics, TextsWithoutContentHaveNone) {
  Made made = make_texts(100);
  made.texts.insert(made.texts.end(), {"", "@acme", "http://x.example 12 34", "!!!", "and the of"});
  made.texts.push_back("unheardof");
  const Topics topics = find_topics(made.views(), {}, {});
  for (std::size_t i = 100; i < 105; ++i) EXPECT_EQ(topics.topic_of[i], kNoTopic) << made.texts[i];
  EXPECT_NE(topics.topic_of[105], kNoTopic);
}

TEST(Topics, WordsThatNeverComeBack) {
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i)
    texts.push_back({static_cast<char>('a' + i / 26), static_cast<char>('a' + i % 26), 'q'});
  const Topics topics = find_topics({texts.begin(), texts.end()}, {}, {});
  EXPECT_FALSE(topics.topics.empty());
  EXPECT_EQ(std::count(topics.topic_of.begin(), topics.topic_of.end(), kNoTopic), 0);
}

TEST(Topics, FewOrNoTexts) {
  EXPECT_TRUE(find_topics({}, {}, {}).topics.empty());
  EXPECT_TRUE(find_topics({"", " "}, {}, {}).topics.empty());
  const Topics one = find_topics({"leaking pump"}, {"en"}, {});
  ASSERT_EQ(one.topics.size(), 1u);
  EXPECT_EQ(one.topic_of, std::vector<std::int32_t>{0});
  TopicOptions options;
  options.topics = 9;
  EXPECT_LE(find_topics({"leaking pump", "late parcel"}, {}, options).topics.size(), 2u);
}

TEST(Topics, LeavesBrandsOut) {
  Made made = make_texts(300);
  for (std::string& text : made.texts) text += " Acme Pumps #acmepumps Acme's";
  TopicOptions options;
  options.leave_out = {"Acme Pumps"};
  const Topics topics = find_topics(made.views(), {}, options);
  for (const TopicInfo& topic : topics.topics)
    for (const std::string& word : topic.words) {
      EXPECT_EQ(word.find("acme"), std::string::npos) << word;
      EXPECT_NE(word, "pump");
    }
}

TEST(Topics, ReadsEveryScript) {
  std::vector<std::string_view> texts, langs;
  for (int i = 0; i < 40; ++i) {
    texts.push_back(i % 2 == 0 ? "配送が遅くて荷物が届かない" : "騒音がひどくて眠れない");
    langs.push_back("ja");
  }
  TopicOptions options;
  options.topics = 2;
  const Topics topics = find_topics(texts, langs, options);
  ASSERT_EQ(topics.topics.size(), 2u);
  EXPECT_NE(topics.topic_of[0], topics.topic_of[1]);
  EXPECT_EQ(topics.topic_of[0], topics.topic_of[2]);
}

TEST(Topics, ProgressRises) {
  const Made made = make_texts(200);
  std::vector<double> seen;
  TopicOptions options;
  options.progress = [&](double done) { seen.push_back(done); };
  find_topics(made.views(), {}, options);
  ASSERT_FALSE(seen.empty());
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(seen.back(), 1.0);
}

TEST(TopicVocabulary, FoldsPluralsAndShowsMostUsed) {
  TopicVocabulary vocabulary({});
  const WordList list = vocabulary.learn("pumps Pumps pump boxes box batteries glass bus", "en");
  std::set<WordId> distinct(list.begin(), list.end());
  distinct.erase(kGap);
  EXPECT_EQ(distinct.size(), 5u);
  EXPECT_EQ(vocabulary.spelling(list[0]), "pumps");
}

TEST(Gsdmm, AlikeClustersBecomeOne) {
  std::mt19937 random(3);
  std::vector<WordList> texts(400);
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (int k = 0; k < 5; ++k)
      texts[i].push_back(static_cast<WordId>((i % 2) * 10 + random() % 10));
  GsdmmOptions options;
  options.slots = 12;
  options.alpha = 20;  // so readily that the two themes fall to pieces
  Gsdmm model(texts, 20, options);
  model.fit();
  ASSERT_GT(model.occupied(), 2U);
  join_alike(model, 20, 0.4, texts.size());
  EXPECT_EQ(model.occupied(), 2U);
  EXPECT_NE(model.cluster_of(0), model.cluster_of(1));
  EXPECT_EQ(model.cluster_of(0), model.cluster_of(2));
}

TEST(Gsdmm, AlikeClustersStayBelowTheLimit) {
  const std::vector<WordList> texts(100, WordList{0, 1, 2});
  GsdmmOptions options;
  options.slots = 10;
  options.alpha = 1000;
  Gsdmm model(texts, 3, options);
  model.fit();
  join_alike(model, 3, 0.4, 50);
  for (std::size_t slot = 0; slot < model.slots(); ++slot) EXPECT_LE(model.size_of(slot), 50U);
  EXPECT_LT(model.occupied(), 6U);
}

TEST(Gsdmm, CountsStayTrue) {
  std::mt19937 random(4);
  std::vector<WordList> texts;
  for (int i = 0; i < 300; ++i) {
    WordList text;
    const std::size_t theme = random() % 3;
    for (int k = 0; k < 6; ++k) text.push_back(static_cast<WordId>(theme * 10 + random() % 10));
    texts.push_back(text);
  }
  GsdmmOptions options;
  options.slots = 9;
  Gsdmm model(texts, 30, options);
  model.fit();
  model.thin_out(3, 1);
  model.settle(1);
  EXPECT_EQ(model.occupied(), 3u);
  std::vector<std::uint64_t> lengths(model.slots(), 0);
  for (std::size_t k = 0; k < model.slots(); ++k) {
    std::uint64_t total = 0;
    for (WordId word = 0; word < 30; ++word) total += model.count_of(word, k);
    EXPECT_EQ(total, model.length_of(k));
  }
  for (std::size_t i = 0; i < texts.size(); ++i) lengths[model.cluster_of(i)] += texts[i].size();
  for (std::size_t k = 0; k < model.slots(); ++k) EXPECT_EQ(lengths[k], model.length_of(k));
}

}  // namespace
}  // namespace plumbline
