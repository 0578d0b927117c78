// What the fast tier sees of a text to find what is praised or blamed in it, and to say which: rows
// of two small tables. Learning (nlp/learn/term_trainer.h) and reading (nlp/term_model.h) read the
// same rows from here.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nlp/fast_features.h"

namespace plumbline {

inline constexpr std::uint32_t kTermRows = 1U << 15;  // of the table that finds terms
inline constexpr std::uint32_t kMoodRows = 1U << 16;  // of the table that says their mood

inline constexpr int kTermTurns = 4;  // words that a negator reaches

// Numbers that speak of the mood of a term beside its rows (nlp/term_sums.h).
inline constexpr std::size_t kMoodSums = 26;
using MoodSums = std::array<float, kMoodSums>;

// `words` below are the notes of fast_features for the tokens.

// The units of every token, one list after the other: unit i of token t lies at ends[t - 1] + i. A
// unit is the row of the word, of its endings, of its shape and surroundings, of it with the next
// word; it speaks of the token itself and of two on each side.
struct TermUnits {
  std::vector<std::uint32_t> rows, ends;
  std::span<const std::uint32_t> of(std::size_t token) const {
    const std::size_t begin = token == 0 ? 0 : ends[token - 1];
    return {rows.data() + begin, ends[token] - begin};
  }
};
void term_units(std::string_view text, const FastTokens& tokens, const std::vector<FastNote>& words,
                TermUnits& out);

// Tokens [first, last).
struct TokenRange {
  std::size_t first = 0, last = 0;
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

// Its sentence: between full stops, question and exclamation marks. Its clause: between signs and
// contrast words.
TokenRange sentence_of(const FastTokens& tokens, TokenRange term);
TokenRange clause_of(const FastTokens& tokens, const std::vector<FastNote>& words, TokenRange term);

// Rows that speak of the mood of the term `term`: its own words, those near it with side and
// distance, the pairs and triples at its edges, those of its clause and of its sentence, each
// turned where a negator reaches it.
void mood_rows(const FastTokens& tokens, const std::vector<FastNote>& words, TokenRange term,
               std::vector<std::uint32_t>& rows);

}  // namespace plumbline
