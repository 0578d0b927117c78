// Long texts in parts that an encoder can read.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "nlp/text_piece.h"

namespace plumbline {

// The pieces of `text` (a first and a last one that stand for nothing, the others between) in
// windows of at most `most`, each with that first and last piece. A window ends behind a sentence
// where its second half has such an end, else before a word, else anywhere. `most` is above 3.
std::vector<std::vector<TextPiece>> windows_of(std::string_view text, std::vector<TextPiece> pieces,
                                               std::size_t most);

}  // namespace plumbline
