#include "nlp/learn/full_net.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "nlp/learn/random.h"

namespace plumbline {
namespace {

constexpr float kSmoothing = 0.05F;  // of what is said, given to all classes alike
constexpr float kEmotionShare = 0.5F, kTermShare = 1.0F, kStatementShare = 2.0F;
constexpr std::size_t kMostClasses = 8;

// Two throws of the same seed give the same numbers, about normal with deviation 1 (the sum of
// twelve even ones, less six).
float normal(std::uint64_t seed) {
  float out = -6;
  for (std::uint64_t i = 0; i < 12; ++i)
    out += static_cast<float>(stirred(seed * 12 + i) >> 40U) / 16777216.0F;
  return out;
}

}  // namespace

FullNet::Head FullNet::add_head(const std::string& name, std::size_t classes, std::size_t inner) {
  Head head{0, 0, classes, inner};
  head.weight = parameters.add("head." + name, {classes, inner});
  head.bias = parameters.add("head." + name + ".bias", {classes});
  return head;
}

FullNet::FullNet(EncoderShape shape) : encoder_(shape, parameters) {
  sentiment_ = add_head("sentiment", 3, 2 * shape.width);
  emotion_ = add_head("emotion", kEmotionCount, 2 * shape.width);
  irony_ = add_head("irony", 2, 2 * shape.width);
  term_ = add_head("term", 3, shape.width);
  aspect_ = add_head("aspect", 3, 3 * shape.width);
  statement_ = add_head("statement", kStatementMarks, shape.width);
}

Status FullNet::begin(const TensorFile& base, std::uint64_t seed) {
  PLUMBLINE_CHECK(encoder_.take(base, parameters));
  for (const Head& head : {sentiment_, emotion_, irony_, term_, aspect_, statement_}) {
    if (base.find(parameters.all[head.weight].name) != nullptr) {
      PLUMBLINE_CHECK(parameters.take(head.weight, base));
      PLUMBLINE_CHECK(parameters.take(head.bias, base));
      continue;
    }
    float* const weights = parameters.of(head.weight);
    for (std::size_t i = 0; i < parameters.all[head.weight].count; ++i)
      weights[i] = 0.02F * normal(stirred(seed) + parameters.all[head.weight].begin + i);
  }
  return {};
}

// The heads over one text: what goes in, what is lost, what comes back.
struct FullNet::Lesson {
  const FullNet& net;
  const FullExample& example;
  const float* rows;  // of the text's pieces
  float* row_slopes;
  std::vector<float>& slopes;
  float share;  // of the batch
  std::uint64_t seed;
  float dropout;
  double loss = 0;
  std::vector<float> whole, whole_slope;  // first row, mean row; what comes back to them
  std::vector<float> given, given_slope;
  std::vector<std::uint8_t> kept;

  std::size_t width() const { return net.shape().width; }
  std::size_t count() const { return example.pieces.size(); }

  // One head over `given`, part of which is dropped: the cross entropy with `target` among the
  // classes asked for, times `weight`. `given_slope` gets what comes back.
  void ask(const Head& head, const float* target, unsigned asked, float weight) {
    const float grown = drop();
    std::array<float, kMostClasses> said{};
    float top = -1e30F;
    for (std::size_t c = 0; c < head.classes; ++c) {
      if ((asked >> c & 1U) == 0) continue;
      const float* const w = net.parameters.of(head.weight) + c * head.inner;
      float score = net.parameters.of(head.bias)[c];
      for (std::size_t i = 0; i < head.inner; ++i) score += w[i] * given[i];
      said[c] = score;
      top = std::max(top, score);
    }
    float sum = 0;
    for (std::size_t c = 0; c < head.classes; ++c)
      if ((asked >> c & 1U) != 0) sum += std::exp(said[c] - top);
    const auto asked_count = static_cast<float>(__builtin_popcount(asked));
    given_slope.assign(head.inner, 0.0F);
    for (std::size_t c = 0; c < head.classes; ++c) {
      if ((asked >> c & 1U) == 0) continue;
      const float wanted = target[c] * (1 - kSmoothing) + kSmoothing / asked_count;
      const float log_share = said[c] - top - std::log(sum);
      loss -= static_cast<double>(weight * share * wanted * log_share);
      teach(head, c, weight * share * (std::exp(log_share) - wanted));
    }
    for (std::size_t i = 0; i < head.inner; ++i)
      given_slope[i] = kept.empty() || kept[i] != 0 ? given_slope[i] * grown : 0.0F;
  }

