// A text made ready once for everything that reads it: sentences, words, folded words, each with
// its place in the original.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.h"
#include "model/analysis.h"

namespace plumbline {

struct Word {
  Span span;                   // in Prepared::text
  std::uint32_t sentence = 0;  // index into Prepared::sentences
  std::string_view folded;  // base/words.h fold_word, with ’ as ' ("don’t") and look-alike letters
                            // of other alphabets as Latin ones (nlp/fold.h); points into
                            // Prepared::arena or the text
  bool capitals = false;  // two letters or more, all upper case
  bool stretched =
      false;  // a letter three times or more in a row ("soooo"); `folded` keeps two of them
};

// Views point into `text` and `arena`, so it is moved, never copied. Reuse one object for many
// texts: it keeps its memory.
struct Prepared {
  std::string_view text;
  std::vector<Piece> sentences;
  std::vector<Word> words;
  std::vector<Piece> left_out;  // handles, links and e-mail addresses, in order, disjoint
  std::string arena;

  Prepared() = default;
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
};

// Handles (@name), links and e-mail addresses are not words; a hashtag's word is. `text` must be
// valid UTF-8 and outlive `out`.
void prepare(std::string_view text, Prepared& out);

// The same text with short words that are written together with the next as words of their own:
// "l'Acme", "qu'Acme", "dell'Acme" are two each. False: there are none, `out` is not touched. What
// `text` points into must outlive `out`.
bool part_elisions(const Prepared& text, Prepared& out);

}  // namespace plumbline
