// HTML's character references, one at a time: the part of normalizing that knows names and numbers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plumbline {

// Longest reference read, from "&" to ";" with both. HTML's own longest name has 33 bytes; the ones
// known here are shorter, and numbers may carry leading zeros.
inline constexpr std::size_t kLongestReference = 32;

// The text that `reference` ("&eacute;", "&#8217;", "&#x2019;") stands for, appended to `out`.
// False, with `out` untouched, for anything else, also for names without the semicolon ("AT&TR" is
// none). Numbers 128..159 mean Windows-1252, as in browsers; 0, surrogates and numbers beyond
// Unicode give U+FFFD; control characters but tab and line feed give nothing.
bool append_reference(std::string_view reference, std::string& out);

}  // namespace plumbline
