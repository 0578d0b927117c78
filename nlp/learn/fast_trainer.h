// Learns the table of a fast model.
//
// A text with n features has for each column c of a head the logit
//   z_c = b_c + l_c + d_c + (1 / sqrt(n)) * sum over its features of (w_c + v_c)
// with bias b, what its language adds l, and what its domain adds: d to the bias, v to the weights
// of sentiment. Only w, b and l become the model, plus `share` of the v of the domain "tweets". The
// loss is the cross entropy of softmax(z) with what people or a teacher said, for irony that of 1 /
// (1 + exp(-z)), each text weighed so that the classes of its domain weigh alike (at most 3 times;
// an emotion never weighs less than 1). Domains whose people could not say neutral compare negative
// and positive only. AdaGrad:  s += g * g,  w -= rate * g / sqrt(s)  with g the gradient plus l2 *
// w. The model is the mean of the weights after each epoch of the later two thirds.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/fast_model.h"
#include "nlp/learn/fast_data.h"

namespace plumbline {

struct FastTraining {
  std::uint64_t seed = 7;
  int epochs = 12;
  float rate = 0.03F;
  float emotion_rate = 0.06F;
  float l2 = 2e-6F;
  float domain_l2 = 8e-6F;  // for what a domain adds
  float share = 0.3F;
};

// One thread; the same data, options and seed give the same bytes.
class FastTrainer {
 public:
  FastTrainer(const FastData& data, const FastTraining& options);

  int done() const { return done_; }  // epochs
  // Learns from every text once. `go_on` is called now and then with the share that is done; when
  // it says false the epoch is broken off, the trainer is of no more use, and false comes back.
  bool epoch(const std::function<bool(double share)>& go_on = {});

  // The state after the last epoch, to go on with later; resume is an error of code invalid when it
  // is of other data or options, of code parse when it is cut off.
  std::string state() const;
  Status resume(std::string_view state);

  // The mean of the weights so far, temperatures 1.
  FastWeights weights() const;

 private:
  void balance();
  void learn(std::size_t example);
  std::uint64_t fingerprint() const;

  const FastData& data_;
  FastTraining options_;
  std::vector<std::size_t> order_;
  std::vector<std::array<float, 3>> weights_of_;  // of each example: sentiment, emotion, irony
  std::vector<float> table_, squares_, sums_;
  std::vector<std::vector<float>> own_, own_squares_, own_sums_;  // by domain, four a slot
  std::vector<float> bias_, bias_squares_, bias_sums_;  // shared, then languages, then domains
  int done_ = 0, remembered_ = 0;
};

}  // namespace plumbline
