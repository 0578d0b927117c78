// What steers a terminal and is no text: an escape character, "[", parameters and a letter, as
// colours are ("\x1B[1;31m").
#pragma once

#include <cstddef>
#include <string_view>

namespace plumbline {

// The byte behind the control sequence whose escape character ends just before `at`; `at` itself
// where none follows, or one longer than any terminal's.
constexpr std::size_t behind_control_sequence(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 32;
  if (at >= text.size() || text[at] != '[') return at;
  for (std::size_t i = at + 1; i < text.size() && i - at < kLongest; ++i) {
    if (text[i] >= 0x40 && text[i] <= 0x7E) return i + 1;
    if (text[i] < 0x20 || text[i] > 0x3F) break;
  }
  return at;
}

}  // namespace plumbline
