// Text cut into the pieces of a unigram model (Kudo 2018), as encoders of many languages want it:
// of all ways to cut a word into pieces of the vocabulary the likeliest one.
//
// Words are what stands between blanks, with U+2581 before each; letters are in NFKC, their case
// stays. Links become "http", handles "@user", hashtags are split (nlp/text_walk.h); emoji stay
// what they are; joiners, selectors, skin tones and controls are left out. Time is linear in the
// text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/text_piece.h"
#include "nlp/word_table.h"

namespace plumbline {

class UnigramPieces {
 public:
  // One piece per line, its score (the logarithm of how likely it is) behind a tab; the line number
  // is the id. An error if a score is no number, or <s>, </s> or <unk> is missing.
  static Result<UnigramPieces> read(std::string_view vocabulary);

  // <s> pieces </s>, `most` in all: what does not fit is cut off the end. `text` is valid UTF-8.
  // The first and last piece have empty spans, and so has a U+2581 by itself. Characters side by
  // side that no piece holds are one <unk>. A piece starts a word where no letter or digit stands
  // right before it, or one that is written without blanks.
  void cut(std::string_view text, std::size_t most, std::vector<TextPiece>& out) const;

  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::int32_t id = -1;  // -1: no piece, only the beginning of one
    float score = 0;
  };

  void add_piece(std::string_view piece, std::int32_t id, float score);

  struct Words;               // what gathers while a text is walked over, in unigram.cpp
  WordTable<Entry> entries_;  // pieces and whatever begins one
  std::size_t size_ = 0;
  float unknown_score_ = 0;
  std::int32_t start_ = 0, end_ = 0, unknown_ = 0;
};

}  // namespace plumbline
