#include "store/findings.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline {
namespace {

Analysis some_analysis() {
  Analysis out;
  out.version = "fast-2-00000000";
  out.lang = "en";
  out.sentiment = {Polarity::positive, 0.5F, 0.1F, 0.3F, 0.6F};
  out.aspects = {{"price", Polarity::negative, {3, 8}}};
  return out;
}

TEST(Findings, KeepTierAndEmotion) {
  Analysis analysis = some_analysis();
  analysis.tier = "fast";
  analysis.model = "fast-12345678";
  analysis.irony = 0.25F;
  analysis.emotion.label = Emotion::joy;
  analysis.emotion.scores = {0.1F, 0.5F, 0.1F, 0.1F, 0.05F, 0.05F, 0.05F, 0.05F};
  std::string bytes;
  pack_findings(analysis, bytes);
  Analysis back;
  unpack_findings(bytes, back);
  EXPECT_EQ(back.tier, "fast");
  EXPECT_EQ(back.model, "fast-12345678");
  EXPECT_EQ(back.irony, 0.25F);
  EXPECT_EQ(back.emotion.label, Emotion::joy);
  EXPECT_EQ(back.emotion.scores, analysis.emotion.scores);
  ASSERT_EQ(back.aspects.size(), 1u);
  EXPECT_EQ(back.aspects[0].aspect, "price");
  // Cut anywhere, what could be read stays and nothing breaks.
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    Analysis part;
    unpack_findings(std::string_view(bytes).substr(0, length), part);
    EXPECT_LE(part.aspects.size(), 1u);
    EXPECT_FALSE(part.emotion.judged());
  }
}

TEST(Findings, ReadRowsFromBeforeTiers) {
  const Analysis analysis = some_analysis();  // no tier: packed as it was before there were tiers
  std::string bytes;
  pack_findings(analysis, bytes);
  Analysis back;
  unpack_findings(bytes, back);
  EXPECT_EQ(back.lang, "en");
  EXPECT_EQ(back.sentiment.positive, 0.6F);
  EXPECT_EQ(back.aspects.size(), 1u);
  EXPECT_TRUE(back.tier.empty());
  EXPECT_FALSE(back.emotion.judged());
}

}  // namespace
}  // namespace plumbline
