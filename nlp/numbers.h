// Numbers in digits, however thousands and fractions are parted.
#pragma once

#include <cstddef>
#include <string_view>

namespace plumbline {

// A number of a text: its bytes and its value.
struct Number {
  std::size_t begin = 0, end = 0;
  double value = 0;
};

// The number that begins at `begin` with an ASCII digit; `blanks`: thousands may be parted by
// blanks.
Number number_at(std::string_view text, std::size_t begin, bool blanks);

// The value of digits; what else stands in `whole` is passed over.
double value_of(std::string_view whole, std::string_view fraction = {});

// How many ASCII digits stand at `at`.
std::size_t digits_at(std::string_view text, std::size_t at);

// Bytes of the blank that `text` begins or ends with, 0 without one: space, no-break space, narrow
// ones.
std::size_t blank_at(std::string_view text);
std::size_t blank_before(std::string_view text);

}  // namespace plumbline
