// The fast tier's finder of statements: a small network over the words of a sentence that says of
// each how likely it is part of a statement of which kind, whose and when (StatementMark in
// nlp/marked_words.h).
//
//   e(t) = the sum of the token's rows of a table          (nlp/statement_features.h)
//   h(t) = max(0, near * [e(t-2) ... e(t+2)] + its bias)
//   c    = whole * [largest h, mean h, how negative and how positive the text is]
//   g(t) = max(0, deep * [h(t-1) h(t) h(t+1)] + its bias + c)
//   share of mark m at t = 1 / (1 + exp(-(out * [g(t) + h(t)] + its bias)_m))
//
// All of it is kStatementWidth wide (convolution over word vectors with a view of the whole, after
// Collobert and others 2011). The file: "PLBSTAT2", the sizes, the languages, the step of the
// table, the layers and borders as floats, one byte a number of the table, and a hash of all that.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/kernels.h"
#include "nlp/marked_words.h"
#include "nlp/statement_features.h"

namespace plumbline {

inline constexpr std::size_t kStatementWidth = 48;
inline constexpr std::size_t kNearReach = 2, kDeepReach = 1;              // words to each side
inline constexpr std::size_t kStatementWhole = 2 * kStatementWidth + 16;  // 2 are moods, 14 zeros

// One layer: weights[input][output] and a bias for each output.
struct StatementLayer {
  std::size_t inner = 0, columns = 0;
  std::vector<float> weights, bias;

  StatementLayer(std::size_t from, std::size_t to)
      : inner(from), columns(to), weights(from * to), bias(to) {}
  DenseLayer view(bool bend) const { return {weights.data(), bias.data(), inner, columns, bend}; }
};

// A learned model with full precision, as training leaves it.
struct StatementWeights {
  std::vector<float> rows;  // kStatementRows rows of kStatementWidth
  StatementLayer near{(2 * kNearReach + 1) * kStatementWidth, kStatementWidth};
  StatementLayer whole{kStatementWhole, kStatementWidth};  // its bias stays 0
  StatementLayer deep{(2 * kDeepReach + 1) * kStatementWidth, kStatementWidth};
  StatementLayer out{kStatementWidth, kStatementMarks};
  StatementBorders borders{};
  std::string languages;  // codes, parted by blanks
  std::uint64_t data_digest = 0;
};

// The bytes of a model file: the table rounded to one byte a number.
std::string pack_statement_model(const StatementWeights& weights);

// What one thread works with; keeps its memory.
struct StatementRoom {
  std::vector<float> words, near, deep, whole, shares;
};

class StatementModel {
 public:
  // Bytes that are no whole model file of a version known here are an error of code parse that
  // says what is wrong.
  static Result<StatementModel> read(std::string_view bytes, const std::string& where);

  bool knows(std::string_view lang) const;
  // The shares of the tokens of one sentence in room.shares, kStatementMarks for each.
  void shares(std::span<const StatementToken> sentence, const Sentiment& mood,
              StatementRoom& room) const;
  const StatementBorders& borders() const { return layers_.borders; }

  const std::string& name() const { return name_; }  // "statements-" and eight digits of its hash

 private:
  std::vector<std::int8_t> rows_;
  StatementWeights layers_;  // but for its rows
  float step_ = 1;
  std::string name_;
};

}  // namespace plumbline
