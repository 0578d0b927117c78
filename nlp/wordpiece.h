// Text cut into the pieces that an encoder knows, each with its place in the original.
//
// Words are cut as BERT's uncased models do it (lower case, no accents, every punctuation mark and
// ideograph by itself), then matched against the vocabulary from the left, longest first; "##"
// marks a piece inside a word. Before that the text is made plain in the way the models were
// taught: links become "http", handles "@user", hashtags are split at their capitals, emoji are
// spelled out by their Unicode names, and what is not seen (joiners, selectors, skin tones) is left
// out. So another handle or link never changes an answer (nlp/text_walk.h).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/text_piece.h"
#include "nlp/word_table.h"

namespace plumbline {

class WordPieces {
 public:
  // One entry per line, the line number is the id. An error if [CLS], [SEP] or [UNK] is missing.
  static Result<WordPieces> read(std::string_view vocabulary);

  // [CLS] pieces [SEP], `most` in all: what does not fit is cut off the end. `text` is valid UTF-8.
  // The first and last piece have empty spans.
  void cut(std::string_view text, std::size_t most, std::vector<TextPiece>& out) const;

  std::size_t size() const { return size_; }

 private:
  void add_word(std::string_view word, const std::vector<Span>& spans,
                std::vector<TextPiece>& out) const;

  struct PlainText;  // what gathers while a text is walked over, in wordpiece.cpp
  WordTable<std::int32_t> beginnings_, insides_;
  std::size_t size_ = 0, longest_ = 0;
  std::int32_t start_ = 0, end_ = 0, unknown_ = 0;
};

}  // namespace plumbline
