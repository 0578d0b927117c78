// How well a full model does on texts it did not learn from, and the temperatures that make its
// probabilities honest.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "nlp/full_model.h"
#include "nlp/learn/full_data.h"

namespace plumbline {

// One set of held-out or foreign texts. Figures that do not apply are NaN.
struct FullScore {
  std::string name;
  bool foreign = false;    // nothing of its domain was learned from
  std::int64_t texts = 0;  // terms, for aspects
  double accuracy = 0;
  double macro_recall = 0;  // two classes where people could not say neutral
  double macro_f1 = 0;
  double calibration = 0;  // expected calibration error over 15 bins, odd rows only
  double by_chance = 0;    // what that error would be of perfect probabilities, on so few texts
  double term_f1 = 0;      // terms found, exact spans
};

// What the model said of every held text, and how well.
struct FullMeasured {
  std::vector<FullScore> scores;
  // What each head's scores were divided by for these figures.
  std::map<std::string, float, std::less<>> temperatures;
};

// as_it_is: the model's own probabilities. best: divided anew, by what makes the even rows
// likeliest, each domain weighing the same (Guo and others 2017), for a model that is still to be
// given its temperatures.
enum class Cooling : bool { as_it_is, best };

// `go_on` is called with the share that is done; false breaks off and gives what there is so far.
FullMeasured measure_full(const FullModel& model, const FullData& data, Cooling cooling,
                          const std::function<bool(double share)>& go_on = {});

}  // namespace plumbline
