// The network of nlp/statement_model.h as it is learned: forward, backward, and Adam.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "nlp/learn/statement_trainer.h"

namespace plumbline {

class StatementNet {
 public:
  // Begins small and random. `steps` are all that will be taken, for the rate.
  StatementNet(const StatementTraining& training, std::size_t steps);

  // One step: moves the weights against the slope of the mean loss of the words of these sentences.
  // Returns that loss before it.
  double learn(std::span<const StatementExample* const> batch);
  // The loss alone, nothing dropped; for tests.
  double loss(const StatementExample& example);
  // The slopes of the sum of the losses that learn() would take, nothing dropped; for tests. Of the
  // layers in the order near, whole, deep, out.
  std::array<StatementLayer, 4> slopes_of(const StatementExample& example);

  StatementWeights weights;

 private:
  // Numbers that move together: slope, first and second moment.
  struct Moments {
    std::vector<float> mean, square;
  };
  struct Pass;  // one sentence's way through, in statement_net.cpp

  double pass(const StatementExample& example, float dropout);
  void move(float* values, float* slopes, Moments& moments, std::size_t at, std::size_t count);
  float* slope_of_row(std::uint32_t row);

  StatementTraining training_;
  std::size_t steps_, done_ = 0;
  std::uint64_t random_;
  std::array<StatementLayer, 4> slopes_;
  std::array<std::array<Moments, 2>, 4> layers_;  // weights and bias of each
  Moments table_;
  std::vector<std::uint32_t> place_of_, touched_;  // rows of this step
  std::vector<float> row_slopes_;
};

}  // namespace plumbline
