#include "nlp/own_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kSignatureLines = 12;  // a longer rest is no signature
constexpr std::size_t kLongestIntroduction = 400;

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

bool is_quote(std::string_view line) {
  line = trim(line);
  return line.starts_with('>');
}

bool introduces(std::string_view line) {
  constexpr std::string_view kVerbs[] = {"wrote",   "writes",  "said",     "schrieb", "crit",
                                         "escribi", "scritto", "escreveu", "schreef", "napisa"};
  line = trim(line);
  if (!line.ends_with(':') || line.size() > kLongestIntroduction) return false;
  const std::string lower = ascii_lower(line);
  return std::ranges::any_of(kVerbs, [&](std::string_view verb) { return contains(lower, verb); });
}

bool is_device_line(std::string_view line) {
  constexpr std::string_view kBegins[] = {
      "sent from my ",         "get outlook for ",  "von meinem ", "gesendet von mein",
      "envoy\xC3\xA9 de mon ", "enviado desde mi ", "inviato da "};
  constexpr std::size_t kLongest = 80;
  const std::string lower = ascii_lower(trim(line));
  return lower.size() < kLongest && std::ranges::any_of(kBegins, [&](std::string_view begin) {
           return lower.starts_with(begin);
         });
}

}  // namespace

bool holds_others_words(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return false;
  std::string_view last;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view words = trim(text.substr(begin, end - begin));
    if (words.starts_with('>') || words == "--") return true;
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
    if (!is_quote(words(i))) continue;
    blank(i);
    std::size_t above = i;
    while (above > 0 && trim(words(above - 1)).empty()) --above;
    if (above > 0 && introduces(words(above - 1))) blank(above - 1);
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
