// The borders from which a stretch counts as a statement, chosen on sentences that a model did not
// learn from.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "nlp/learn/statement_sets.h"
#include "nlp/marked_words.h"

namespace plumbline {

// `right` of `found` stretches meet one of the `there` that people marked: same kind, at least half
// of the shorter one shared.
struct StatementCount {
  std::int64_t there = 0, found = 0, right = 0;

  double precision() const;
  double recall() const;
};

struct ChosenBorders {
  StatementBorders borders{};
  StatementCount count;  // with these borders, of the same sentences
};

// Says of each sentence how likely its words are part of what.
using SentenceMarker =
    std::function<std::vector<MarkedWords>(std::span<const StatementSentence> sentences)>;

// By kind the border with the best F of kBorderBeta; kinds with few marks lean on all together.
ChosenBorders choose_borders(const SentenceMarker& marker,
                             std::span<const StatementSentence> sentences);

// Below 1, as what is wrongly said weighs more than what is left out.
inline constexpr double kBorderBeta = 0.6;

}  // namespace plumbline
