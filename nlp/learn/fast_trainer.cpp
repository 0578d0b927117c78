#include "nlp/learn/fast_trainer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <random>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr float kFirstSquare = 1e-4F;
constexpr float kMostClassWeight = 3;
constexpr std::size_t kLane = 4;
constexpr std::size_t kOwnRow = kLane;  // three of sentiment, padded
constexpr std::size_t kAhead = 12;      // features that memory is asked for in advance
constexpr std::string_view kStateMagic = "PLBSTATE";

using Row = std::array<float, kFastRow>;

void softmax(float* values, std::size_t count) {
  const float most = *std::max_element(values, values + count);
  float sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += values[i] = std::exp(values[i] - most);
  for (std::size_t i = 0; i < count; ++i) values[i] /= sum;
}

// One AdaGrad step of four weights, l2 where there is a gradient.
void descend(float* weights, float* squares, const float* gradient, const float* l2,
             const float* rate) {
  for (std::size_t c = 0; c < kLane; ++c) {
    const float g = gradient[c] + l2[c] * weights[c];
    squares[c] += g * g;
    weights[c] -= rate[c] * g / std::sqrt(squares[c]);
  }
}

// The columns are worked on in lanes of four, and only those that an example speaks of: [first,
// last).
struct Lanes {
  std::size_t first = 0, last = 0;
};

void fetch_ahead(const float* at) { __builtin_prefetch(at); }

void append(std::string& out, const std::vector<float>& values) {
  out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
}

bool take(std::string_view& bytes, std::vector<float>& values) {
  const std::size_t size = values.size() * sizeof(float);
  if (bytes.size() < size) return false;
  if (size > 0) std::memcpy(values.data(), bytes.data(), size);
  bytes.remove_prefix(size);
  return true;
}

void append_number(std::string& out, std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(value >> shift & 0xFF);
}

bool take_number(std::string_view& bytes, std::uint64_t& value) {
  if (bytes.size() < 8) return false;
  value = 0;
  for (std::size_t i = 0; i < 8; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  bytes.remove_prefix(8);
  return true;
}

}  // namespace

FastTrainer::FastTrainer(const FastData& data, const FastTraining& options)
    : data_(data), options_(options) {
  for (std::size_t i = 0; i < data.examples.size(); ++i)
    if (data.examples[i].role == FastRole::learn) order_.push_back(i);
  table_.resize(std::size_t{kFastSlots} * kFastRow);
  squares_.assign(table_.size(), kFirstSquare);
  sums_.resize(table_.size());
  std::vector<bool> learned(data.domains.size());
  for (const std::size_t i : order_)
    if (data.examples[i].sentiment_weight > 0) learned[data.examples[i].domain] = true;
  for (std::size_t d = 0; d < data.domains.size(); ++d) {
    const bool has_own = learned[d] && data.domains[d].name != "languages";
    const std::size_t size = has_own ? std::size_t{kFastSlots} * kOwnRow : 0;
    own_.emplace_back(size);
    own_squares_.emplace_back(size, kFirstSquare);
    own_sums_.emplace_back(size);
  }
  const std::size_t biases = 1 + data.languages.size() + data.domains.size();
  bias_.resize(biases * kFastRow);
  bias_squares_.assign(bias_.size(), kFirstSquare);
  bias_sums_.resize(bias_.size());
  balance();
}

// Each class weighs the same within each domain, the most frequent one no less than once.
void FastTrainer::balance() {
  const std::size_t domains = data_.domains.size();
  std::vector<std::array<double, 3>> sides(domains);
  std::vector<std::array<double, kEmotionCount>> emotions(domains);
  for (const std::size_t i : order_) {
    const FastExample& e = data_.examples[i];
    if (e.sentiment_weight > 0)
      for (std::size_t c = 0; c < 3; ++c) sides[e.domain][c] += static_cast<double>(e.sentiment[c]);
    if (e.emotion_weight > 0)
      for (std::size_t c = 0; c < kEmotionCount; ++c)
        emotions[e.domain][c] += static_cast<double>(e.emotion[c]);
  }
  const auto factor = [](const auto& counts, const auto& said) {
    double all = 0, classes = 0, out = 0;
    for (const double count : counts) {
      all += count;
      classes += count > 0 ? 1 : 0;
    }
    for (std::size_t c = 0; c < counts.size(); ++c)
      if (said[c] > 0)
        out += static_cast<double>(said[c]) *
               std::min<double>(kMostClassWeight, all / classes / counts[c]);
    return static_cast<float>(out);
  };
  weights_of_.resize(data_.examples.size());
  for (const std::size_t i : order_) {
    const FastExample& e = data_.examples[i];
    auto& [sentiment, emotion, irony] = weights_of_[i];
    if (e.sentiment_weight > 0)
      sentiment = e.sentiment_weight * factor(sides[e.domain], e.sentiment);
    if (e.emotion_weight > 0)
      emotion = e.emotion_weight * std::max(1.0F, factor(emotions[e.domain], e.emotion));
    irony = e.irony_weight;
  }
}

