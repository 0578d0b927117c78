// The line format shared by the language files (data/lang/<code>/*.txt) and the folding that makes
// their words meet the words of a text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plumbline {

// A line that says something: its number for error messages and its TAB-separated fields, trimmed.
struct PatternLine {
  int number = 0;  // counted from 1
  std::vector<std::string_view> fields;
};

// Blank lines and lines that begin with '#' are left out. An error if `content` is not UTF-8.
Result<std::vector<PatternLine>> read_lines(const std::string& name, std::string_view content);

// "data file:line: message" as an Error.
Error line_error(const std::string& name, int line, std::string message);

// Latin letters without accents ("ß" becomes "ss", "ł" "l"), Arabic without vowel marks, curly
// apostrophes straight. Everything else is kept, above all the voicing marks of Japanese, which are
// no accents. The answer is `word` itself where nothing changes, else it lies in `scratch`.
std::string_view plain(std::string_view word, std::string& scratch);
std::string plain(std::string_view word);

// True for text with kana, Han or Hangul, whose words are not parted by blanks and are therefore
// looked for inside the running text.
bool is_unspaced(std::string_view text);

}  // namespace plumbline
