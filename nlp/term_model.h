// The fast tier's finder of terms: which stretches of a text are praised or blamed, and how, from
// two tables of small weights. docs/design/fast-model.md gives the file and the formulas.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/model_rows.h"
#include "nlp/term_features.h"

namespace plumbline {

// What a token is to a term.
enum TermPart : std::size_t { kOutside, kTermBegin, kTermInside };
inline constexpr std::size_t kTermParts = 3;
inline constexpr std::size_t kTermReach = 2;  // tokens on each side that a unit speaks of
inline constexpr std::size_t kTermRoles = 2 * kTermReach + 1;
// Column (d + kTermReach) * kTermParts + part of a unit of token t speaks of token t + d.
inline constexpr std::size_t kTermColumns = kTermRoles * kTermParts;
inline constexpr std::size_t kTermRow = std::tuple_size_v<ModelRow>;
inline constexpr std::size_t kMoodColumns = 3;

using TermScores = std::array<float, kTermParts>;
using MoodScores = std::array<float, kMoodColumns>;

// A learned model with full precision, as training leaves it.
struct TermWeights {
  std::vector<float> terms;                            // kTermRows rows of kTermRow
  std::array<float, kTermParts * kTermParts> steps{};  // from one part to the next
  std::vector<float> moods;                            // kMoodRows rows of kMoodColumns
  std::array<float, kMoodSums * kMoodColumns> sums{};  // of each number of MoodSums
  MoodScores bias{};
  float border = 0;  // taken from what speaks for no term
  std::uint64_t data_digest = 0;
};

// The bytes of a model file: rows rounded to one byte a weight.
std::string pack_term_model(const TermWeights& weights);

// What one thread works with while it looks for terms; keeps its memory.
struct TermPath {
  std::vector<TermScores> scores;
  std::vector<std::array<std::int16_t, kTermRow>> sums;
  std::vector<std::array<std::uint8_t, kTermParts>> from;
};

class TermModel {
 public:
  // Bytes that are no whole model file of a version known here are an error of code parse that
  // says what is wrong.
  static Result<TermModel> read(std::string_view bytes, const std::string& where);

  // Appends the terms of the likeliest path, in order. `may_hold` tells of each token whether it
  // may be part of a term. Time is linear in the number of tokens.
  void find(const TermUnits& units, const std::vector<char>& may_hold, TermPath& path,
            std::vector<TokenRange>& out) const;
  // The mood of a term by its rows and sums (nlp/term_features.h).
  Sentiment mood(std::span<const std::uint32_t> rows, const MoodSums& sums) const;

  const std::string& name() const { return name_; }  // "terms-" and eight digits of its hash

 private:
  void score(const TermUnits& units, const std::vector<char>& may_hold, TermPath& path) const;

  ModelRows terms_;
  LargeTable<std::array<std::int8_t, 4>> moods_;
  std::array<float, kTermParts * kTermParts> steps_{};
  std::array<float, kMoodSums * kMoodColumns> sums_{};
  MoodScores bias_{};
  float term_step_ = 1, mood_step_ = 1, border_ = 0;
  std::string name_;
};

}  // namespace plumbline
