#include "nlp/learn/own_model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "nlp/learn/random.h"

namespace plumbline {
namespace {

constexpr double kMixing = 0.1;
constexpr std::array<double, 4> kStrengths = {0, 0.1, 0.3, 1};
constexpr double kMostWeight = 6;
constexpr int kMostSteps = 200;
constexpr double kStill = 1e-3;  // a step that moves no number further is the last
constexpr int kSamples = 2000;   // of the bootstrap

using Three = std::array<double, 3>;
using Places = std::vector<std::size_t>;  // of texts

// What every fit on some of the texts shares: how alike each two are.
struct Ground {
  std::span<const OwnText> texts;
  std::vector<Three> scores;   // less their mean
  std::vector<float> overlap;  // texts x texts: common features over the roots of their numbers

  double kernel(std::size_t a, std::size_t b, double strength) const {
    double mixed = 0;
    for (std::size_t c = 0; c < 3; ++c) mixed += scores[a][c] * scores[b][c];
    return 1 + kMixing * mixed + strength * static_cast<double>(overlap[a * texts.size() + b]);
  }
};

double root_of(const OwnText& text) {
  return std::sqrt(static_cast<double>(std::max<std::size_t>(text.slots.size(), 1)));
}

Ground ground_of(std::span<const OwnText> texts) {
  Ground out{texts, {}, std::vector<float>(texts.size() * texts.size())};
  for (const OwnText& text : texts) {
    const double mean = (static_cast<double>(text.scores[0]) + static_cast<double>(text.scores[1]) +
                         static_cast<double>(text.scores[2])) /
                        3;
    Three& scores = out.scores.emplace_back();
    for (std::size_t c = 0; c < 3; ++c) scores[c] = static_cast<double>(text.scores[c]) - mean;
  }
  std::vector<float> count(kFastSlots);
  for (std::size_t a = 0; a < texts.size(); ++a) {
    for (const std::uint32_t slot : texts[a].slots) count[slot] += 1;
    for (std::size_t b = a; b < texts.size(); ++b) {
      float sum = 0;
      for (const std::uint32_t slot : texts[b].slots) sum += count[slot];
      sum /= static_cast<float>(root_of(texts[a]) * root_of(texts[b]));
      out.overlap[a * texts.size() + b] = out.overlap[b * texts.size() + a] = sum;
    }
    for (const std::uint32_t slot : texts[a].slots) count[slot] = 0;
  }
  return out;
}

std::vector<double> weights_of(std::span<const OwnText> texts, const Places& places) {
  Three number{};
  for (const std::size_t at : places) number[texts[at].label] += 1;
  std::vector<double> out;
  double sum = 0;
  const auto all = static_cast<double>(places.size());
  for (const std::size_t at : places)
    sum += out.emplace_back(std::min(kMostWeight, all / (3 * number[texts[at].label])));
  for (double& weight : out) weight *= all / sum;
  return out;
}

// The lower triangle L of L L' = `matrix`, in its place; `matrix` is positive definite.
void factor(std::vector<double>& matrix, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k) {
    double* const pivot = &matrix[k * n];
    const double root = std::sqrt(pivot[k]);
    for (std::size_t j = k; j < n; ++j) pivot[j] /= root;  // row k of L', which is column k of L
    for (std::size_t i = k + 1; i < n; ++i) {
      double* const row = &matrix[i * n];
      const double by = pivot[i];
      for (std::size_t j = i; j < n; ++j) row[j] -= by * pivot[j];
    }
  }
}

// Solves L L' x = x for three columns at once; rows of `upper` are those of L'.
void solve(const std::vector<double>& upper, std::vector<Three>& x) {
  const std::size_t n = x.size();
  for (std::size_t k = 0; k < n; ++k) {
    const double* const row = &upper[k * n];
    for (double& value : x[k]) value /= row[k];
    for (std::size_t i = k + 1; i < n; ++i)
      for (std::size_t c = 0; c < 3; ++c) x[i][c] -= row[i] * x[k][c];
  }
  for (std::size_t k = n; k-- > 0;) {
    const double* const row = &upper[k * n];
    for (std::size_t i = k + 1; i < n; ++i)
      for (std::size_t c = 0; c < 3; ++c) x[k][c] -= row[i] * x[i][c];
    for (double& value : x[k]) value /= row[k];
  }
}

Three softmax(const Three& scores) {
  const double most = *std::max_element(scores.begin(), scores.end());
  Three out{};
  double sum = 0;
  for (std::size_t c = 0; c < 3; ++c) sum += out[c] = std::exp(scores[c] - most);
  for (double& p : out) p /= sum;
  return out;
}

// What learning from some texts leaves: three numbers for each of them.
struct Dual {
  Places places;
  double strength = 0;
  std::vector<Three> numbers;
};

Dual fit(const Ground& ground, const Places& places, double strength) {
  const std::size_t n = places.size();
  const std::vector<double> weights = weights_of(ground.texts, places);
  std::vector<double> kernel(n * n), upper(n * n);
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b < n; ++b) {
      kernel[a * n + b] = ground.kernel(places[a], places[b], strength);
      upper[a * n + b] = kernel[a * n + b] / 2 + (a == b ? 1 / weights[a] : 0);
    }
  factor(upper, n);
  Dual out{places, strength, std::vector<Three>(n)};
  std::vector<Three> scores(n), step(n);
  for (std::size_t a = 0; a < n; ++a) scores[a] = ground.scores[places[a]];
  for (int round = 0; round < kMostSteps; ++round) {
    for (std::size_t a = 0; a < n; ++a) {
      const Three p = softmax(scores[a]);
      for (std::size_t c = 0; c < 3; ++c) {
        const double target = ground.texts[places[a]].label == c ? 1 : 0;
        step[a][c] = target - p[c] - out.numbers[a][c] / weights[a];
      }
    }
    solve(upper, step);
    double furthest = 0;
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t c = 0; c < 3; ++c) {
        out.numbers[a][c] += step[a][c];
        furthest = std::max(furthest, std::fabs(step[a][c]));
      }
    if (furthest < kStill) break;
    for (std::size_t b = 0; b < n; ++b)
      for (std::size_t a = 0; a < n; ++a)
        for (std::size_t c = 0; c < 3; ++c) scores[a][c] += kernel[b * n + a] * step[b][c];
  }
  return out;
}

