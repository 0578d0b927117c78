// The walk over a text that every way of cutting pieces begins with: links and handles become one
// fixed word each, so that another one never changes an answer, and hashtags are split at their
// capitals, low lines and digits.
#pragma once

#include <unicode/uchar.h>

#include <cstdint>
#include <string_view>

#include "model/analysis.h"

namespace plumbline {

struct Character {
  UChar32 code = 0;  // -1 at the end of the text, U+FFFD for bytes that are no UTF-8
  std::uint32_t begin = 0, end = 0;
};

Character character_at(std::string_view text, std::size_t at);

// Joiners, selectors, skin tones, controls and what has no meaning.
bool is_unseen(UChar32 c);

// Of letters, digits, low lines and what is set above letters.
bool in_name(UChar32 c);

// Bytes of a link that begins at `at`, or 0.
std::size_t link_length(std::string_view text, std::size_t at);

// Bytes of the name from `at` on; none begins with what is set above letters.
std::size_t name_length(std::string_view text, std::size_t at);

// True between two characters of a hashtag that belong to two words: "NeverAgain", "iphone15".
bool splits_hashtag(UChar32 last, UChar32 next);

// `sink` wants: full() (true ends the walk), link(span), handle(span), end_word(),
// tag_letter(character) and character(character). It is told of everything in text order.
template <class Sink>
class TextWalk {
 public:
  TextWalk(std::string_view text, Sink& sink) : text_(text), sink_(sink) {}

  void run() {
    bool after_name = false;
    for (std::size_t at = 0; at < text_.size() && !sink_.full();) {
      const std::size_t end = special(at, after_name);
      if (end != at) {
        at = end;
        after_name = true;
        continue;
      }
      const Character c = character_at(text_, at);
      at = c.end;
      after_name = in_name(c.code);
      sink_.character(c);
    }
    sink_.end_word();
  }

 private:
  static Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  void hashtag(std::size_t begin, std::size_t end) {
    sink_.end_word();
    UChar32 last = 0;
    for (std::size_t at = begin; at < end && !sink_.full();) {
      const Character c = character_at(text_, at);
      at = c.end;
      if (c.code == '_' || splits_hashtag(last, c.code)) sink_.end_word();
      if (c.code != '_') sink_.tag_letter(c);
      last = c.code;
    }
    sink_.end_word();
  }

  // What begins at `at` and is no plain letter: returns where it ends, or `at` where nothing does.
  std::size_t special(std::size_t at, bool after_name) {
    const char c = text_[at];
    if (!after_name && (c == 'h' || c == 'w')) {
      const std::size_t length = link_length(text_, at);
      if (length > 0) sink_.link(span(at, at + length));
      return at + length;
    }
    if (c != '@' && c != '#') return at;
    const std::size_t length = name_length(text_, at + 1);
    if (length == 0) return at;
    const std::size_t end = at + 1 + length;
    if (c == '#') {
      hashtag(at + 1, end);
      return end;
    }
    if (after_name) return at;
    sink_.handle(span(at, end));
    return end;
  }

  std::string_view text_;
  Sink& sink_;
};

}  // namespace plumbline
