#include "nlp/learn/term_trainer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/embedded.h"
#include "nlp/fast_reading.h"
#include "nlp/language_files.h"
#include "nlp/learn/term_measure.h"
#include "nlp/term_reading.h"

namespace plumbline {
namespace {

// A folder of its own with invented sentences.
class TermTrainer : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "plumbline_terms_" +  // tests run side by side
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    const auto model = FastModel::read(embedded("models/fast.bin"), "fast.bin");
    ASSERT_TRUE(model.has_value());
    fast_ = *model;
    const auto lexicons = read_lexicons(built_in_languages());
    ASSERT_TRUE(lexicons.has_value());
    english_ = lexicons->at("en");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& lines) const {
    std::ofstream(folder_ + "/absa14_laptops.train.tsv") << lines;
  }
  Result<TermData> read() const { return read_term_data(folder_, fast_, english_); }

  std::string folder_;
  FastModel fast_;
  Lexicon english_;
};

// Which things are spoken of, and how.
std::string invented(int sentences) {
  constexpr const char *kThings[] = {"pump", "garden hose", "filter", "motor"},
                       *kGood[] = {"good", "lovely"}, *kBad[] = {"bad", "awful"};
  std::string out;
  for (int i = 0; i < sentences; ++i) {
    const std::string good = kThings[i % 4], bad = kThings[(i + 1 + i / 4 % 3) % 4];
    const std::string praise = kGood[i / 2 % 2], blame = kBad[i / 3 % 2], n = std::to_string(i);
    out += "positive\t" + good + "\tthe $T$ is " + praise + " but the " + bad + " is " + blame +
           " since " + n + "\n";
    out += "negative\t" + bad + "\tthe " + good + " is " + praise + " but the $T$ is " + blame +
           " since " + n + "\n";
  }
  return out;
}

TEST_F(TermTrainer, LearnsWhatIsMarkedAndHow) {
  write(invented(120));
  const auto data = read();
  ASSERT_TRUE(data.has_value()) << describe(data.error());
  EXPECT_EQ(data->learn.size(), 96u);
  EXPECT_EQ(data->sets[0].held.size(), 24u);
  EXPECT_EQ(data->missing.size(), 1u);
  const auto weights = learn_terms(*data, {});
  ASSERT_TRUE(weights.has_value());
  const std::string bytes = pack_term_model(*weights);
  EXPECT_EQ(bytes, pack_term_model(*learn_terms(*data, {})));
  TermTraining other;
  other.seed = 8;
  EXPECT_NE(bytes, pack_term_model(*learn_terms(*data, other)));
  const auto model = TermModel::read(bytes, "here");
  ASSERT_TRUE(model.has_value());
  const std::vector<TermScore> scores = measure_terms({fast_, *model, english_}, *data);
  ASSERT_EQ(scores.size(), 1u);
  EXPECT_EQ(scores[0].terms, 48);
  EXPECT_GT(scores[0].f1, 0.95);
  EXPECT_GT(scores[0].accuracy, 0.95);
}

TEST_F(TermTrainer, LearnsFromWhatABetterModelMarked) {
  write(invented(60));
  std::vector<TaughtTerms> taught;
  Sentiment bad;
  bad.negative = 0.9F;
  bad.neutral = bad.positive = 0.05F;
  for (int i = 0; i < 40; ++i)
    taught.push_back({"my kettle was leaking in week " + std::to_string(i), {{{3, 9}, bad}}});
  taught.push_back({"the pump is  good but the garden hose is bad since 0", {}});  // held out
  const auto data = read_term_data(folder_, fast_, english_, taught);
  ASSERT_TRUE(data.has_value()) << describe(data.error());
  EXPECT_EQ(data->learn.size(), 88u);
  EXPECT_EQ(data->known, 1);
  EXPECT_EQ(data->sets.size(), 1u) << "what was taught is not measured on";
  const auto weights = learn_terms(*data, {});
  ASSERT_TRUE(weights.has_value());
  const std::string bytes = pack_term_model(*weights);
  const auto model = TermModel::read(bytes, "here");
  ASSERT_TRUE(model.has_value());
  const std::string text = "a kettle was leaking again";
  FastScratch fast;
  TermScratch scratch;
  std::vector<FoundTerm> found;
  read_fast(text, english_, "en", fast);
  fast_.answer(fast.slots, "en", fast.notes, fast.up_to);
  read_terms(text, fast, {fast_, *model, english_}, scratch, found);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].span, (Span{2, 8}));
  EXPECT_EQ(mood_of_span(fast, {fast_, *model, english_}, found[0].span, scratch).label,
            Polarity::negative);
}

TEST_F(TermTrainer, JoinsTheTermsOfASentence) {
  write(
      "positive\tpump\tThe $T$ and ( the hose ) .\n"
      "negative\those\tThe pump and (the $T$ ) .\n"
      "no mood\those\tThe $T$\n"
      "neutral\those\twithout its place\n"
      "neutral\tdial\tA $T$ .\n");
  std::vector<TermSentence> sentences;
  std::int64_t skipped = 0;
  ASSERT_TRUE(read_term_set(folder_ + "/absa14_laptops.train.tsv", sentences, skipped));
  EXPECT_EQ(skipped, 2);
  ASSERT_EQ(sentences.size(), 2u);
  ASSERT_EQ(sentences[0].terms.size(), 2u);
  const auto& [span, mood] = sentences[0].terms[1];
  EXPECT_EQ(sentences[0].text.substr(span.begin, span.end - span.begin), "hose");
  EXPECT_EQ(mood, 0);
}

TEST_F(TermTrainer, SaysWhatIsNotThereAndStopsWhenTold) {
  EXPECT_EQ(read().error().code, ErrorCode::not_found);
  write(invented(10));
  const auto data = read();
  ASSERT_TRUE(data.has_value());
  int calls = 0;
  const auto stopped = learn_terms(*data, {}, [&](double) { return ++calls < 3; });
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error().code, ErrorCode::partial);
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace plumbline
