// Learns the network of a model of statements (nlp/statement_model.h).
//
// Cross entropy of every mark of every word by itself, over sentences that people or a teacher
// marked; whose and when only where something is stated. Adam (Kingma and Ba 2015), the rate rising
// for a tenth of the steps and then falling to zero; rows of the table move only in steps that hold
// them. A part of the word vectors and of the layers is dropped. One thread; the same data, options
// and seed give the same bytes. Borders are chosen on marked sentences that were held back
// (nlp/learn/statement_borders.h).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "nlp/fast_model.h"
#include "nlp/learn/statement_borders.h"
#include "nlp/learn/statement_sets.h"
#include "nlp/lexicon.h"
#include "nlp/statement_model.h"

namespace plumbline {

struct StatementTraining {
  std::uint64_t seed = 7;
  int epochs = 8;
  std::size_t batch = 32;
  float rate = 4e-3F;
  float dropout = 0.3F;
  float taught = 0.5F;  // what a sentence weighs that a teacher marked; people's weigh 1
};

// One sentence, as the model sees it.
struct StatementExample {
  std::vector<StatementToken> tokens;
  std::vector<std::uint16_t> marks;  // of each token: bits in the order of StatementMark
  float negative = 0, positive = 0;  // the mood of its text
  bool taught = false;
};

struct StatementData {
  std::vector<StatementExample> learn, held;
  std::vector<StatementSentence> held_texts;  // those that `held` came from
  std::string languages;
  std::uint64_t digest = 0;
};

// Reads texts as the fast tier does.
struct StatementReaders {
  const FastModel& fast;
  const std::map<std::string, Lexicon, std::less<>>& lexicons;
};

// `marked` by people, every tenth text held back; `taught` by a better model, all learned from.
StatementData prepare_statements(const std::vector<StatementSentence>& marked,
                                 const std::vector<StatementSentence>& taught,
                                 StatementReaders readers);

struct LearnedStatements {
  StatementWeights weights;
  ChosenBorders held;  // and the counts on the texts held back
};

// Learns twice: without the sentences held back, for borders and counts, and with them.
// `go_on` is called with the share that is done; when it says false, an error of code partial comes
// back.
Result<LearnedStatements> learn_statements(const StatementData& data, StatementReaders readers,
                                           const StatementTraining& training,
                                           const std::function<bool(double share)>& go_on = {});

}  // namespace plumbline
