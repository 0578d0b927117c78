// A shift learned from own labels: found where there is one, refused where there is none, and the
// same in the file as it was learned.
#include "nlp/learn/own_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/embedded.h"

namespace plumbline {
namespace {

enum class World { shifted, right, noise };

// Texts of some thirty features each. "shifted": the model takes nearly all for neutral, and
// feature 5 tells negative; "right": the model is right but for chance; "noise": labels are dice.
std::vector<OwnText> texts_of(World world, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<OwnText> out;
  for (std::size_t i = 0; i < count; ++i) {
    OwnText text;
    text.group = i;
    text.label = random() % 3;
    for (int f = 0; f < 30; ++f)
      text.slots.push_back(static_cast<std::uint32_t>(100 + random() % 5000));
    const bool noise = random() % 5 == 0;
    text.scores[noise ? random() % 3 : text.label] = 1;
    if (world == World::shifted) {
      text.scores[1] += 1.2F;
      if (text.label == 0) text.slots[0] = 5;
    }
    if (world == World::noise) text.label = random() % 3;
    out.push_back(text);
  }
  return out;
}

TEST(OwnModel, FindsAShiftThatIsThere) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto texts = texts_of(World::shifted, 200, seed);
    const OwnComparison c = compare_own(texts, {});
    EXPECT_TRUE(c.better) << seed;
    EXPECT_GT(c.gain, 0.02) << seed;
    EXPECT_GE(c.hi, c.gain);
    EXPECT_LE(c.lo, c.gain);
    EXPECT_EQ(c.unseen.size(), texts.size());
    EXPECT_LT(learn_own(texts, {}).bias[1], -0.1F) << seed;
  }
}

TEST(OwnModel, DoesNotTrustLabelsThatFitNothing) {
  for (const std::uint64_t seed : {1U, 2U, 3U})
    EXPECT_FALSE(compare_own(texts_of(World::noise, 200, seed), {}).better) << seed;
}

TEST(OwnModel, ChangesLittleWhereTheModelIsRight) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const OwnComparison c = compare_own(texts_of(World::right, 200, seed), {});
    EXPECT_GT(c.own_macro_recall, c.macro_recall - 0.04) << seed;
  }
}

// A model that hears little of two rare sides in texts of which nine in ten are neutral: sides that
// weigh alike raise their recall, and cost more neutral ones than there are of the others.
TEST(OwnModel, IsRefusedWhereAccuracyFalls) {
  std::vector<OwnText> texts;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const std::size_t label = i % 20 == 0 ? 0 : i % 20 == 10 ? 2 : 1;
    // Half of the rare ones and a sixth of the neutral ones have words in common.
    const bool loud = label == 1 ? i % 6 == 0 : i % 40 < 20;
    const float lean = loud ? 0.6F : 0;
    std::array<float, 3> scores = {-1, 1, -1};
    scores[i % 40 == 0 || i % 12 < 6 ? 0 : 2] += lean;
    if (loud) scores[1] -= 0.6F;
    texts.push_back({{7U + (loud ? 1U : 0U), 100U + i}, scores, label, i});
  }
  const OwnComparison c = compare_own(texts, {});
  EXPECT_GT(c.gain, 0);
  EXPECT_LT(c.own_accuracy, c.accuracy - kMostAccuracyLost);
  EXPECT_FALSE(c.better);
  EXPECT_NEAR(c.macro_recall, (c.recall[0] + c.recall[1] + c.recall[2]) / 3, 1e-9);
  EXPECT_LT(c.own_recall[1], c.recall[1]);
}

TEST(OwnModel, SameTextsSameOutcome) {
  const auto texts = texts_of(World::shifted, 80, 4);
  const OwnComparison a = compare_own(texts, {}), b = compare_own(texts, {});
  EXPECT_EQ(a.gain, b.gain);
  EXPECT_EQ(a.unseen, b.unseen);
  const FastShift x = learn_own(texts, {}), y = learn_own(texts, {});
  EXPECT_EQ(x.bias, y.bias);
  EXPECT_EQ(x.features.size(), y.features.size());
}

