// Words that people hide from filters: "sh*t", "f***", "h4te", read as they are meant.
#pragma once

#include <span>

namespace plumbline {

// `word` is folded and holds at least one '*', each for one letter. Where one known word fits, its
// letters replace the stars; else nothing changes.
void read_mask(std::span<char> word);

// Digits that stand for letters ("h4te", "b3st") become letters where each has letters on both
// sides; else nothing changes ("gr8", "mp3").
void read_digits_as_letters(std::span<char> word);

}  // namespace plumbline
