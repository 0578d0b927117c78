#include "nlp/term_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/analyze.h"
#include "nlp/aspects.h"
#include "nlp/learn/random.h"

namespace plumbline {
namespace {

float some(std::uint64_t i) { return static_cast<float>(stirred(i) % 2001) / 1000 - 1; }

TermWeights some_term_weights() {
  TermWeights out;
  out.terms.resize(std::size_t{kTermRows} * kTermRow);
  for (std::size_t i = 0; i < out.terms.size(); ++i)
    out.terms[i] = i % kTermRow < kTermColumns ? some(i) : 0;
  out.moods.resize(std::size_t{kMoodRows} * kMoodColumns);
  for (std::size_t i = 0; i < out.moods.size(); ++i) out.moods[i] = some(i * 3 + 1);
  for (std::size_t i = 0; i < out.steps.size(); ++i) out.steps[i] = some(i + 77);
  for (std::size_t i = 0; i < out.sums.size(); ++i) out.sums[i] = some(i + 99);
  out.bias = {0.1F, 0.2F, -0.3F};
  out.border = 0.25F;
  return out;
}

TermModel model_of(const TermWeights& weights) {
  return std::move(TermModel::read(pack_term_model(weights), "here")).value();
}

// What a path of parts scores by the formula, with full weights; a path that may not be: very low.
double score_of(const TermWeights& weights, const TermUnits& units,
                const std::vector<std::size_t>& parts) {
  double sum = 0;
  for (std::size_t t = 0; t < parts.size(); ++t) {
    if (parts[t] == kOutside) sum -= static_cast<double>(weights.border);
    if (parts[t] == kTermInside && (t == 0 || parts[t - 1] == kOutside)) return -1e9;
    if (t > 0) sum += static_cast<double>(weights.steps[parts[t - 1] * kTermParts + parts[t]]);
    for (std::size_t from = 0; from < parts.size(); ++from) {
      if (from > t + kTermReach || t > from + kTermReach) continue;
      for (const std::uint32_t row : units.of(from))
        sum += static_cast<double>(
            weights.terms[row * kTermRow + (t + kTermReach - from) * kTermParts + parts[t]]);
    }
  }
  return sum;
}

TEST(TermModel, FindsTheBestOfAllPaths) {
  const TermWeights weights = some_term_weights();
  const TermModel model = model_of(weights);
  for (std::uint64_t trial = 0; trial < 60; ++trial) {
    TermUnits units;
    const std::size_t count = 1 + trial % 6;
    for (std::size_t t = 0; t < count; ++t) {
      for (std::uint64_t i = 0; i < 3; ++i)
        units.rows.push_back(
            static_cast<std::uint32_t>(stirred(trial * 100 + t * 10 + i) % kTermRows));
      units.ends.push_back(static_cast<std::uint32_t>(units.rows.size()));
    }
    std::vector<TokenRange> found;
    TermPath path;
    model.find(units, std::vector<char>(count, 1), path, found);
    std::vector<std::size_t> said(count, kOutside);
    for (const TokenRange& range : found)
      for (std::size_t t = range.first; t < range.last; ++t)
        said[t] = t == range.first ? kTermBegin : kTermInside;
    double best = -1e9;
    std::size_t all = 1;
    for (std::size_t t = 0; t < count; ++t) all *= kTermParts;
    for (std::size_t code = 0; code < all; ++code) {
      std::vector<std::size_t> parts;
      for (std::size_t rest = code, t = 0; t < count; ++t, rest /= kTermParts)
        parts.push_back(rest % kTermParts);
      best = std::max(best, score_of(weights, units, parts));
    }
    // Bytes for weights: each of the 15 that meet in a token is off by half a step at most.
    EXPECT_NEAR(score_of(weights, units, said), best, 0.5) << trial;
  }
}

TEST(TermModel, LeavesOutWhatMayHoldNoTerm) {
  TermWeights weights = some_term_weights();
  weights.border = 50;  // all would be terms
  const TermModel model = model_of(weights);
  TermUnits units;
  for (std::uint32_t t = 0; t < 5; ++t) {
    units.rows.push_back(t * 7);
    units.ends.push_back(t + 1);
  }
  std::vector<TokenRange> found;
  TermPath path;
  model.find(units, {1, 1, 0, 1, 1}, path, found);
  ASSERT_FALSE(found.empty());
  for (const TokenRange& range : found) EXPECT_TRUE(range.last <= 2 || range.first >= 3);
  found.clear();
  model.find({}, {}, path, found);
  EXPECT_TRUE(found.empty());
}

TEST(TermModel, SumsTheMood) {
  const TermWeights weights = some_term_weights();
  const TermModel model = model_of(weights);
  MoodSums sums{};
  sums[0] = 2;
  sums[25] = -1;
  const Sentiment mood = model.mood({}, sums);
  std::array<double, 3> z{};
  double all = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    z[c] = std::exp(static_cast<double>(weights.bias[c] + 2 * weights.sums[c] -
                                        weights.sums[25 * kMoodColumns + c]));
    all += z[c];
  }
  EXPECT_NEAR(static_cast<double>(mood.negative), z[0] / all, 1e-4);
  EXPECT_NEAR(static_cast<double>(mood.positive), z[2] / all, 1e-4);
}

TEST(TermModel, RefusesBrokenFiles) {
  const std::string good = pack_term_model(some_term_weights());
  std::string flipped = good, resealed = good;
  flipped[good.size() / 2] = static_cast<char>(flipped[good.size() / 2] ^ 1);
  resealed[8] = 1;  // the number of rows
  const std::uint64_t sum = hash64(std::string_view(resealed).substr(0, resealed.size() - 8));
  for (std::size_t i = 0; i < 8; ++i)
    resealed[resealed.size() - 8 + i] = static_cast<char>(sum >> (8 * i) & 0xFF);
  const struct {
    std::string bytes;
    const char* why;
  } kCases[] = {
      {"", "does not begin"},          {"PLBFAST1 and so on", "does not begin"},
      {"PLBTERM1", "cut off"},         {good.substr(0, good.size() - 1), "cut off or damaged"},
      {flipped, "cut off or damaged"}, {resealed, "this version counts"}};
  for (const auto& [bytes, why] : kCases) {
    const auto read = TermModel::read(bytes, "here");
    ASSERT_FALSE(read.has_value()) << why;
    EXPECT_NE(read.error().message.find(why), std::string::npos) << read.error().message;
  }
}

std::string names(const std::vector<AspectFinding>& aspects) {
  std::string out;
  for (const AspectFinding& each : aspects)
    out += each.aspect + "=" + std::string(name_of(each.label)) + ";";
  return out;
}

TEST(Aspects, JoinTermsToFixedNames) {
  const std::string text = "The Crust was fine, delivery took ages";
  const std::vector<FoundTerm> terms = {{{4, 9}, sentiment_from(0, 0, 1)},
                                        {{20, 28}, sentiment_from(1, 0, 0)}};
  std::vector<AspectFinding> aspects = {{"delivery", Polarity::neutral, {20, 28}}};
  add_terms(text, terms, aspects);
  EXPECT_EQ(names(aspects), "crust=positive;delivery=negative;");
  drop_terms(aspects);
  EXPECT_EQ(names(aspects), "delivery=negative;");
}

TEST(Aspects, HaveNoLooseEnds) {
  const struct {
    std::string_view text, term, name;
  } kCases[] = {{"Their bunks on the left", "bunks on the", "bunks=neutral;"},
                {"a glass of wine", "glass of", "glass=neutral;"},
                {"Fruit AND nuts", "Fruit AND", "fruit=neutral;"},
                {"a glass of wine", "glass of wine", "glass of wine=neutral;"},
                {"the check in was slow", "check in", "check in=neutral;"},
                {"of water", "of water", "water=neutral;"},
                {"stuck in", "in", ""},
                {"a band", "band", "band=neutral;"},
                {"of the", "of the", ""}};
  for (const auto& [text, term, name] : kCases) {
    const auto begin = static_cast<std::uint32_t>(text.find(term));
    const FoundTerm found{{begin, begin + static_cast<std::uint32_t>(term.size())}, {}};
    std::vector<AspectFinding> aspects;
    add_terms(text, {&found, 1}, aspects);
    EXPECT_EQ(names(aspects), name) << text;
  }
}

std::string said_of(const Analyzer& analyzer, const std::string& text, const std::string& lang) {
  Document document;
  document.text = text;
  document.lang = lang;
  const Analysis analysis = analyzer.analyze(document);
  for (const AspectFinding& each : analysis.aspects)
    EXPECT_TRUE(each.span.begin < each.span.end && each.span.end <= text.size()) << text;
  return names(analysis.aspects);
}

TEST(Aspects, AreFoundByTheFastTier) {
  const auto analyzer = Analyzer::load();
  ASSERT_TRUE(analyzer.has_value()) << describe(analyzer.error());
  const struct {
    const char *text, *lang, *aspects;
  } kCases[] = {
      {"The pizza was wonderful but the waiter was rude.", "en",
       "pizza=positive;waiter=negative;people=negative;"},
      {"The keyboard is great.", "en", "keyboard=positive;"},
      {"@pizza http://menu.example/pizza", "en", ""},
      {"I love you", "en", ""},
      {"", "en", ""},
      {"!!! ...", "en", ""},
      {"Die Pizza war wunderbar.", "de", "pizza=positive;"},
  };
  for (const auto& [text, lang, aspects] : kCases)
    EXPECT_EQ(said_of(*analyzer, text, lang), aspects) << text;
}

}  // namespace
}  // namespace plumbline
