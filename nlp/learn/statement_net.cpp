#include "nlp/learn/statement_net.h"

#include <algorithm>
#include <cmath>

#include "nlp/learn/random.h"

namespace plumbline {
namespace {

constexpr std::size_t kWidth = kStatementWidth;
constexpr unsigned kKindBits = (1U << kStatementKinds) - 1;
constexpr float kFirstRow = 0.1F;  // how large the numbers of the table begin
constexpr float kFirstBeta = 0.9F, kSecondBeta = 0.999F, kSmall = 1e-8F;
constexpr double kWarmUp = 0.1;
constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

// From -1 to 1, even.
float drawn(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  return static_cast<float>(stirred(state) >> 40U) / 8388608.0F - 1.0F;
}

std::array<StatementLayer, 4> no_slopes() {
  const StatementWeights none;
  return {StatementLayer(none.near.inner, kWidth), StatementLayer(none.whole.inner, kWidth),
          StatementLayer(none.deep.inner, kWidth), StatementLayer(none.out.inner, none.out.columns)};
}

// What comes back through a layer: adds to its slopes and, where `back` is one, to those of x.
void layer_back(NumberRows x, const StatementLayer& layer, const float* slope,
                StatementLayer& layer_slope, float* back) {
  for (std::size_t row = 0; row < x.count; ++row, slope += layer.columns) {
    for (std::size_t c = 0; c < layer.columns; ++c) layer_slope.bias[c] += slope[c];
    for (std::size_t k = 0; k < layer.inner; ++k) {
      const float value = x.at[row * x.apart + k];
      const float* const w = layer.weights.data() + k * layer.columns;
      float* const w_slope = layer_slope.weights.data() + k * layer.columns;
      float sum = 0;
      for (std::size_t c = 0; c < layer.columns; ++c) {
        w_slope[c] += value * slope[c];
        sum += w[c] * slope[c];
      }
      if (back != nullptr) back[row * x.apart + k] += sum;
    }
  }
}

}  // namespace

StatementNet::StatementNet(const StatementTraining& training, std::size_t steps)
    : training_(training), steps_(std::max<std::size_t>(steps, 1)), slopes_(no_slopes()) {
  random_ = stirred(training.seed);
  weights.rows.resize(std::size_t{kStatementRows} * kWidth);
  for (float& value : weights.rows) value = kFirstRow * 1.7F * drawn(random_);
  StatementLayer* const all[] = {&weights.near, &weights.whole, &weights.deep, &weights.out};
  for (std::size_t i = 0; i < 4; ++i) {
    const float size = 1 / std::sqrt(static_cast<float>(all[i]->inner));
    for (float& value : all[i]->weights) value = size * drawn(random_);
    layers_[i][0] = {std::vector<float>(all[i]->weights.size()),
                     std::vector<float>(all[i]->weights.size())};
    layers_[i][1] = {std::vector<float>(all[i]->bias.size()),
                     std::vector<float>(all[i]->bias.size())};
  }
  table_ = {std::vector<float>(weights.rows.size()), std::vector<float>(weights.rows.size())};
  place_of_.assign(kStatementRows, kNowhere);
}

float* StatementNet::slope_of_row(std::uint32_t row) {
  if (place_of_[row] == kNowhere) {
    place_of_[row] = static_cast<std::uint32_t>(touched_.size());
    touched_.push_back(row);
    row_slopes_.resize(touched_.size() * kWidth, 0.0F);
  }
  return row_slopes_.data() + std::size_t{place_of_[row]} * kWidth;
}

struct StatementNet::Pass {
  std::size_t count;
  std::vector<float> words, near, seen, deep_bias, deep, sum, z;  // forward
  std::vector<float> word_mask, sum_mask;
  std::vector<std::size_t> largest;

  explicit Pass(std::size_t words_count)
      : count(words_count),
        words((count + 2 * kNearReach) * kWidth),
        near((count + 2 * kDeepReach) * kWidth),
        seen(kStatementWhole),
        deep_bias(kWidth),
        deep(count * kWidth),
        sum(count * kWidth),
        z(count * kStatementMarks),
        word_mask(count * kWidth, 1.0F),
        sum_mask(count * kWidth, 1.0F),
        largest(kWidth) {}

