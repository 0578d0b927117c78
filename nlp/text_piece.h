// What a text is cut into before an encoder reads it.
#pragma once

#include <cstdint>

#include "model/analysis.h"

namespace plumbline {

struct TextPiece {
  std::int32_t id = 0;  // row of the vocabulary
  Span span;  // in the text as given; pieces that stand for the same bytes share their span
  bool starts_word = true;
};

}  // namespace plumbline
