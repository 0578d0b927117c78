// A text with the digits of every script as 0 to 9 and the way back, so that "٥٠٠", "५००", "５００"
// and "五百" are read like "500".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "nlp/numerals.h"

namespace plumbline {

// The digit of another script than ASCII's (Arabic-Indic, Persian, those of India, full-width) that
// `text` begins with, -1 where there is none; `length` gets its bytes.
int native_digit(std::string_view text, std::size_t& length);

// `word` with such digits as ASCII ones: itself where it begins with none, else in `scratch`.
std::string_view with_ascii_digits(std::string_view word, std::string& scratch);

// Keeps its memory from text to text.
class DigitText {
 public:
  // False where there is no digit at all. `text` must be valid UTF-8 and outlive this. `numerals`:
  // characters of its language that are read as digits too, if any.
  bool read(std::string_view text, const Numerals* numerals = nullptr);
  // As given, or with ASCII digits, signs of percentage (٪ ％) and what stands between digits (٫ ٬)
  // in their place.
  std::string_view text() const { return text_; }
  // The byte of the text as given that byte `at` of text() stands for; always a character's border
  // where `at` is one.
  std::uint32_t original(std::size_t at) const {
    return changed_ ? places_[at] : static_cast<std::uint32_t>(at);
  }
  Span original(std::size_t begin, std::size_t end) const {
    return {original(begin), original(end)};
  }

 private:
  // A number in characters that stands alone; appends it and tells its bytes, 0 without one.
  std::size_t add_numeral(std::string_view text, std::size_t at, const Numerals& numerals);

  std::string_view text_;
  bool changed_ = false;
  std::string ascii_;
  std::vector<std::uint32_t> places_;  // one per byte of ascii_, and the end
};

}  // namespace plumbline