  void teach(const Head& head, std::size_t c, float slope) {
    const float* const w = net.parameters.of(head.weight) + c * head.inner;
    float* const w_slope = slopes.data() + net.parameters.all[head.weight].begin + c * head.inner;
    slopes[net.parameters.all[head.bias].begin + c] += slope;
    for (std::size_t i = 0; i < head.inner; ++i) {
      w_slope[i] += slope * given[i];
      given_slope[i] += slope * w[i];
    }
  }

  // Drops numbers of `given`; returns what the kept ones grew by.
  float drop() {
    kept.clear();
    if (dropout <= 0) return 1;
    kept.resize(given.size());
    const float grown = 1 / (1 - dropout);
    seed = stirred(seed);
    for (std::size_t i = 0; i < given.size(); ++i) {
      kept[i] = static_cast<float>(stirred(seed + i) >> 40U) / 16777216.0F >= dropout ? 1 : 0;
      given[i] = kept[i] != 0 ? given[i] * grown : 0.0F;
    }
    return grown;
  }

  void add_to_row(std::size_t row, const float* slope, float factor) {
    for (std::size_t i = 0; i < width(); ++i) row_slopes[row * width() + i] += slope[i] * factor;
  }

  void about_whole(const Head& head, const float* target, unsigned asked, float weight) {
    if (weight <= 0) return;
    given = whole;
    ask(head, target, asked, weight);
    for (std::size_t i = 0; i < given_slope.size(); ++i) whole_slope[i] += given_slope[i];
  }

  void about_terms() {
    std::vector<std::uint8_t> labels(count(), 0);
    for (const TermLabel& term : example.terms)
      for (std::size_t i = term.first; i < term.last; ++i) labels[i] = i == term.first ? 1 : 2;
    const float weight = kTermShare / static_cast<float>(count());
    for (std::size_t row = 0; row < count(); ++row) {
      std::array<float, 3> target{};
      target[labels[row]] = 1;
      given.assign(rows + row * width(), rows + (row + 1) * width());
      ask(net.term_, target.data(), 7, weight * 3);
      add_to_row(row, given_slope.data(), 1);
    }
    for (const TermLabel& term : example.terms) about_aspect(term);
  }

  void about_aspect(const TermLabel& term) {
    const float part = 1 / static_cast<float>(term.last - term.first);
    given.assign(width(), 0.0F);
    for (std::size_t row = term.first; row < term.last; ++row)
      for (std::size_t i = 0; i < width(); ++i) given[i] += rows[row * width() + i] * part;
    given.insert(given.end(), whole.begin(), whole.end());
    std::array<float, 3> target{};
    target[term.mood] = 1;
    ask(net.aspect_, target.data(), 7, kTermShare);
    for (std::size_t row = term.first; row < term.last; ++row)
      add_to_row(row, given_slope.data(), part);
    for (std::size_t i = 0; i < whole_slope.size(); ++i) whole_slope[i] += given_slope[width() + i];
  }

  // Each mark by itself, yes or no; whose and when only where a statement is.
  void about_statements() {
    constexpr auto kinds = (1U << kStatementKinds) - 1;
    const Head& head = net.statement_;
    const float weight = kStatementShare * share / static_cast<float>(count());
    for (std::size_t row = 0; row < count(); ++row) {
      const unsigned marks = example.statements[row];
      given.assign(rows + row * width(), rows + (row + 1) * width());
      const float grown = drop();
      given_slope.assign(head.inner, 0.0F);
      for (std::size_t c = 0; c < head.classes; ++c) {
        if (c >= kStatementKinds && c != unreal_mark && (marks & kinds) == 0) continue;
        const float* const w = net.parameters.of(head.weight) + c * head.inner;
        float score = net.parameters.of(head.bias)[c];
        for (std::size_t i = 0; i < head.inner; ++i) score += w[i] * given[i];
        const float wanted = (marks >> c & 1U) != 0 ? 1.0F : 0.0F;
        const float said = 1 / (1 + std::exp(-score));
        loss -=
            static_cast<double>(weight * std::log(std::max(wanted > 0 ? said : 1 - said, 1e-9F)));
        teach(head, c, weight * (said - wanted));
      }
      for (std::size_t i = 0; i < head.inner; ++i)
        given_slope[i] = kept.empty() || kept[i] != 0 ? given_slope[i] * grown : 0.0F;
      add_to_row(row, given_slope.data(), 1);
    }
  }

