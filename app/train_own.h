// Learning from a user's own labels what the fast model gets wrong with their texts: an adapter on
// top of it, written where the workspace finds it, and only if it is better on texts it had not
// seen.
#pragma once

#include <cstdint>
#include <string>

#include "app/own_tiers.h"
#include "app/progress.h"
#include "base/result.h"
#include "nlp/learn/own_model.h"

namespace plumbline {

// A fast model with a shift by the workspace's own labels; it goes before models/fast.bin and the
// built-in one.
inline constexpr const char* kOwnShiftedModel = "/models/own.bin";

struct TrainOwnWish {
  std::string workspace;  // its folder; empty: none, so `labels` is needed
  std::string labels;     // a file of lines "label TAB text"; empty: the labels of the audit
  std::string out;        // the model file
  OwnTraining training;
};

struct TrainedOwn {
  std::string file, base, model;  // model and file are empty where nothing was written
  std::int64_t labels = 0;        // learned from
  std::int64_t skipped = 0;       // lines that could not be read, in a file of labels
  std::int64_t other = 0;         // texts in languages that the fast model does not judge
  OwnComparison comparison;       // the fast tier
  FullComparison full;            // and the full one, for what it reads closer
  bool used = false;              // both are safe
};

// Too few labels: an error of code not_found that says how many there are and are needed. Takes
// seconds, so a run that was stopped begins anew; it is an error of code partial.
Result<TrainedOwn> train_own(const TrainOwnWish& wish, Progress& progress);

// Of the own model in use in a workspace; empty: none is.
Result<std::string> own_model_name(const std::string& workspace);

}  // namespace plumbline
