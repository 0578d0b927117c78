#include "nlp/pattern_file.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace plumbline {
namespace {

// U+00C0..U+017F without their marks; "" keeps the letter as it is.
constexpr std::array<std::string_view, 192> kLatin = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "",  "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "",  "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s"};

// A vowel mark of Arabic or the stroke that only lengthens a word, two bytes at text[i].
bool is_arabic_mark(std::string_view text, std::size_t i) {
  if (text.substr(i, 1) != "\xD9" || i + 1 >= text.size()) return false;
  const auto second = static_cast<unsigned char>(text[i + 1]);
  return second == 0x80 || second == 0xB0 || (second >= 0x8B && second <= 0x92);
}

void append_plain(std::string_view word, std::string& out) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    auto lead = static_cast<unsigned char>(word[i]);
    if (lead >= 0xC3 && lead <= 0xC5 && i + 1 < word.size()) {
      std::size_t code = static_cast<std::size_t>((lead & 0x1F) << 6) |
                         (static_cast<unsigned char>(word[i + 1]) & 0x3FU);
      if (!kLatin[code - 0xC0].empty()) {
        out += kLatin[code - 0xC0];
        ++i;
        continue;
      }
    }
    if (is_arabic_mark(word, i)) {
      ++i;
      continue;
    }
    std::string_view three = word.substr(i, 3);
    if (three == "\u2019" || three == "\u2018") {
      out += '\'';
      i += 2;
      continue;
    }
    out += word[i];
  }
}

}  // namespace

Result<std::vector<PatternLine>> read_lines(const std::string& name, std::string_view content) {
  if (content.substr(0, 3) == "\xEF\xBB\xBF") content.remove_prefix(3);
  std::vector<PatternLine> lines;
  int number = 0;
  for (std::string_view line : split(content, '\n')) {
    ++number;
    if (!is_utf8(line)) return tl::unexpected(line_error(name, number, "not valid UTF-8"));
    std::string_view trimmed = trim(line);
    if (trimmed.empty() || trimmed.front() == '#') continue;
    PatternLine& entry = lines.emplace_back();
    entry.number = number;
    for (std::string_view field : split(trimmed, '\t')) {
      field = trim(field);
      if (!field.empty()) entry.fields.push_back(field);  // several TABs in a row line up columns
    }
  }
  return lines;
}

Error line_error(const std::string& name, int line, std::string message) {
  return Error{ErrorCode::invalid, std::move(message), name + ":" + std::to_string(line)};
}

std::string_view plain(std::string_view word, std::string& scratch) {
  if (is_ascii(word)) return word;
  scratch.clear();
  append_plain(word, scratch);
  return scratch.empty() ? word : std::string_view(scratch);
}

std::string plain(std::string_view word) {
  std::string out;
  append_plain(word, out);
  return out.empty() ? std::string(word) : out;
}

bool is_unspaced(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    auto lead = static_cast<unsigned char>(text[i]);
    if (lead == 0xE3 && static_cast<unsigned char>(text[i + 1]) >= 0x81) return true;  // kana
    if (lead >= 0xE4 && lead <= 0xED) return true;  // Han, Hangul
  }
  return false;
}

}  // namespace plumbline