  void run() {
    const float part = 1 / static_cast<float>(count());
    whole.assign(rows, rows + width());
    whole.resize(2 * width());
    for (std::size_t row = 0; row < count(); ++row)
      for (std::size_t i = 0; i < width(); ++i)
        whole[width() + i] += rows[row * width() + i] * part;
    whole_slope.assign(2 * width(), 0.0F);
    about_whole(net.sentiment_, example.sentiment.data(), 7, example.sentiment_weight);
    about_whole(net.emotion_, example.emotion.data(), example.emotions_asked,
                example.emotion_weight * kEmotionShare);
    const std::array<float, 2> irony = {1 - example.irony, example.irony};
    about_whole(net.irony_, irony.data(), 3, example.irony_weight);
    if (example.has_terms) about_terms();
    if (!example.statements.empty()) about_statements();
    add_to_row(0, whole_slope.data(), 1);
    for (std::size_t row = 0; row < count(); ++row)
      add_to_row(row, whole_slope.data() + width(), part);
  }
};

double FullNet::learn(std::vector<const FullExample*> shard, std::size_t of, Dropout dropout,
                      EncoderTape& tape, std::vector<float>& slopes) const {
  tape.texts.clear();
  for (const FullExample* each : shard) tape.texts.push_back(each->pieces);
  encoder_.forward(parameters, dropout, tape);
  std::vector<float> slope(tape.output.size());
  double loss = 0;
  std::size_t row = 0;
  for (std::size_t i = 0; i < shard.size(); ++i) {
    Lesson lesson{*this,
                  *shard[i],
                  tape.output.data() + row * shape().width,
                  slope.data() + row * shape().width,
                  slopes,
                  1 / static_cast<float>(of),
                  stirred(dropout.seed ^ stirred(i)),
                  dropout.share,
                  0,
                  {},
                  {},
                  {},
                  {},
                  {}};
    lesson.run();
    loss += lesson.loss;
    row += shard[i]->pieces.size();
  }
  encoder_.backward(parameters, dropout, tape, slope, slopes);
  return loss;
}

std::string FullNet::model(std::string_view vocabulary,
                           const std::map<std::string, std::string, std::less<>>& metadata) const {
  std::vector<Tensor> tensors;
  std::vector<std::string> kept;
  kept.reserve(2 * parameters.all.size());
  const auto bytes_of = [&](const void* from, std::size_t size) -> std::string_view {
    return kept.emplace_back(static_cast<const char*>(from), size);
  };
  for (std::size_t number = 0; number < parameters.all.size(); ++number) {
    const Parameter& one = parameters.all[number];
    const float* const values = parameters.of(number);
    if (one.shape.size() < 2 || one.name == "position" || one.name.starts_with("head.")) {
      tensors.push_back(
          {one.name, TensorType::f32, one.shape, bytes_of(values, one.count * sizeof(float))});
      continue;
    }
    const std::size_t rows = one.shape[0], width = one.count / rows;
    std::vector<float> scales(rows);
    std::vector<std::int8_t> bytes(one.count);
    for (std::size_t row = 0; row < rows; ++row) {
      const float* const from = values + row * width;
      float most = 1e-12F;
      for (std::size_t i = 0; i < width; ++i) most = std::max(most, std::abs(from[i]));
      scales[row] = most / 127;
      for (std::size_t i = 0; i < width; ++i)
        bytes[row * width + i] = static_cast<std::int8_t>(std::lround(from[i] / scales[row]));
    }
    tensors.push_back({one.name, TensorType::i8, one.shape, bytes_of(bytes.data(), bytes.size())});
    tensors.push_back({one.name + ".scale",
                       TensorType::f32,
                       {rows},
                       bytes_of(scales.data(), rows * sizeof(float))});
  }
  tensors.push_back({"vocabulary", TensorType::u8, {vocabulary.size()}, vocabulary});
  return write_tensors(std::move(tensors), metadata);
}

}  // namespace plumbline
