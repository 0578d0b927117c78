// Emoji, emoticons and telling punctuation: what a text says outside its words.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/analysis.h"

namespace plumbline {

struct Symbol {
  std::string_view name;  // as in weights.tsv: "😡", ":(", "<exclaim>"; empty: no symbol here
  Span span;
};

// Finds the next symbol at or after `at` and before `end`, and moves `at` behind it. False when
// there is none left. Emoji lose skin tone and variation selector, emoticons their nose and case:
// ":-D" is ":d". The name is valid until the next call by this thread.
bool next_symbol(std::string_view text, std::uint32_t& at, std::uint32_t end, Symbol& out);

// The emoticon at `at`, its plain form in `name` (valid until the next call by this thread) and its
// length; 0 if there is none.
std::uint32_t emoticon_at(std::string_view text, std::uint32_t at, std::uint32_t end,
                          std::string_view& name);

}  // namespace plumbline
