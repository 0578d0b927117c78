// A sentence in the shape that cue patterns are written for: folded words with one blank between
// them, accents and apostrophe styles gone, punctuation reduced to a few signs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nlp/prepared.h"

namespace plumbline {

// The signs: " , " for every clause mark (comma, colon, dash, bracket, quote, emoji), the word
// "dollars" for every currency sign, "percent", and "@" (a handle or link inside the sentence). A
// mark before the first word and after the last is left out. Words that touch each other, as in
// Japanese, stay touching.
struct CueLine {
  struct Place {
    std::uint32_t begin = 0, end = 0;  // in `text`
    bool breaks = false;               // a clause begins with this word
    bool quoted = false;               // inside quotation marks
  };
  std::string text;
  std::vector<Place> places;  // one per word of the sentence
  std::uint32_t first = 0;    // index of its first word in Prepared::words
  bool question = false;      // ends with a question mark

  // Index into `places` of the first word that reaches beyond byte `at` of `text`.
  std::size_t place_at(std::uint32_t at) const;
};

// Words [first, last) of `text`, all of one sentence.
void make_line(const Prepared& text, std::uint32_t first, std::uint32_t last, CueLine& out);

}  // namespace plumbline
