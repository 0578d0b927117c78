#include "nlp/learn/term_trainer.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "nlp/learn/random.h"

namespace plumbline {
namespace {

constexpr float kFirstSquare = 1e-2F;
constexpr float kNever = -1e4F;

// One AdaGrad step.
void descend(float& weight, float& square, float gradient, float rate, float l2) {
  const float g = gradient + l2 * weight;
  square += g * g;
  weight -= rate * g / std::sqrt(square);
}

float log_sum(const TermScores& values) {
  const float most = *std::ranges::max_element(values);
  float sum = 0;
  for (const float value : values) sum += std::exp(value - most);
  return most + std::log(sum);
}

// Weights on their way, with their squares and the sum that becomes the mean.
struct Moving {
  explicit Moving(std::size_t size) : now(size), squares(size, kFirstSquare), sum(size) {}
  void remember() {
    for (std::size_t i = 0; i < now.size(); ++i) sum[i] += now[i];
    ++times;
  }
  float mean(std::size_t i) const { return sum[i] / static_cast<float>(std::max(times, 1)); }

  std::vector<float> now, squares, sum;
  int times = 0;
};

class Shuffle {
 public:
  explicit Shuffle(std::uint64_t seed) : state_(seed) {}
  template <class Item>
  void operator()(std::vector<Item>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[next() % i]);
  }

 private:
  std::uint64_t next() { return stirred(state_ += 0x9E3779B97F4A7C15ULL); }
  std::uint64_t state_;
};

// Calls `learn` with every item, epoch by epoch, and `remember` after the later ones.
template <class Item, class Learn, class Remember>
bool run_epochs(std::vector<Item> items, int epochs, std::uint64_t seed, const Learn& learn,
                const Remember& remember, const std::function<bool(int done)>& go_on) {
  Shuffle shuffle(seed);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    shuffle(items);
    for (const Item& item : items) learn(item);
    if (epoch >= epochs / 3) remember();
    if (!go_on(epoch + 1)) return false;
  }
  return true;
}

class Chain {
 public:
  explicit Chain(const TermTraining& training)
      : training_(training),
        rows_(std::size_t{kTermRows} * kTermRow),
        steps_(kTermParts * kTermParts) {}

  void learn(const TermExample& example, float weight) {
    if (example.parts.empty()) return;
    score(example);
    const float all = forward_backward();
    expect(example, all);
    for (TermScores& each : gradient_)
      for (float& part : each) part *= weight;
    for (float& each : step_gradient_) each *= weight;
    for (std::size_t i = 0; i < step_gradient_.size(); ++i)
      descend(steps_.now[i], steps_.squares[i], step_gradient_[i], training_.rate, 0);
    for (std::size_t t = 0; t < example.parts.size(); ++t) move_rows(example, t);
  }

  void remember() {
    rows_.remember();
    steps_.remember();
  }

  void put(TermWeights& out) const {
    out.terms.resize(rows_.now.size());
    for (std::size_t i = 0; i < out.terms.size(); ++i) out.terms[i] = rows_.mean(i);
    for (std::size_t i = 0; i < out.steps.size(); ++i) out.steps[i] = steps_.mean(i);
  }

 private:
  void score(const TermExample& example) {
    const std::size_t count = example.parts.size();
    // Two places of nothing on each side, cut off below.
    scores_.assign(count + 2 * kTermReach, {});
    for (std::size_t t = 0; t < count; ++t)
      for (const std::uint32_t row : example.units.of(t))
        for (std::size_t c = 0; c < kTermColumns; ++c)
          scores_[t + c / kTermParts][c % kTermParts] += rows_.now[row * kTermRow + c];
    scores_.erase(scores_.begin(), scores_.begin() + kTermReach);
    scores_.resize(count);
  }

  float step(std::size_t from, std::size_t to) const {
    return from == kOutside && to == kTermInside ? kNever : steps_.now[from * kTermParts + to];
  }

  // Leaves log sums over all paths up to and after each token; returns that over whole paths.
  float forward_backward() {
    const std::size_t count = scores_.size();
    before_.assign(count, {});
    after_.assign(count, {});
    before_[0] = scores_[0];
    before_[0][kTermInside] += kNever;
    for (std::size_t t = 1; t < count; ++t)
      for (std::size_t to = 0; to < kTermParts; ++to) {
        TermScores ways{};
        for (std::size_t from = 0; from < kTermParts; ++from)
          ways[from] = before_[t - 1][from] + step(from, to);
        before_[t][to] = scores_[t][to] + log_sum(ways);
      }
    for (std::size_t t = count - 1; t-- > 0;)
      for (std::size_t from = 0; from < kTermParts; ++from) {
        TermScores ways{};
        for (std::size_t to = 0; to < kTermParts; ++to)
          ways[to] = step(from, to) + scores_[t + 1][to] + after_[t + 1][to];
        after_[t][from] = log_sum(ways);
      }
    return log_sum(before_.back());
  }

  // Gradients: what all paths expect less what the marked one has.
  void expect(const TermExample& example, float all) {
    const std::size_t count = scores_.size();
    gradient_.assign(count, {});
    step_gradient_.fill(0);
    for (std::size_t t = 0; t < count; ++t) {
      for (std::size_t part = 0; part < kTermParts; ++part)
        gradient_[t][part] = std::exp(before_[t][part] + after_[t][part] - all);
      gradient_[t][example.parts[t]] -= 1;
      if (t == 0) continue;
      for (std::size_t from = 0; from < kTermParts; ++from)
        for (std::size_t to = 0; to < kTermParts; ++to)
          step_gradient_[from * kTermParts + to] += std::exp(before_[t - 1][from] + step(from, to) +
                                                             scores_[t][to] + after_[t][to] - all);
      step_gradient_[example.parts[t - 1] * std::size_t{kTermParts} + example.parts[t]] -= 1;
    }
  }

