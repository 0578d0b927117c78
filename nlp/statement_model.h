// The fast tier's finder of statements: what a sentence states, whose it is, and when, from one
// table of small weights.
//
// With the units u of a sentence (nlp/statement_features.h), its share of kind k is
//   1 / (1 + exp(-z)),  z = bias_k + (sum over u of row(u)_k) / root,
// root the square root of the number of units. A kind is stated where its share reaches the kind's
// border; it stands where its units speak for it most. The file: "PLBSTAT1", the sizes, the
// languages, step, bias and borders as floats, one byte a weight, and a hash of all that.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/model_rows.h"
#include "nlp/statement_features.h"

namespace plumbline {

// What is said of a sentence: the kinds, then whose, when and whether at all.
enum StatementColumn : std::size_t {
  other_column = kStatementKinds,
  past_column,
  future_column,
  unreal_column,  // something in it is denied, or holds only under a condition
};
inline constexpr std::size_t kStatementColumns = kStatementKinds + 4;
inline constexpr std::size_t kStatementRow = std::tuple_size_v<ModelRow>;

using StatementScores = std::array<float, kStatementColumns>;

// What is compared with the border of a kind: its share, less where something is unreal.
float real_share(const StatementScores& shares, std::size_t kind);

// A learned model with full precision, as training leaves it.
struct StatementWeights {
  std::vector<float> rows;            // kStatementRows rows of kStatementRow
  StatementScores bias{}, borders{};  // a border is a share, 0..1
  std::string languages;              // codes, parted by blanks
  std::uint64_t data_digest = 0;
};

// The bytes of a model file: rows rounded to one byte a weight.
std::string pack_statement_model(const StatementWeights& weights);

class StatementModel {
 public:
  // Bytes that are no whole model file of a version known here are an error of code parse that
  // says what is wrong.
  static Result<StatementModel> read(std::string_view bytes, const std::string& where);

  bool knows(std::string_view lang) const;
  StatementScores shares(std::span<const StatementUnit> units) const;
  float border(std::size_t column) const { return borders_[column]; }
  const ModelRow* rows() const { return rows_.data(); }  // kStatementRows, for statement_units
  // Adds what each unit gives to a column of `shares`' z to the tokens it speaks of, each its part.
  void place(std::span<const StatementUnit> units, std::size_t column,
             std::vector<float>& tokens) const;

  const std::string& name() const { return name_; }  // "statements-" and eight digits of its hash

 private:
  ModelRows rows_;
  StatementScores bias_{}, borders_{};
  float step_ = 1;
  std::string languages_, name_;
};

}  // namespace plumbline
