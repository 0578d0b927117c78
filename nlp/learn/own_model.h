// Learns from a user's own labels how the scores of the fast model should be shifted for the texts
// of that user, and whether the shift is worth having.
//
// With z the model's scores of the three sides, z' = z less their mean, and n features in a text:
//   s_c = z_c + b_c + sum_d a_cd z'_d + (1 / sqrt(n)) * sum over its features of v_c
// minimises
//   sum_i w_i * -log softmax(s_i)[label_i]  +  (|b|^2 + |a|^2 / 0.1 + |v|^2 / k) / 2
// with w_i the number of labels over three times those of the same side, at most 6, so that rare
// sides weigh as much as common ones. k, the strength of the features, is one of 0, 0.1, 0.3 and 1:
// the one with the lowest loss in cross-validation. Solved in the dual, one number per label and
// side, by steps with Boehning's bound of the Hessian, each of which lowers the loss.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "nlp/fast_model.h"

namespace plumbline {

// One labelled text.
struct OwnText {
  std::vector<std::uint32_t> slots;  // its features
  std::array<float, 3> scores{};     // of the model as it is: negative, neutral, positive
  std::size_t label = 0;             // 0 negative, 1 neutral, 2 positive
  std::uint64_t group = 0;           // equal for texts that must not part in cross-validation
};

struct OwnTraining {
  std::uint64_t seed = 7;
  int folds = 10;   // texts not learned from in one of these are judged by what the others teach
  int repeats = 2;  // with other folds
  int inner_folds = 4;  // to choose k within those that teach
};

// Fewer labels than these teach nothing that could be told from chance.
inline constexpr std::size_t kLeastOwnLabels = 50, kLeastOwnOfSide = 5;
inline constexpr std::size_t kMostOwnLabels = 2000;  // learning takes seconds up to here

// The model as it is and with the shift, over texts that the shift had not learned from.
struct OwnComparison {
  std::array<std::int64_t, 3> labels{};  // of each side
  double macro_recall = 0, own_macro_recall = 0;
  double accuracy = 0, own_accuracy = 0;
  std::array<double, 3> recall{}, own_recall{};  // of each side
  double gain = 0, lo = 0, hi = 0;  // of macro-recall; 95 % of bootstrap samples lie between
  // The gain that is to be expected, and what it exceeds in four cases of five: 200 labels hold so
  // few of a rare side that their gain alone is half chance, so it is weighed, by its variance,
  // with what shifts of this kind gained elsewhere, 0.015 with a deviation of 0.02.
  double expected = 0, at_least = 0;
  bool better = false;  // safe to use: see is_better in own_model.cpp
  // What a shift that had not seen the text adds to its scores; empty: broken off.
  std::vector<std::array<float, 3>> unseen;
};

// Deterministic. `go_on` is called now and then with the share that is done; when it says false the
// work is broken off and an empty comparison comes back. Needs kLeastOwnOfSide labels of each side.
OwnComparison compare_own(std::span<const OwnText> texts, const OwnTraining& training,
                          const std::function<bool(double share)>& go_on = {});

// A rare side found more often may cost more of the common ones than a user would bear.
inline constexpr double kMostAccuracyLost = 0.03;

// The shift that all texts teach.
FastShift learn_own(std::span<const OwnText> texts, const OwnTraining& training);

}  // namespace plumbline
