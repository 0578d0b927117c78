// Statements as the full tier finds them: what its encoder says of each word of a text, and the
// stretches of words that state something.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace plumbline {

// What each piece of a text may be part of: a statement of a kind, one that is another's, one of
// something past or to come, one that is denied or holds only under a condition.
enum StatementMark : std::uint8_t {
  other_mark = kStatementKinds,  // before it the kinds, in the order of StatementKind
  past_mark,
  future_mark,
  unreal_mark
};
inline constexpr std::size_t kStatementMarks = kStatementKinds + 4;

// A word of a text and how likely, from 0 to 1, it is part of what.
struct MarkedWord {
  Span span;
  std::array<float, kStatementMarks> shares{};
};

using MarkedWords = std::vector<MarkedWord>;

// How likely a stretch must be, by kind, to count. In a model's file they stand as twelve numbers.
using StatementBorders = std::array<float, kStatementKinds>;

StatementBorders borders_in(std::string_view said);  // what is no number from 0 to 1: .5
std::string borders_line(const StatementBorders& borders);

// A stretch that states something, whole words, without a topic.
struct FoundStatement {
  StatementSpan said;
  float share = 0;  // how likely, as the mean of its words
};

// Whether two stretches are of the same statement: they share at least half of the shorter.
bool meet(const Span& one, const Span& other);

// By begin. `heard` is what another reader found in the same text, if there is one: a stretch that
// it found too, of the same kind, needs a smaller share than its border, any other a larger one;
// what it alone found counts where the words are not sure that it is none
// (docs/design/statements.md says how much).
std::vector<FoundStatement> find_statements(const MarkedWords& words,
                                            const StatementBorders& borders);
std::vector<FoundStatement> find_statements(const MarkedWords& words,
                                            const StatementBorders& borders,
                                            const std::vector<StatementSpan>& heard);

}  // namespace plumbline
