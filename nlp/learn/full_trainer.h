// Teaches the full tier.
//
// Each step takes `batch` texts of about one length, from all domains, each domain as often as its
// share says; their loss is the weighted mean of what nlp/learn/full_net.h loses. AdamW with
// b1 .9, b2 .98; the rate climbs for the first 6 % of the steps, then falls in a straight line to
// zero; steps whose slopes are longer than 1 are shortened to 1. Words of the vocabulary that no
// text of a step holds go on by their momentum. A batch is cut into two fixed shards whose slopes
// are added in order, so that the outcome is the same on one thread and on two.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/learn/full_net.h"

namespace plumbline {

struct FullTraining {
  std::uint64_t seed = 7;
  std::size_t texts = 190000;  // seen in all, repeats counted
  std::size_t batch = 32;
  float rate = 6e-5F;
  float decay = 0.01F;
  float dropout = 0.1F;
  float head_rate = 5;  // the heads begin at nothing and move so many times faster
  // Products of numbers of 16 bits, where the machine is faster so: two thirds of the time, and
  // sums that differ from those of a machine that is not.
  bool halves = true;
  bool two_threads = true;
};

class FullTrainer {
 public:
  // `shares[domain]` is how often a text of the domain is seen for one of a domain with share 1.
  FullTrainer(FullNet& net, const std::vector<FullExample>& examples, std::vector<float> shares,
              const FullTraining& options);

  std::size_t steps() const { return batches_.size(); }
  std::size_t done() const { return done_; }
  double step();  // the loss of one more batch

  // All that is needed to go on later: large, three numbers for every one that is learned. resume()
  // is an error of code invalid when the state is of other data or options, of code parse when it
  // is cut off.
  std::string state() const;
  Status resume(std::string_view state);

 private:
  void plan(const std::vector<float>& shares);
  void learn_shard(std::size_t number, std::size_t shard);
  void update(float rate);
  // Numbers that lie side by side and are moved alike.
  struct Stretch {
    std::size_t begin, count;
    bool decays;
    float rate;
    double squares = 0;
  };
  std::vector<Stretch> stretches() const;
  // On one thread or two.
  void each_stretch(std::vector<Stretch>& all, const std::function<void(Stretch&)>& work) const;
  void halve_all();
  std::uint64_t fingerprint() const;

  FullNet& net_;
  const std::vector<FullExample>& examples_;
  FullTraining options_;
  std::vector<std::vector<std::uint32_t>> batches_;
  std::vector<float> slopes_[2], means_, squares_;
  EncoderTape tapes_[2];
  double losses_[2] = {};
  std::size_t done_ = 0;
};

}  // namespace plumbline
