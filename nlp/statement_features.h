// What the fast tier sees of a sentence to find what is stated in it: for each token some rows of
// one table. Learning (nlp/learn/statement_trainer.h) and reading (nlp/statement_model.h) read the
// same rows from here.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "nlp/fast_tokens.h"
#include "nlp/term_features.h"

namespace plumbline {

inline constexpr std::uint32_t kStatementRows = 1U << 16;
inline constexpr std::size_t kMostStatementTokens = 120;  // of one sentence

// The rows of one token: the word, its beginnings of four and six bytes and its ending of three.
struct StatementToken {
  std::array<std::uint32_t, 4> rows{};
  std::size_t count = 0;

  std::span<const std::uint32_t> used() const { return {rows.data(), count}; }
};

// Those of the tokens of one sentence, kMostStatementTokens at most. `lang` keeps languages apart.
void statement_rows(const FastTokens& tokens, TokenRange sentence, std::string_view lang,
                    std::vector<StatementToken>& out);

// Tokens [first, last) of each sentence that has some, in order.
void statement_sentences(const std::vector<Piece>& sentences, const FastTokens& tokens,
                         std::vector<TokenRange>& out);

}  // namespace plumbline