  float* inner_words() { return words.data() + kNearReach * kWidth; }
  float* inner_near() { return near.data() + kDeepReach * kWidth; }

  void forward(const StatementWeights& w, const StatementExample& example) {
    const Kernels& run = kernels();
    for (std::size_t t = 0; t < count; ++t)
      for (const std::uint32_t row : example.tokens[t].used())
        for (std::size_t i = 0; i < kWidth; ++i)
          inner_words()[t * kWidth + i] += w.rows[std::size_t{row} * kWidth + i];
    for (std::size_t i = 0; i < count * kWidth; ++i) inner_words()[i] *= word_mask[i];
    run.dense({words.data(), kWidth, count}, w.near.view(true), {inner_near(), kWidth});
    for (std::size_t i = 0; i < kWidth; ++i)
      for (std::size_t t = 0; t < count; ++t) {
        const float value = inner_near()[t * kWidth + i];
        if (value > inner_near()[largest[i] * kWidth + i]) largest[i] = t;
        seen[kWidth + i] += value / static_cast<float>(count);
      }
    for (std::size_t i = 0; i < kWidth; ++i) seen[i] = inner_near()[largest[i] * kWidth + i];
    seen[2 * kWidth] = example.negative;
    seen[2 * kWidth + 1] = example.positive;
    DenseLayer whole = w.whole.view(false), bent = w.deep.view(true);
    whole.bias = bent.bias;
    run.dense({seen.data(), kStatementWhole, 1}, whole, {deep_bias.data(), kWidth});
    bent.bias = deep_bias.data();
    run.dense({near.data(), kWidth, count}, bent, {deep.data(), kWidth});
    for (std::size_t i = 0; i < count * kWidth; ++i)
      sum[i] = (deep[i] + inner_near()[i]) * sum_mask[i];
    run.dense({sum.data(), kWidth, count}, w.out.view(false), {z.data(), kStatementMarks});
  }

  // The loss; z becomes its slopes.
  double compare(const StatementExample& example, float weight) {
    double loss = 0;
    for (std::size_t t = 0; t < count; ++t) {
      const unsigned marks = example.marks[t];
      for (std::size_t c = 0; c < kStatementMarks; ++c) {
        float& at = z[t * kStatementMarks + c];
        const bool asked = c < kStatementKinds || c == unreal_mark || (marks & kKindBits) != 0;
        const float wanted = (marks >> c & 1U) != 0 ? 1.0F : 0.0F;
        const float share = 1 / (1 + std::exp(-at));
        if (asked)
          loss -= static_cast<double>(
              weight * std::log(std::max(wanted > 0 ? share : 1 - share, 1e-9F)));
        at = asked ? weight * (share - wanted) : 0.0F;
      }
    }
    return loss;
  }

