// Learns the table of a model of statements (nlp/statement_model.h).
//
// Cross entropy of every column by itself, over sentences that people or a teacher marked; whose
// and when only where something is stated. AdaGrad with l2, the model being the mean of the weights
// after each epoch of the later two thirds. One thread; the same data, options and seed give the
// same bytes. Borders are those shares at which the marked sentences that were held back give the
// best F score, where precision counts more than recall (F of `beta` < 1).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "nlp/fast_model.h"
#include "nlp/language_files.h"
#include "nlp/learn/statement_sets.h"
#include "nlp/statement_model.h"

namespace plumbline {

struct StatementTraining {
  std::uint64_t seed = 7;
  int epochs = 15;
  float rate = 0.5F, l2 = 1e-4F;
  float taught = 0.5F;  // what a sentence weighs that a teacher marked; people's weigh 1
  float beta = 0.55F;
};

// One sentence, as the model sees it.
struct StatementExample {
  std::vector<std::uint32_t> rows;
  std::uint16_t marks = 0;  // bits in the order of StatementColumn
  bool taught = false;
};

struct StatementData {
  std::vector<StatementExample> learn, held;
  std::string languages;
  std::uint64_t digest = 0;
  std::int64_t skipped = 0;
};

// `marked` by people, every fifth text held back; `taught` by a better model, all learned from.
StatementData prepare_statements(const std::vector<StatementSentence>& marked,
                                 const std::vector<StatementSentence>& taught,
                                 const FastModel& fast, const Lexicons& lexicons);

// Of the sentences held back: statements of each kind that are there, found, and found rightly.
struct StatementCounts {
  std::int64_t there = 0, found = 0, right = 0;
};
struct LearnedStatements {
  StatementWeights weights;
  std::array<StatementCounts, kStatementColumns> held{};
};

// Learns twice: without the sentences held back, for borders and counts, and with them.
// `go_on` is called after each epoch with the share that is done; when it says false, an error of
// code partial comes back.
Result<LearnedStatements> learn_statements(const StatementData& data,
                                           const StatementTraining& training,
                                           const std::function<bool(double share)>& go_on = {});

}  // namespace plumbline
