// How well a model of aspects does on sentences it did not learn from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nlp/learn/term_data.h"
#include "nlp/term_reading.h"

namespace plumbline {

// How a model does on the sentences held out: terms found with exactly their span, and the mood of
// the marked ones, found or not.
struct TermScore {
  std::string name;
  std::int64_t sentences = 0, terms = 0;
  double precision = 0, recall = 0, f1 = 0;
  double accuracy = 0, macro_f1 = 0;
};
std::vector<TermScore> measure_terms(const TermModels& models, const TermData& data);

}  // namespace plumbline
