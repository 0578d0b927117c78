// A text made comparable, with the way back: what is found in the folded text can be shown, or
// stored as a span, in the original.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace plumbline {

// Folding is NFKC with case folding ("ＰＵＭＰ" and "Pump" give "pump"), which also drops what is
// not seen (zero-width joiners, soft hyphens), and then look-alike letters (see below). Folding
// twice gives the same text as folding once.
struct FoldedText {
  std::string text;
  // Where the characters that made each byte of `text` begin and end in the original. Both have one
  // entry per byte. Characters that fold together share one stretch: the two bytes of "ﬁ" both lead
  // to the whole ligature.
  std::vector<std::uint32_t> begins, ends;

  // Bytes of the original behind bytes [begin, end) of `text`, always on character borders; the
  // end of the text for an empty range at the end.
  Span original(std::size_t begin, std::size_t end) const;
};

// `text` must be valid UTF-8.
FoldedText fold_text(std::string_view text);

// Cyrillic and Greek letters that look Latin become Latin ones in words that also hold Latin
// letters: "сhеap" written with a Cyrillic с and е is meant to be read as "cheap". Words of one
// alphabet stay as they are. `folded` is folded already. Changes no length by more than the letters
// it replaces, and keeps letter for letter the order.
std::string fold_lookalikes(std::string_view folded);

}  // namespace plumbline
