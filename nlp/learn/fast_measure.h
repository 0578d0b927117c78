// How well a fast model does on texts it did not learn from, and the temperatures that make its
// probabilities honest.
#pragma once

#include <string>
#include <vector>

#include "nlp/fast_model.h"
#include "nlp/learn/fast_data.h"

namespace plumbline {

// One set of held-out or foreign texts. Figures that do not apply are NaN.
struct FastScore {
  std::string name;  // the domain, "languages: de", "emotion4", "irony"
  FastRole role = FastRole::choose;
  std::int64_t texts = 0;
  double macro_recall = 0;  // two classes where people could not say neutral
  double macro_f1 = 0;
  double calibration = 0;  // expected calibration error over 15 bins of the likeliest class
  double by_chance = 0;    // what that error would be of perfect probabilities, on so few texts
  double pearson = 0;      // of P(positive) - P(negative) with people's rating
};

// Of every domain with texts to choose with or to measure on. Calibration is measured on the rows
// with an odd number, because set_temperatures looks at the others.
std::vector<FastScore> measure_fast(const FastModel& model, const FastData& data);

// Chooses the temperature of each head that gives the even rows to choose with the highest
// likelihood, each domain weighing the same.
void set_temperatures(const FastData& data, FastWeights& weights);

}  // namespace plumbline
