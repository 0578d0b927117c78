#include "nlp/fast_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/analyze.h"
#include "nlp/fast_reading.h"
#include "nlp/normalize.h"

namespace plumbline {
namespace {

FastWeights some_weights() {
  FastWeights out;
  out.table.resize(std::size_t{kFastSlots} * kFastRow);
  for (std::size_t row = 0; row < 5000; ++row)
    for (std::size_t c = 0; c < kFastColumns; ++c)
      out.table[row * kFastRow + c] = static_cast<float>((row * 31 + c * 7) % 200) / 100 - 1;
  out.bias[1] = 0.5F;
  out.languages = {{"en", {}}, {"de", {0.1F, 0.2F, 0.3F}}};
  out.temperature = {1.5F, 1, 2, 1};
  return out;
}

TEST(FastModel, ReadsWhatWasPacked) {
  const FastWeights weights = some_weights();
  const auto model = FastModel::read(pack_fast_model(weights), "here");
  ASSERT_TRUE(model.has_value()) << describe(model.error());
  EXPECT_TRUE(model->knows("de"));
  EXPECT_FALSE(model->knows("pl"));
  EXPECT_EQ(model->name().rfind("fast-", 0), 0u);
  // Against the formula in full precision.
  const std::vector<std::uint32_t> slots = {1, 7, 7, 4999, 20};
  std::array<double, 3> z{};
  double sum = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    for (const std::uint32_t slot : slots)
      z[c] += static_cast<double>(weights.table[slot * kFastRow + c]) / std::sqrt(5.0);
    z[c] += static_cast<double>(weights.bias[c] + weights.languages[1].second[c]);
    z[c] = std::exp(z[c] / 1.5);
    sum += z[c];
  }
  const FastAnswer said = model->answer(slots, "de");
  EXPECT_NEAR(static_cast<double>(said.sentiment.negative), z[0] / sum, 0.01);
  EXPECT_NEAR(static_cast<double>(said.sentiment.positive), z[2] / sum, 0.01);
  float emotions = 0;
  for (const float p : said.emotion.scores) emotions += p;
  EXPECT_NEAR(emotions, 1, 1e-5);
  EXPECT_TRUE(said.irony > 0 && said.irony < 1);
}

TEST(FastModel, SumsManyFeaturesExactly) {
  const auto model = FastModel::read(pack_fast_model(some_weights()), "here");
  ASSERT_TRUE(model.has_value());
  // The same mean over more features than 16 bits could hold the sum of.
  const std::vector<std::uint32_t> few(4, 199), many(40000, 199);
  const float one = model->pull(199, 4) * 4, all = model->pull(199, 40000) * 40000;
  EXPECT_NEAR(all / one, 100, 0.1);
  // Row 199 speaks for positive; over so many the bias for neutral is nothing beside it.
  EXPECT_EQ(model->sentiment(few, "en").label, Polarity::neutral);
  EXPECT_NEAR(model->sentiment(many, "en").positive, 1, 0.01);
}

TEST(FastModel, RefusesBrokenFiles) {
  const std::string good = pack_fast_model(some_weights());
  std::string flipped = good, resealed = good;
  flipped[good.size() / 2] = static_cast<char>(flipped[good.size() / 2] ^ 1);
  resealed[8] = 17;  // the number of rows
  const std::uint64_t sum = hash64(std::string_view(resealed).substr(0, resealed.size() - 8));
  for (std::size_t i = 0; i < 8; ++i)
    resealed[resealed.size() - 8 + i] = static_cast<char>(sum >> (8 * i) & 0xFF);
  const struct {
    std::string bytes;
    const char* says;
  } cases[] = {{"", "does not begin"},
               {"hello, world", "does not begin"},
               {good.substr(0, 12), "cut off"},
               {good.substr(0, good.size() - 1), "damaged"},
               {good + "x", "damaged"},
               {flipped, "damaged"},
               {resealed, "2^17"}};
  for (const auto& c : cases) {
    const auto model = FastModel::read(c.bytes, "models/fast.bin");
    ASSERT_FALSE(model.has_value()) << c.says;
    EXPECT_EQ(model.error().code, ErrorCode::parse);
    EXPECT_EQ(model.error().where, "models/fast.bin");
    EXPECT_NE(model.error().message.find(c.says), std::string::npos) << model.error().message;
  }
}

const Analyzer& fast_analyzer() {
  static const Analyzer kAnalyzer = std::move(Analyzer::load()).value();
  return kAnalyzer;
}

Analysis of(std::string text) {
  Document document;
  document.text = std::move(text);
  return fast_analyzer().analyze(normalize(std::move(document)));
}

TEST(FastTier, MaskingNamesAndLinksChangesNothing) {
  const struct {
    const char *open, *masked;
  } cases[] = {
      {"@acme_pumps why is it broken again?", "@user why is it broken again?"},
      {"Thanks @Kim_Lee, best day ever", "Thanks @user, best day ever"},
      {"look https://shop.example/a/b?c=d#e awful", "look http awful"},
      {"look https://shop.example/a/b?c=d#e awful", "look https://t.example/x awful"},
      {"@a @b @c no idea (www.pump.example/x)", "@user @user @user no idea (http)"},
      {"RT @one: it leaks. @two!", "RT @user: it leaks. @user!"},
  };
  for (const auto& c : cases) {
    const Analysis open = of(c.open), masked = of(c.masked);
    EXPECT_EQ(open.sentiment.label, masked.sentiment.label) << c.open;
    EXPECT_EQ(open.sentiment.score, masked.sentiment.score) << c.open;
    EXPECT_EQ(open.emotion.scores, masked.emotion.scores) << c.open;
  }
}

TEST(FastTier, SaysEmotionTierAndModel) {
  const struct {
    const char* text;
    Emotion expected;
  } cases[] = {{"This makes me so angry, I am furious!", Emotion::anger},
               {"I am so happy, this is wonderful, love it!", Emotion::joy},
               {"I feel sad and lonely, I miss her, crying", Emotion::sadness},
               {"I am terrified, this scares me", Emotion::fear},
               {"The meeting is on Tuesday at the office.", Emotion::none}};
  for (const auto& c : cases) {
    const Analysis said = of(c.text);
    EXPECT_EQ(said.emotion.label, c.expected) << c.text << " " << name_of(said.emotion.label);
    EXPECT_EQ(said.tier, "fast");
    EXPECT_EQ(said.model.rfind("fast-", 0), 0u);
    EXPECT_TRUE(said.irony >= 0 && said.irony <= 1);
  }
  const Analysis listed = of("Wat een geweldige pomp, ik ben heel tevreden en blij!");
  EXPECT_EQ(listed.model, "lexicon");
  EXPECT_EQ(listed.emotion.label, Emotion::joy) << "by its words";
  EXPECT_FALSE(of("Wat een geweldige pomp, ze staat in de tuin en doet het goed").emotion.judged());
}

TEST(FastTier, JudgesTextsTooShortForALanguage) {
  EXPECT_EQ(of("love it").sentiment.label, Polarity::positive);
  EXPECT_EQ(of("worst ever").sentiment.label, Polarity::negative);
}

TEST(FastTier, ReasonsAddUpToTheScore) {
  Document document;
  document.text = "This is a terrible pump, it broke and I hate it!";
  float sum = 0;
  std::uint32_t last = 0;
  for (const Reason& reason :
       fast_analyzer().explain(document, fast_analyzer().analyze(document))) {
    EXPECT_LE(last, reason.span.begin);
    last = reason.span.begin;
    if (reason.rule.find("cue") == std::string::npos) sum += reason.weight;
  }
  EXPECT_LT(sum, -1);
}

TEST(FastTier, TimeIsLinear) {
  const auto seconds = [](std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += "The pump isn't good @kim #NotGood 😡 f*** ";
    Lexicon lexicon;
    FastScratch scratch;
    const auto begin = std::chrono::steady_clock::now();
    read_fast(text, lexicon, "en", scratch);
    EXPECT_GT(scratch.slots.size(), bytes / 2);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  seconds(1 << 18);
  EXPECT_LT(seconds(1 << 20), 2.0);
}

TEST(FastAnalysis, ALongTextIsWhatItsSentencesSay) {
  static const Analyzer analyzer = std::move(Analyzer::load()).value();
  Document document;
  document.lang = "en";
  document.text =
      "We flew to the coast in May with two small children. The crew were lovely to them from the "
      "first minute. Lunch was warm and really tasty. There was a delay of ten minutes at the "
      "gate. "
      "Our seats were comfortable and clean. The bags came out quickly. I would gladly fly with "
      "them again.";
  const Sentiment mood = analyzer.analyze(document).sentiment;
  EXPECT_EQ(mood.label, Polarity::positive) << mood.score;
  EXPECT_NEAR(mood.negative + mood.neutral + mood.positive, 1, 1e-4);
}

}  // namespace
}  // namespace plumbline
