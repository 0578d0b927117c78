// Learning a model of statements from marked sentences and from what a better model found in texts:
// reads them, learns, measures what came out, writes the model. Under a minute for a hundred
// thousand texts, so nothing is kept to go on from.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/train_state.h"
#include "base/result.h"
#include "nlp/learn/statement_trainer.h"

namespace plumbline {

struct TrainStatementsWish {
  std::vector<std::string> statements;  // folders of marked sentences
  std::vector<std::string> teachers;    // files of the same form that a better model marked
  std::string out;                      // the model file
  std::string fast;                     // the fast model to work with; empty: the built-in one
  std::string languages;                // a workspace's own lang/ folder; may be empty
  StatementTraining training;
};

struct TrainedStatements : Trained {
  std::array<StatementCounts, kStatementColumns> held{};
};

// Stopped by the user: an error of code partial.
Result<TrainedStatements> train_statements(const TrainStatementsWish& wish, Progress& progress);

}  // namespace plumbline
