#include "nlp/own_words.h"

#include <algorithm>
#include <vector>

#include "base/quoted_lines.h"
#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kSignatureLines = 12;  // a longer rest is no signature

struct TextLine {
  std::size_t begin = 0, end = 0;  // without the line feed
};

std::vector<TextLine> lines_of(std::string_view text) {
  std::vector<TextLine> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out.push_back({begin, end});
    begin = end + 1;
  }
  return out;
}

}  // namespace

bool holds_others_words(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return false;
  std::string_view last;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view words = trim(text.substr(begin, end - begin));
    if (is_quoted_line(words) || words == "--") return true;
    if (!words.empty()) last = words;
    begin = end + 1;
  }
  return is_device_line(last);
}

std::string with_own_words(std::string_view text) {
  std::string out(text);
  if (!holds_others_words(text)) return out;
  const std::vector<TextLine> lines = lines_of(text);
  const auto words = [&](std::size_t i) {
    return text.substr(lines[i].begin, lines[i].end - lines[i].begin);
  };
  const auto blank = [&](std::size_t i) {
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(lines[i].begin),
              out.begin() + static_cast<std::ptrdiff_t>(lines[i].end), ' ');
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_quoted_line(words(i))) continue;
    blank(i);
    std::size_t above = i;
    while (above > 0 && trim(words(above - 1)).empty()) --above;
    if (above > 0 && names_a_writer(words(above - 1))) blank(above - 1);
  }
  std::size_t last = lines.size();
  while (last > 0 && trim(words(last - 1)).empty()) --last;
  if (last > 0 && is_device_line(words(last - 1))) blank(last - 1);
  const std::size_t from = last > kSignatureLines ? last - kSignatureLines : 1;
  for (std::size_t i = from; i < last; ++i) {
    if (trim(words(i)) != "--") continue;
    for (std::size_t k = i; k < last; ++k) blank(k);
    break;
  }
  return trim(out).empty() ? std::string(text) : out;
}

}  // namespace plumbline