  void move_rows(const TermExample& example, std::size_t t) {
    std::array<float, kTermColumns> gradient{};
    for (std::size_t c = 0; c < kTermColumns; ++c) {
      const std::size_t at = t + c / kTermParts;  // kTermReach too far
      if (at >= kTermReach && at - kTermReach < gradient_.size())
        gradient[c] = gradient_[at - kTermReach][c % kTermParts];
    }
    for (const std::uint32_t row : example.units.of(t)) {
      float* now = rows_.now.data() + row * kTermRow;
      float* squares = rows_.squares.data() + row * kTermRow;
      for (std::size_t c = 0; c < kTermColumns; ++c)
        descend(now[c], squares[c], gradient[c], training_.rate, training_.l2);
    }
  }

  const TermTraining& training_;
  Moving rows_, steps_;
  std::vector<TermScores> scores_, before_, after_, gradient_;
  std::array<float, kTermParts * kTermParts> step_gradient_{};
};

class Moods {
 public:
  explicit Moods(const TermTraining& training)
      : training_(training),
        rows_(std::size_t{kMoodRows} * kMoodColumns),
        sums_((kMoodSums + 1) * kMoodColumns) {}  // the last: the bias

  void learn(const TermExample::Marked& term, float weight) {
    const float root =
        1 / std::sqrt(static_cast<float>(std::max<std::size_t>(term.rows.size(), 1)));
    MoodScores z{};
    for (std::size_t c = 0; c < kMoodColumns; ++c) {
      for (const std::uint32_t row : term.rows) z[c] += rows_.now[row * kMoodColumns + c];
      z[c] *= root;
      for (std::size_t k = 0; k <= kMoodSums; ++k)
        z[c] += sums_.now[k * kMoodColumns + c] * number(term, k);
    }
    const float all = log_sum(z);
    for (std::size_t c = 0; c < kMoodColumns; ++c) {
      const float gradient = weight * (std::exp(z[c] - all) - term.moods[c]);
      for (const std::uint32_t row : term.rows) {
        const std::size_t at = row * kMoodColumns + c;
        descend(rows_.now[at], rows_.squares[at], gradient * root, training_.mood_rate,
                training_.mood_l2);
      }
      for (std::size_t k = 0; k <= kMoodSums; ++k) {
        const std::size_t at = k * kMoodColumns + c;
        descend(sums_.now[at], sums_.squares[at], gradient * number(term, k), training_.sums_rate,
                k < kMoodSums ? training_.sums_l2 : 0);
      }
    }
  }

  void remember() {
    rows_.remember();
    sums_.remember();
  }

  void put(TermWeights& out) const {
    out.moods.resize(rows_.now.size());
    for (std::size_t i = 0; i < out.moods.size(); ++i) out.moods[i] = rows_.mean(i);
    for (std::size_t i = 0; i < out.sums.size(); ++i) out.sums[i] = sums_.mean(i);
    for (std::size_t c = 0; c < kMoodColumns; ++c)
      out.bias[c] = sums_.mean(kMoodSums * kMoodColumns + c);
  }

 private:
  static float number(const TermExample::Marked& term, std::size_t k) {
    return k < kMoodSums ? term.sums[k] : 1.0F;
  }

  const TermTraining& training_;
  Moving rows_, sums_;
};

struct Weighed {
  const TermExample::Marked* term = nullptr;
  float weight = 1;
};

std::vector<Weighed> weigh(const TermData& data, const TermTraining& training) {
  std::vector<std::array<double, kMoodColumns>> counts(data.sets.size());
  for (const TermExample& example : data.learn)
    for (const auto& term : example.terms)
      for (std::size_t c = 0; c < kMoodColumns && example.set < counts.size(); ++c)
        counts[example.set][c] += static_cast<double>(term.moods[c]);
  std::vector<Weighed> out;
  for (const TermExample& example : data.learn)
    for (const auto& term : example.terms) {
      if (example.set == counts.size()) {
        out.push_back({&term, training.taught});
        continue;
      }
      const auto& count = counts[example.set];
      const auto mood =
          static_cast<std::size_t>(std::ranges::max_element(term.moods) - term.moods.begin());
      const double rareness = (count[0] + count[1] + count[2]) / (3 * count[mood]);
      out.push_back({&term, static_cast<float>(std::pow(rareness, training.balance))});
    }
  return out;
}

}  // namespace

Result<TermWeights> learn_terms(const TermData& data, const TermTraining& training,
                                const std::function<bool(double share)>& go_on) {
  const double epochs = training.epochs + training.mood_epochs;
  const auto after = [&](int before) {
    return [&go_on, epochs, before](int done) { return !go_on || go_on((before + done) / epochs); };
  };
  std::vector<const TermExample*> examples;
  for (const TermExample& example : data.learn) examples.push_back(&example);
  Chain chain(training);
  Moods moods(training);
  if (!run_epochs(
          examples, training.epochs, training.seed,
          [&](const TermExample* example) {
            chain.learn(*example, example->set < data.sets.size() ? 1 : training.taught);
          },
          [&] { chain.remember(); }, after(0)) ||
      !run_epochs(
          weigh(data, training), training.mood_epochs, training.seed,
          [&](const Weighed& each) { moods.learn(*each.term, each.weight); },
          [&] { moods.remember(); }, after(training.epochs)))
    return fail(ErrorCode::partial, "stopped; nothing was written");
  TermWeights out;
  chain.put(out);
  moods.put(out);
  out.border = training.border;
  out.data_digest = data.digest;
  return out;
}

}  // namespace plumbline
