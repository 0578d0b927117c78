// Learning a model from a folder of labelled texts: reads them, learns epoch by epoch with a state
// file to go on from, measures what came out, writes the model.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/train_state.h"
#include "base/result.h"
#include "nlp/learn/fast_measure.h"
#include "nlp/learn/fast_trainer.h"

namespace plumbline {

struct TrainFastWish {
  std::string data;                   // the folder of labelled sets
  std::vector<FastTeacher> teachers;  // texts that a better model labelled
  std::string out;                    // the model file; its state lies beside it as OUT.state
  std::string languages;              // a workspace's own lang/ folder; may be empty
  FastTraining training;
  int threads = 0;  // 0: one per core; the model is the same for any number
};

struct TrainedFast : Trained {
  std::vector<FastScore> scores;
};

// A run that was stopped goes on from its state file when data and options are the same; the state
// is removed once the model is written. Stopped by the user: an error of code partial that says so.
Result<TrainedFast> train_fast(const TrainFastWish& wish, Progress& progress);

}  // namespace plumbline