Three scores_of(const Ground& ground, const Dual& dual, std::size_t text) {
  Three out = ground.scores[text];
  for (std::size_t a = 0; a < dual.places.size(); ++a) {
    const double alike = ground.kernel(text, dual.places[a], dual.strength);
    for (std::size_t c = 0; c < 3; ++c) out[c] += alike * dual.numbers[a][c];
  }
  return out;
}

// The fold of each of `places`: groups stay whole, each side is spread over all folds.
std::vector<int> folds_of(std::span<const OwnText> texts, const Places& places, int folds,
                          std::uint64_t seed) {
  struct Group {
    std::size_t label;
    std::uint64_t order, name;
  };
  std::map<std::uint64_t, std::size_t> side;  // of the first text of a group
  for (const std::size_t at : places) side.try_emplace(texts[at].group, texts[at].label);
  std::vector<Group> groups;
  groups.reserve(side.size());
  for (const auto& [name, label] : side)
    groups.push_back({label, stirred(name ^ stirred(seed)), name});
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return a.label != b.label ? a.label < b.label : a.order < b.order;
  });
  std::map<std::uint64_t, int> fold;
  for (std::size_t i = 0; i < groups.size(); ++i)
    fold[groups[i].name] = static_cast<int>(i % static_cast<std::size_t>(folds));
  std::vector<int> out;
  out.reserve(places.size());
  for (const std::size_t at : places) out.push_back(fold[texts[at].group]);
  return out;
}

struct Parted {
  Places teach, held;
};

