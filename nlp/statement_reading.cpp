#include "nlp/statement_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace plumbline {
namespace {

// Without signs, handles and links at its edges; a question keeps its mark.
Span without_edges(const FastTokens& tokens, TokenRange sentence, Span span) {
  const auto is_edge = [](const FastToken& token) {
    return token.kind == FastKind::mark || token.kind == FastKind::handle ||
           token.kind == FastKind::link || token.kind == FastKind::symbol;
  };
  std::size_t first = sentence.first, last = sentence.last;
  const auto& all = tokens.tokens;
  while (first < last && (all[first].span.begin < span.begin || is_edge(all[first]))) ++first;
  while (last > first && (all[last - 1].span.end > span.end ||
                          (is_edge(all[last - 1]) && all[last - 1].mark != '?')))
    --last;
  return first < last ? Span{all[first].span.begin, all[last - 1].span.end} : Span{};
}

}  // namespace

void mark_sentence(const StatementText& text, TokenRange sentence, const StatementModel& model,
                   StatementScratch& scratch) {
  statement_rows(text.read.tokens, sentence, text.lang, scratch.tokens);
  model.shares(scratch.tokens, text.mood, scratch.room);
  scratch.words.resize(scratch.tokens.size());
  for (std::size_t t = 0; t < scratch.words.size(); ++t) {
    MarkedWord& word = scratch.words[t];
    word.span = text.read.tokens.tokens[sentence.first + t].span;
    std::memcpy(word.shares.data(), scratch.room.shares.data() + t * kStatementMarks,
                sizeof word.shares);
  }
}

void read_statements(const StatementText& text, const StatementModel& model,
                     StatementScratch& scratch, std::vector<StatementSpan>& out,
                     std::vector<Reason>* why) {
  statement_sentences(text.text.sentences, text.read.tokens, scratch.sentences);
  for (const TokenRange& sentence : scratch.sentences) {
    mark_sentence(text, sentence, model, scratch);
    for (const FoundStatement& found : find_statements(scratch.words, model.borders())) {
      const Span span = without_edges(text.read.tokens, sentence, found.said.span);
      if (span.begin == span.end) continue;
      out.push_back(found.said);
      out.back().span = span;
      if (why != nullptr)
        why->push_back({span, fmt::format("statement {}", name_of(found.said.kind)), found.share});
    }
  }
}

}  // namespace plumbline
