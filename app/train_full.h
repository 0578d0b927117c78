// Teaching a full model from a folder of labelled texts and the weights of a published encoder:
// reads them, learns step by step with a state file to go on from, measures what came out, writes
// the model.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/train_state.h"
#include "base/result.h"
#include "nlp/learn/full_measure.h"
#include "nlp/learn/full_trainer.h"

namespace plumbline {

struct TrainFullWish {
  std::string data;                     // the folder of labelled sets
  std::vector<std::string> statements;  // folders of marked sentences; empty: none are learned from
  std::string base;  // weights and vocabulary of an encoder; empty: only measure `out`
  std::string out;   // the model file; the state of the run lies beside it as OUT.state
  FullTraining training;
  double minutes_between_states = 10;
};

struct TrainedFull : Trained {
  std::vector<FullScore> scores;
};

// A run that was stopped goes on from its state file when data and options are the same; the state
// is removed once the model is written. Stopped by the user: an error of code partial that says so.
Result<TrainedFull> train_full(const TrainFullWish& wish, Progress& progress);

}  // namespace plumbline