Parted part(const Places& places, const std::vector<int>& folds, int fold) {
  Parted out;
  for (std::size_t i = 0; i < places.size(); ++i)
    (folds[i] == fold ? out.held : out.teach).push_back(places[i]);
  return out;
}

// The strength with the lowest loss on texts not learned from.
double choose_strength(const Ground& ground, const Places& places, int folds, std::uint64_t seed) {
  const std::vector<int> fold_of = folds_of(ground.texts, places, folds, seed);
  std::vector<double> weight_at(ground.texts.size());
  const std::vector<double> weights = weights_of(ground.texts, places);
  for (std::size_t i = 0; i < places.size(); ++i) weight_at[places[i]] = weights[i];
  double best = 0, lowest = 0;
  for (const double strength : kStrengths) {
    double loss = 0;
    for (int fold = 0; fold < folds; ++fold) {
      const Parted parted = part(places, fold_of, fold);
      if (parted.teach.empty()) continue;
      const Dual dual = fit(ground, parted.teach, strength);
      for (const std::size_t at : parted.held) {
        const double p = softmax(scores_of(ground, dual, at))[ground.texts[at].label];
        loss -= weight_at[at] * std::log(std::max(p, 1e-12));
      }
    }
    if (strength > 0 && loss >= lowest) continue;
    lowest = loss;
    best = strength;
  }
  return best;
}

std::size_t likeliest(const Three& scores) {
  return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

Places all_of(std::size_t count) {
  Places out(count);
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

// The bounds of the gain: texts drawn anew within each side.
void bound(std::span<const OwnText> texts, const std::vector<double>& change, std::uint64_t seed,
           OwnComparison& out) {
  std::array<Places, 3> of_side;
  for (std::size_t at = 0; at < texts.size(); ++at) of_side[texts[at].label].push_back(at);
  std::vector<double> gains;
  gains.reserve(kSamples);
  std::uint64_t state = stirred(seed);
  for (int sample = 0; sample < kSamples; ++sample) {
    double gain = 0;
    for (const Places& side : of_side) {
      double sum = 0;
      for (std::size_t i = 0; i < side.size(); ++i)
        sum += change[side[(state = stirred(state)) % side.size()]];
      gain += sum / static_cast<double>(side.size()) / 3;
    }
    gains.push_back(gain);
  }
  std::sort(gains.begin(), gains.end());
  out.lo = gains[kSamples / 40];
  out.hi = gains[kSamples - 1 - kSamples / 40];
}

// What shifts gained on other texts than they were learned from (bench/runs/2026-11-28-own-labels),
// and how far one in five falls below the mean of a normal distribution.
constexpr double kUsualGain = 0.015, kUsualDeviation = 0.02, kOneInFive = 0.8416;

// The gain weighed with the usual one. A side of few texts may agree by chance, so each side's
// squares get those of two texts more that changed by half.
void weigh(std::span<const OwnText> texts, const std::vector<double>& change, OwnComparison& out) {
  std::array<double, 3> sum{}, squares{};
  for (std::size_t at = 0; at < texts.size(); ++at) {
    sum[texts[at].label] += change[at];
    squares[texts[at].label] += change[at] * change[at];
  }
  double variance = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    const auto n = static_cast<double>(out.labels[c]);
    variance += (squares[c] - sum[c] * sum[c] / n + 0.5) / (n + 1) / n / 9;
  }
  const double measured = 1 / variance, usual = 1 / (kUsualDeviation * kUsualDeviation);
  out.expected = (measured * out.gain + usual * kUsualGain) / (measured + usual);
  out.at_least = out.expected - kOneInFive / std::sqrt(measured + usual);
}

// Safe to use: a gain is to be expected, and in four cases of five no loss that anybody would
// notice. Labels that the shifted model guesses hardly better than chance do not fit their texts.
constexpr double kUnnoticed = 0.005, kLeastMacroRecall = 0.4;
bool is_better(const OwnComparison& c) {
  return c.expected > 0 && c.at_least > -kUnnoticed && c.own_macro_recall > kLeastMacroRecall &&
         c.own_accuracy >= c.accuracy - kMostAccuracyLost;
}

}  // namespace