bool FastTrainer::epoch(const std::function<bool(double share)>& go_on) {
  std::mt19937_64 random(hash64("epoch", options_.seed * 1000 + static_cast<std::uint64_t>(done_)));
  std::vector<std::size_t> order = order_;
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  for (std::size_t at = 0; at < order.size(); ++at) {
    learn(order[at]);
    if (at % 4096 == 4095 && go_on &&
        !go_on(static_cast<double>(at) / static_cast<double>(order.size())))
      return false;
  }
  ++done_;
  if (done_ * 3 <= options_.epochs) return true;
  const auto remember = [](const std::vector<float>& from, std::vector<float>& to) {
    for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
  };
  remember(table_, sums_);
  remember(bias_, bias_sums_);
  for (std::size_t d = 0; d < own_.size(); ++d) remember(own_[d], own_sums_[d]);
  ++remembered_;
  return true;
}

void FastTrainer::learn(std::size_t example) {
  const FastExample& e = data_.examples[example];
  const auto [sentiment, emotion, irony] = weights_of_[example];
  if (e.slots.empty() || (sentiment <= 0 && emotion <= 0 && irony <= 0)) return;
  const float root = 1 / std::sqrt(static_cast<float>(e.slots.size()));
  float* own = sentiment > 0 && !own_[e.domain].empty() ? own_[e.domain].data() : nullptr;
  Row z{};
  std::array<float, kOwnRow> mine{};
  const Lanes lanes = {sentiment > 0 || emotion > 0 ? 0U : 2U, emotion > 0 || irony > 0 ? 3U : 1U};
  for (std::size_t i = 0; i < e.slots.size(); ++i) {
    const std::uint32_t slot = e.slots[i];
    if (i + kAhead < e.slots.size())
      fetch_ahead(table_.data() + std::size_t{e.slots[i + kAhead]} * kFastRow);
    const float* row = table_.data() + std::size_t{slot} * kFastRow;
    for (std::size_t lane = lanes.first; lane < lanes.last; ++lane)
      for (std::size_t c = lane * kLane; c < (lane + 1) * kLane; ++c) z[c] += row[c];
    if (own != nullptr)
      for (std::size_t c = 0; c < kOwnRow; ++c) mine[c] += own[std::size_t{slot} * kOwnRow + c];
  }
  for (std::size_t c = 0; c < kOwnRow; ++c) z[c] += c < 3 ? mine[c] : 0.0F;
  const std::array<std::size_t, 3> biases = {0, (1 + e.language) * kFastRow,
                                             (1 + data_.languages.size() + e.domain) * kFastRow};
  for (std::size_t c = 0; c < kFastRow; ++c) {
    z[c] *= root;
    for (const std::size_t at : biases) z[c] += bias_[at + c];
  }
  Row g{}, l2{};
  if (sentiment > 0) {
    if (data_.domains[e.domain].neutral) {
      softmax(z.data(), 3);
    } else {
      std::array<float, 2> sides = {z[0], z[2]};
      softmax(sides.data(), 2);
      z[0] = sides[0], z[1] = 0, z[2] = sides[1];
    }
    for (std::size_t c = 0; c < 3; ++c) g[c] = sentiment * (z[c] - e.sentiment[c]);
    std::fill_n(l2.begin(), 3, options_.l2);
  }
  if (emotion > 0) {
    softmax(z.data() + 3, kEmotionCount);
    for (std::size_t c = 0; c < kEmotionCount; ++c) g[3 + c] = emotion * (z[3 + c] - e.emotion[c]);
    std::fill_n(l2.begin() + 3, kEmotionCount, options_.l2);
  }
  if (irony > 0) {
    const std::size_t c = kFastHeads[kIronyHead].first;
    g[c] = irony * (1 / (1 + std::exp(-z[c])) - e.irony);
    l2[c] = options_.l2;
  }
  static constexpr Row kNone{};
  Row rate{};
  rate.fill(options_.rate);
  std::fill_n(rate.begin() + 3, kEmotionCount, options_.emotion_rate);
  for (const std::size_t at : biases)
    for (std::size_t c = 0; c < kFastRow; c += kLane)
      descend(bias_.data() + at + c, bias_squares_.data() + at + c, g.data() + c, kNone.data(),
              rate.data() + c);
  for (float& value : g) value *= root;
  const std::array<float, kOwnRow> own_g = {g[0], g[1], g[2], 0};
  const std::array<float, kOwnRow> own_l2 = {options_.domain_l2, options_.domain_l2,
                                             options_.domain_l2, 0};
  for (std::size_t i = 0; i < e.slots.size(); ++i) {
    if (i + kAhead < e.slots.size())
      fetch_ahead(squares_.data() + std::size_t{e.slots[i + kAhead]} * kFastRow);
    const std::size_t at = std::size_t{e.slots[i]} * kFastRow;
    const std::size_t own_at = std::size_t{e.slots[i]} * kOwnRow;
    for (std::size_t c = lanes.first * kLane; c < lanes.last * kLane; c += kLane)
      descend(table_.data() + at + c, squares_.data() + at + c, g.data() + c, l2.data() + c,
              rate.data() + c);
    if (own != nullptr)
      descend(own + own_at, own_squares_[e.domain].data() + own_at, own_g.data(), own_l2.data(),
              rate.data());
  }
}

