// A text cut for the fast model: one pass over its bytes, words folded so that spellings of one
// word meet in one token.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/words.h"
#include "model/analysis.h"

namespace plumbline {

enum class FastKind : std::uint8_t {
  word,
  number,     // any run of digits; all numbers are one token
  handle,     // any @name; all are one token
  link,       // any link or e-mail address, and what archives leave of one ("http"); one token
  symbol,     // an emoji without skin tone, variation selector and joiner, or an emoticon
  ideograph,  // one Han, Hiragana or Katakana character
  mark,       // ! ? , ; : . and dots in a row; ends the reach of a negator
};

struct FastToken {
  Span span;                         // in the text
  std::uint32_t at = 0, length = 0;  // its folded bytes in FastTokens::arena; none for marks
  std::uint64_t hash = 0;            // of the folded bytes
  FastKind kind = FastKind::word;
  bool capitals = false;   // two letters or more, all upper case
  bool stretched = false;  // a letter more than twice in a row; two are kept
  bool wide = false;       // folded bytes beyond ASCII
  bool tagged = false;     // part of a hashtag
  bool read_as = false;    // a mistyped word; the folded bytes are those of the word meant
  char mark = 0;           // of marks: the sign, '~' for dots in a row
  std::uint8_t run = 1;    // of marks: how often in a row, 255 at most
};

// A hashtag: its place without #, and the tokens [first, last) it was split into.
struct FastTag {
  Span span;
  std::uint32_t first = 0, last = 0;
};

// Reuse one object for many texts: it keeps its memory. Each token's bytes in the arena have kEdge
// before and after them, and eight bytes may be read from any of them.
struct FastTokens {
  static constexpr char kEdge = '\x01';
  std::vector<char> arena;
  std::vector<FastToken> tokens;
  std::vector<FastTag> hashtags;

  std::string_view folded(const FastToken& token) const {
    return {arena.data() + token.at, token.length};
  }
};

// `text` is valid UTF-8; `addresses` are its handles and links (nlp/addresses.h). Words are folded
// to lower case, letter runs cut to two; apostrophes stay ("don't"). Hashtags are split where lower
// case turns to upper; masks ("sh*t") and digits for letters ("h4te") are read as meant. The same
// emoji more than twice in a row counts twice. Time is linear in the length of the text.
void split_fast(std::string_view text, std::span<const Piece> addresses, FastTokens& out);

// A 64-bit hash of bytes; `at` must be readable for seven bytes beyond the length.
std::uint64_t fast_hash(const char* at, std::size_t length);

constexpr std::uint64_t fast_mix(std::uint64_t value) {
  value ^= value >> 32;
  value *= 0xD6E8FEB86659FD93ULL;
  value ^= value >> 29;
  return value * 0x9E3779B97F4A7C15ULL;
}

}  // namespace plumbline