OwnComparison compare_own(std::span<const OwnText> texts, const OwnTraining& training,
                          const std::function<bool(double share)>& go_on) {
  OwnComparison out;
  const Ground ground = ground_of(texts);
  const Places all = all_of(texts.size());
  for (const OwnText& text : texts) ++out.labels[text.label];
  out.unseen.resize(texts.size());
  std::vector<double> right(texts.size());
  const double rounds = training.folds * training.repeats;
  for (int repeat = 0; repeat < training.repeats; ++repeat) {
    const std::uint64_t seed = training.seed + static_cast<std::uint64_t>(repeat) * 1000;
    const std::vector<int> fold_of = folds_of(texts, all, training.folds, seed);
    for (int fold = 0; fold < training.folds; ++fold) {
      if (go_on && !go_on((repeat * training.folds + fold) / rounds)) return {};
      const Parted parted = part(all, fold_of, fold);
      const double strength = choose_strength(ground, parted.teach, training.inner_folds, seed);
      const Dual dual = fit(ground, parted.teach, strength);
      for (const std::size_t at : parted.held) {
        const Three scores = scores_of(ground, dual, at);
        const std::size_t said = likeliest(scores);
        right[at] += said == texts[at].label ? 1.0 / training.repeats : 0;
        if (repeat > 0) continue;
        for (std::size_t c = 0; c < 3; ++c)
          out.unseen[at][c] = static_cast<float>(scores[c] - ground.scores[at][c]);
      }
    }
  }
  std::vector<double> change(texts.size());
  for (std::size_t at = 0; at < texts.size(); ++at) {
    const double before = likeliest(ground.scores[at]) == texts[at].label ? 1 : 0;
    const std::size_t side = texts[at].label;
    const auto of_side = static_cast<double>(out.labels[side]);
    change[at] = right[at] - before;
    out.recall[side] += before / of_side;
    out.own_recall[side] += right[at] / of_side;
    out.macro_recall += before / of_side / 3;
    out.own_macro_recall += right[at] / of_side / 3;
    out.accuracy += before / static_cast<double>(texts.size());
    out.own_accuracy += right[at] / static_cast<double>(texts.size());
  }
  out.gain = out.own_macro_recall - out.macro_recall;
  bound(texts, change, training.seed, out);
  weigh(texts, change, out);
  out.better = is_better(out);
  return out;
}

FastShift learn_own(std::span<const OwnText> texts, const OwnTraining& training) {
  const Ground ground = ground_of(texts);
  const Places all = all_of(texts.size());
  const double strength = choose_strength(ground, all, training.inner_folds, training.seed);
  const Dual dual = fit(ground, all, strength);
  FastShift out;
  std::map<std::uint32_t, Three> features;
  Three bias{};
  std::array<Three, 3> mix{};
  for (std::size_t at = 0; at < texts.size(); ++at) {
    const Three& number = dual.numbers[at];
    for (std::size_t c = 0; c < 3; ++c) {
      bias[c] += number[c];
      for (std::size_t d = 0; d < 3; ++d) mix[c][d] += kMixing * number[c] * ground.scores[at][d];
    }
    if (strength == 0) continue;
    const double share = strength / root_of(texts[at]);
    for (const std::uint32_t slot : texts[at].slots)
      for (std::size_t c = 0; c < 3; ++c) features[slot][c] += share * number[c];
  }
  for (std::size_t c = 0; c < 3; ++c) {
    out.bias[c] = static_cast<float>(bias[c]);
    for (std::size_t d = 0; d < 3; ++d) out.mix[c][d] = static_cast<float>(mix[c][d]);
  }
  out.features.reserve(features.size());
  for (const auto& [slot, values] : features)
    out.features.push_back({slot,
                            {static_cast<float>(values[0]), static_cast<float>(values[1]),
                             static_cast<float>(values[2])}});
  return out;
}

}  // namespace plumbline
