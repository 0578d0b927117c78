// Learns the tables of a model of aspects (nlp/term_model.h).
//
// Terms: a linear chain over the parts of the tokens (Lafferty and others 2001). A path of parts
// y_1..y_n has the score  sum over t of e_t(y_t) + sum over t > 1 of a(y_{t-1}, y_t)  where e_t
// sums what the units of the tokens around t say of it; "inside" never follows "outside". The loss
// is -log of the share of exp(score) that the marked path has.
// Mood: cross entropy of softmax(z),  z = b + (1 / sqrt(rows)) * sum of rows + sums * weights;
// rarer labels of a set weigh more, by `balance` as a power.
// Both by AdaGrad with l2, the model being the mean of the weights after each epoch of the later
// two thirds. One thread, some seconds; the same data, options and seed give the same bytes.
#pragma once

#include <cstdint>
#include <functional>

#include "base/result.h"
#include "nlp/learn/term_data.h"
#include "nlp/term_model.h"

namespace plumbline {

struct TermTraining {
  std::uint64_t seed = 7;
  int epochs = 12;
  float rate = 0.1F, l2 = 2e-3F;
  int mood_epochs = 20;
  float mood_rate = 0.1F, mood_l2 = 3e-3F;
  float sums_rate = 0.05F, sums_l2 = 1e-3F;
  float balance = 0.2F;
  float taught = 0.5F;  // weight of what the full tier marked, beside 1 of what people did
  float border = 0.5F;
};

// `go_on` is called after each epoch with the share that is done; when it says false, an error of
// code partial comes back.
Result<TermWeights> learn_terms(const TermData& data, const TermTraining& training,
                                const std::function<bool(double share)>& go_on = {});

}  // namespace plumbline
