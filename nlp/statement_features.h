// What the fast tier sees of a sentence to find what is stated in it: rows of one table, each with
// the tokens it speaks of. Learning (nlp/learn/statement_trainer.h) and reading
// (nlp/statement_model.h) read the same rows from here.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "nlp/fast_tokens.h"
#include "nlp/model_rows.h"
#include "nlp/term_features.h"

namespace plumbline {

inline constexpr std::uint32_t kStatementRows = 1U << 17;

// One row and the tokens [first, last) it was read from.
struct StatementUnit {
  std::uint32_t row = 0;
  std::uint16_t first = 0, last = 0;  // from the sentence's first token on
};

// The units of the tokens of one sentence: its words, their beginnings and endings, pairs and
// triples of neighbours, pairs with one left out, what it begins and ends with, and the mood of the
// whole text. `lang` keeps languages apart. At most kMostStatementTokens of a sentence are read.
// `rows`: those of the model that sums them next, if any.
inline constexpr std::size_t kMostStatementTokens = 120;
struct StatedSentence {
  TokenRange tokens;
  std::string_view lang;
  Sentiment mood;
};
void statement_units(const FastTokens& tokens, const StatedSentence& sentence,
                     std::vector<StatementUnit>& out, const ModelRow* rows = nullptr);

// Tokens [first, last) of each sentence that has some, in order.
void statement_sentences(const std::vector<Piece>& sentences, const FastTokens& tokens,
                         std::vector<TokenRange>& out);

}  // namespace plumbline
