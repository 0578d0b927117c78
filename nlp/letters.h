// Letters of any script at a place of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plumbline {

// The character that begins at byte `at` (below 0 where the bytes are none), and `at` moved behind
// it.
std::int32_t next_point(std::string_view text, std::size_t& at);

// A letter, digit or what is set above one: what a word goes on with.
bool letter_at(std::string_view text);
bool letter_before(std::string_view text, std::size_t at);

// Bytes of the letters, without digits, that `text` begins with; 0 where they are more than 24.
std::size_t word_length(std::string_view text);

}  // namespace plumbline
