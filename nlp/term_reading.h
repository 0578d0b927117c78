// Finds what is praised or blamed in a text by the fast tier's own means, and says how.
#pragma once

#include <string_view>
#include <vector>

#include "nlp/aspects.h"
#include "nlp/fast_reading.h"
#include "nlp/term_model.h"
#include "nlp/term_sums.h"

namespace plumbline {

// What one thread works with; overwritten by each text, keeps its memory.
struct TermScratch {
  TermUnits units;
  std::vector<char> may_hold;
  TermPath path;
  std::vector<TokenRange> ranges;
  std::vector<std::uint32_t> rows;
};

// What both models and the word list of the text's language are.
struct TermModels {
  const FastModel& fast;
  const TermModel& terms;
  const Lexicon& lexicon;
};

// Appends the terms of an English text in text order; `read` is what read_fast and
// FastModel::answer left of it. A term is never a handle, a link, a sign, a pronoun or another word
// that names nothing.
void read_terms(std::string_view text, const FastScratch& read, const TermModels& models,
                TermScratch& scratch, std::vector<FoundTerm>& out);

// The mood of the stretch `span`, found or not; neutral where it holds no token.
Sentiment mood_of_span(const FastScratch& read, const TermModels& models, Span span,
                       TermScratch& scratch);

// The tokens that a stretch of bytes touches; empty where it touches none.
TokenRange tokens_in(const FastTokens& tokens, Span span);

}  // namespace plumbline