namespace {

// The four emotions of short posts among themselves, as they are there; not against the others,
// which nobody was asked about there.
template <class Bias>
void share_emotions(const Bias& bias, std::size_t domain, FastWeights& out) {
  constexpr std::size_t kFour = 4;
  const std::size_t first = kFastHeads[kEmotionHead].first;
  float mean = 0;
  for (std::size_t c = first; c < first + kFour; ++c) mean += bias(domain, c) / kFour;
  for (std::size_t c = first; c < first + kFour; ++c) out.bias[c] += bias(domain, c) - mean;
}

}  // namespace

FastWeights FastTrainer::weights() const {
  const bool mean = remembered_ > 0;
  const float share = mean ? 1.0F / static_cast<float>(remembered_) : 1.0F;
  const auto& table = mean ? sums_ : table_;
  const auto& bias = mean ? bias_sums_ : bias_;
  FastWeights out;
  out.data_digest = data_.digest;
  out.table.resize(table.size());
  for (std::size_t i = 0; i < table.size(); ++i) out.table[i] = table[i] * share;
  const auto domain_bias = [&](std::size_t d, std::size_t c) {
    return share * bias[(1 + data_.languages.size() + d) * kFastRow + c];
  };
  std::array<float, 3> foreign{};
  for (std::size_t d = 0; d < data_.domains.size(); ++d) {
    if (data_.domains[d].name == "languages")
      for (std::size_t c = 0; c < 3; ++c) foreign[c] += domain_bias(d, c);
    if (data_.domains[d].name == "emotion") share_emotions(domain_bias, d, out);
    if (data_.domains[d].name != "tweets" || own_[d].empty()) continue;
    const auto& own = mean ? own_sums_[d] : own_[d];
    for (std::size_t slot = 0; slot < kFastSlots; ++slot)
      for (std::size_t c = 0; c < 3; ++c)
        out.table[slot * kFastRow + c] += options_.share * share * own[slot * kOwnRow + c];
    for (std::size_t c = 0; c < 3; ++c) out.bias[c] += options_.share * domain_bias(d, c);
  }
  for (std::size_t c = 0; c < 3; ++c) foreign[c] -= out.bias[c];
  for (std::size_t c = 0; c < kFastColumns; ++c) out.bias[c] += bias[c] * share;
  for (std::size_t l = 0; l < data_.languages.size(); ++l) {
    std::array<float, kFastColumns> own{};
    for (std::size_t c = 0; c < kFastColumns; ++c) own[c] = bias[(1 + l) * kFastRow + c] * share;
    // Other languages were learned in a domain of their own, from which only they come.
    if (data_.languages[l] != "en")
      for (std::size_t c = 0; c < 3; ++c) own[c] += foreign[c];
    out.languages.emplace_back(data_.languages[l], own);
  }
  return out;
}

std::uint64_t FastTrainer::fingerprint() const {
  const FastTraining& o = options_;
  std::string bytes;
  for (const float value :
       {o.rate, o.emotion_rate, o.l2, o.domain_l2, o.share, static_cast<float>(o.epochs)})
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  return hash64(bytes, data_.digest ^ o.seed);
}

std::string FastTrainer::state() const {
  std::string out(kStateMagic);
  append_number(out, fingerprint());
  append_number(out, static_cast<std::uint64_t>(done_));
  append_number(out, static_cast<std::uint64_t>(remembered_));
  for (const auto* values : {&table_, &squares_, &sums_, &bias_, &bias_squares_, &bias_sums_})
    append(out, *values);
  for (const auto* domains : {&own_, &own_squares_, &own_sums_})
    for (const auto& values : *domains) append(out, values);
  append_number(out, hash64(out));
  return out;
}

Status FastTrainer::resume(std::string_view state) {
  if (!state.starts_with(kStateMagic) || state.size() < kStateMagic.size() + 32)
    return fail(ErrorCode::parse, "this is no saved state of a training");
  std::string sum;
  append_number(sum, hash64(state.substr(0, state.size() - 8)));
  if (sum != state.substr(state.size() - 8))
    return fail(ErrorCode::parse, "the saved state is cut off or damaged");
  state.remove_prefix(kStateMagic.size());
  std::uint64_t print = 0, done = 0, remembered = 0;
  take_number(state, print);
  take_number(state, done);
  take_number(state, remembered);
  if (print != fingerprint())
    return fail(ErrorCode::invalid, "the saved state is of other data or options");
  bool whole = true;
  for (auto* values : {&table_, &squares_, &sums_, &bias_, &bias_squares_, &bias_sums_})
    whole = whole && take(state, *values);
  for (auto* domains : {&own_, &own_squares_, &own_sums_})
    for (auto& values : *domains) whole = whole && take(state, values);
  if (!whole) return fail(ErrorCode::parse, "the saved state is cut off");
  done_ = static_cast<int>(done);
  remembered_ = static_cast<int>(remembered);
  return {};
}

}  // namespace plumbline