  // Slopes of the words, padded as they are.
  std::vector<float> backward(const StatementWeights& w, std::array<StatementLayer, 4>& slopes) {
    std::vector<float> sum_slope(count * kWidth), near_slope(near.size()),
        seen_slope(kStatementWhole), word_slope(words.size());
    layer_back({sum.data(), kWidth, count}, w.out, z.data(), slopes[3], sum_slope.data());
    float* const inner = near_slope.data() + kDeepReach * kWidth;
    std::vector<float> deep_slope(count * kWidth), bias_slope(kWidth);
    for (std::size_t i = 0; i < count * kWidth; ++i) {
      inner[i] += sum_slope[i] *= sum_mask[i];
      deep_slope[i] = deep[i] > 0 ? sum_slope[i] : 0.0F;
      bias_slope[i % kWidth] += deep_slope[i];
    }
    layer_back({near.data(), kWidth, count}, w.deep, deep_slope.data(), slopes[2],
               near_slope.data());
    layer_back({seen.data(), kStatementWhole, 1}, w.whole, bias_slope.data(), slopes[1],
               seen_slope.data());
    for (std::size_t i = 0; i < kWidth; ++i) {
      inner[largest[i] * kWidth + i] += seen_slope[i];
      for (std::size_t t = 0; t < count; ++t)
        inner[t * kWidth + i] += seen_slope[kWidth + i] / static_cast<float>(count);
    }
    for (std::size_t i = 0; i < count * kWidth; ++i)
      if (inner_near()[i] <= 0) inner[i] = 0;
    layer_back({words.data(), kWidth, count}, w.near, inner, slopes[0], word_slope.data());
    return word_slope;
  }
};

// Adds the slopes of one sentence.
double StatementNet::pass(const StatementExample& example, float dropout) {
  Pass one(example.tokens.size());
  if (dropout > 0)
    for (std::vector<float>* mask : {&one.word_mask, &one.sum_mask})
      for (float& each : *mask)
        each = (drawn(random_) + 1) / 2 < dropout ? 0.0F : 1 / (1 - dropout);
  one.forward(weights, example);
  const double loss = one.compare(example, example.taught ? training_.taught : 1.0F);
  const std::vector<float> words = one.backward(weights, slopes_);
  for (std::size_t t = 0; t < one.count; ++t)
    for (const std::uint32_t row : example.tokens[t].used()) {
      float* const slope = slope_of_row(row);
      for (std::size_t i = 0; i < kWidth; ++i)
        slope[i] += words[(t + kNearReach) * kWidth + i] * one.word_mask[t * kWidth + i];
    }
  return loss;
}

// Adam; `at` is where the moments of the values begin. Clears the slopes.
void StatementNet::move(float* values, float* slopes, Moments& moments, std::size_t at,
                        std::size_t count) {
  const double all = static_cast<double>(steps_), done = static_cast<double>(done_);
  const double climb = std::min(1.0, (done + 1) / (all * kWarmUp + 1e-9));
  const double fall = (all - done) / all;
  const double turn = done + 1;
  const auto rate = static_cast<float>(
      static_cast<double>(training_.rate) * climb * fall *
      std::sqrt(1 - std::pow(static_cast<double>(kSecondBeta), turn)) /
      (1 - std::pow(static_cast<double>(kFirstBeta), turn)));
  for (std::size_t i = 0; i < count; ++i) {
    float& mean = moments.mean[at + i];
    float& square = moments.square[at + i];
    mean = kFirstBeta * mean + (1 - kFirstBeta) * slopes[i];
    square = kSecondBeta * square + (1 - kSecondBeta) * slopes[i] * slopes[i];
    values[i] -= rate * mean / (std::sqrt(square) + kSmall);
    slopes[i] = 0;
  }
}

double StatementNet::learn(std::span<const StatementExample* const> batch) {
  double loss = 0;
  std::size_t words = 0;
  for (const StatementExample* each : batch) {
    if (each->tokens.empty()) continue;
    loss += pass(*each, training_.dropout);
    words += each->tokens.size();
  }
  if (words == 0) return 0;
  const float part = 1 / static_cast<float>(words);
  StatementLayer* const all[] = {&weights.near, &weights.whole, &weights.deep, &weights.out};
  for (std::size_t i = 0; i < 4; ++i) {
    StatementLayer& slope = slopes_[i];
    for (std::vector<float>* each : {&slope.weights, &slope.bias})
      for (float& value : *each) value *= part;
    move(all[i]->weights.data(), slope.weights.data(), layers_[i][0], 0, slope.weights.size());
    if (i == 1) std::ranges::fill(slope.bias, 0.0F);  // deep has the bias
    move(all[i]->bias.data(), slope.bias.data(), layers_[i][1], 0, slope.bias.size());
  }
  for (float& value : row_slopes_) value *= part;
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    const std::size_t at = std::size_t{touched_[i]} * kWidth;
    move(weights.rows.data() + at, row_slopes_.data() + i * kWidth, table_, at, kWidth);
    place_of_[touched_[i]] = kNowhere;
  }
  touched_.clear();
  row_slopes_.clear();
  ++done_;
  return loss * static_cast<double>(part);
}

double StatementNet::loss(const StatementExample& example) {
  Pass one(example.tokens.size());
  one.forward(weights, example);
  return one.compare(example, example.taught ? training_.taught : 1.0F);
}

std::array<StatementLayer, 4> StatementNet::slopes_of(const StatementExample& example) {
  StatementNet other = *this;
  other.slopes_ = no_slopes();
  other.pass(example, 0);
  return other.slopes_;
}

}  // namespace plumbline
