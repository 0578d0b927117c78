// Words that people hide from filters: "sh*t", "f***", "h4te", read as they are meant.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace plumbline {

// `word` is folded and holds at least one '*', each for one letter. Where one known word fits, its
// letters replace the stars; else nothing changes.
void read_mask(std::span<char> word);

// Digits that stand for letters ("h4te", "b3st") become letters where each has letters on both
// sides, or where that makes a word people hide ("h4t3"); else nothing changes ("gr8", "mp3"). "@"
// and "!" are read alike.
void read_digits_as_letters(std::span<char> word);

// Bytes of a word that "@", "!" or digits hide, as a whole: "cr@p", "sh!t", "h4t3"; 0 where `text`
// does not begin with one.
std::size_t masked_length(std::string_view text);

}  // namespace plumbline