TEST(OwnModel, StopsWhenAsked) {
  const auto texts = texts_of(World::shifted, 60, 4);
  int asked = 0;
  const OwnComparison c = compare_own(texts, {}, [&](double) { return ++asked < 3; });
  EXPECT_EQ(asked, 3);
  EXPECT_TRUE(c.unseen.empty());
  EXPECT_FALSE(c.better);
}

TEST(OwnModel, CopiesOfOneTextDoNotTeachThemselves) {
  // Each text twice with a label that only its own features tell: seen copies would look learned.
  auto texts = texts_of(World::noise, 100, 5);
  const std::size_t half = texts.size();
  for (std::size_t i = 0; i < half; ++i) texts.push_back(texts[i]);
  EXPECT_LT(compare_own(texts, {}).own_macro_recall, 0.5);
}

TEST(OwnModel, TheFileAddsWhatWasLearned) {
  const std::string_view bytes = embedded("models/fast.bin");
  const FastModel base = *FastModel::read(bytes, "base");
  FastShift shift;
  shift.bias = {0.5F, -0.25F, 0.1F};
  shift.mix = {{{0.2F, 0, -0.1F}, {0, -0.3F, 0}, {0.1F, 0, 0.4F}}};
  shift.features = {{17, {0.3F, -0.2F, 0.1F}}, {4711, {-0.4F, 0, 0.4F}}};
  const auto file = shift_fast_model(bytes, shift);
  ASSERT_TRUE(file) << describe(file.error());
  const auto own = FastModel::read(*file, "own");
  ASSERT_TRUE(own) << describe(own.error());
  EXPECT_TRUE(own->is_own());
  EXPECT_EQ(own->name().rfind("own-", 0), 0u);
  const std::vector<std::uint32_t> slots = {17, 17, 4711, 99, 12345, 200000, 3, 77, 1024};
  for (const std::string lang : {"en", "de", "xx"}) {
    const auto z = base.scores(slots, lang), s = own->scores(slots, lang);
    const float mean = (z[0] + z[1] + z[2]) / 3;
    for (std::size_t c = 0; c < 3; ++c) {
      float expected = z[c] + shift.bias[c];
      for (std::size_t d = 0; d < 3; ++d) expected += shift.mix[c][d] * (z[d] - mean);
      expected += (2 * shift.features[0].add[c] + shift.features[1].add[c]) / 3;
      EXPECT_NEAR(s[c], expected, 0.02F) << lang << c;
      EXPECT_NEAR(own->own_shift(slots, lang)[c], s[c] - z[c], 1e-4F) << lang << c;
      EXPECT_EQ(base.own_shift(slots, lang)[c], 0);
    }
    // Emotion and irony stay as they are.
    EXPECT_EQ(base.answer(slots, lang).irony, own->answer(slots, lang).irony);
    EXPECT_EQ(base.answer(slots, lang).emotion.scores, own->answer(slots, lang).emotion.scores);
  }
}

TEST(OwnModel, ExplanationsKnowOfTheShift) {
  const std::string_view bytes = embedded("models/fast.bin");
  FastShift shift;
  shift.features = {{4711, {-0.4F, 0, 0.4F}}};
  const auto own = FastModel::read(*shift_fast_model(bytes, shift), "own");
  ASSERT_TRUE(own);
  EXPECT_NEAR(own->pull(4711, 1) - FastModel::read(bytes, "base")->pull(4711, 1), 0.8F, 0.01F);
}

TEST(OwnModel, ABrokenOrShiftedBaseIsRefused) {
  const auto broken = shift_fast_model("PLBFAST1", {});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::parse);
  const auto once = shift_fast_model(embedded("models/fast.bin"), {});
  ASSERT_TRUE(once);
  const auto twice = shift_fast_model(*once, {});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, ErrorCode::invalid);
  std::string cut = *once;
  cut.resize(cut.size() - 1);
  EXPECT_FALSE(FastModel::read(cut, "cut"));
}

}  // namespace
}  // namespace plumbline
