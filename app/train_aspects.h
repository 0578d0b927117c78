// Learning a model of aspects from a folder of sentences with marked terms: reads them, learns,
// measures what came out, writes the model. Some seconds, so nothing is kept to go on from.
#pragma once

#include <string>
#include <vector>

#include "app/train_state.h"
#include "base/result.h"
#include "nlp/learn/term_measure.h"
#include "nlp/learn/term_trainer.h"

namespace plumbline {

struct TrainAspectsWish {
  std::string data;                   // the folder of labelled sets
  std::string out;                    // the model file
  std::string fast;                   // the fast model to work with; empty: the built-in one
  std::vector<std::string> teachers;  // files of texts, one a line, that the full tier marks first
  std::string workspace;              // whose full tier that is; may be empty
  std::string languages;              // a workspace's own lang/ folder; may be empty
  TermTraining training;
};

struct TrainedAspects : Trained {
  std::vector<TermScore> scores;
};

// Stopped by the user: an error of code partial.
Result<TrainedAspects> train_aspects(const TrainAspectsWish& wish, Progress& progress);

}  // namespace plumbline
