#include "nlp/ratings.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>

#include "base/text.h"
#include "nlp/numbers.h"

namespace plumbline {
namespace {

constexpr double kPraises = 0.8, kBlames = 0.4;  // of the most there is
constexpr std::size_t kStars = 5;
constexpr std::string_view kFull = "★", kEmpty = "☆";

void put(double share, std::size_t begin, std::size_t end, std::vector<Saying>& out) {
  const Span span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  if (share >= kPraises) out.push_back({span, 1});
  if (share <= kBlames) out.push_back({span, -1});
}

// "★★☆☆☆"; where it ends.
std::size_t read_stars(std::string_view text, std::size_t at, std::vector<Saying>& out) {
  std::size_t full = 0, all = 0, end = at;
  for (; text.substr(end).starts_with(kFull); end += kFull.size()) ++full, ++all;
  for (; text.substr(end).starts_with(kEmpty); end += kEmpty.size()) ++all;
  if (all == kStars) put(static_cast<double>(full) / kStars, at, end, out);
  return end;
}

// The last word of a text, small, and the text before it.
std::string last_word(std::string_view& text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  std::size_t begin = text.size();
  while (begin > 0 && (is_letter(text[begin - 1]) || is_high(text[begin - 1]))) --begin;
  const std::string word = ascii_lower(text.substr(begin));
  text = text.substr(0, begin);
  return word;
}

// Words right before that give one: "score", "gave it".
bool is_given(std::string_view before) {
  constexpr std::string_view kGiving[] = {"rating",  "score",      "scored",   "rated", "rate",
                                          "solid",   "overall",    "give",     "gave",  "verdict",
                                          "note",    "nota",       "voto",     "ocena", "cijfer",
                                          "wertung", "gesamtnote", "bewertung"};
  std::string word = last_word(before);
  if (word == "it" || word == "this" || word == "them" || word == "a") word = last_word(before);
  return std::ranges::find(kGiving, word) != std::end(kGiving);
}

// A sentence or a part of one by itself: nothing but signs or a line's end before and behind, or
// words behind that follow one ("10/10 would buy again").
bool stands_alone(std::string_view before, std::string_view behind) {
  constexpr std::string_view kEnds = ".!?;:,\n-";
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  if (!before.empty() && kEnds.find(before.back()) == kEnds.npos) return false;
  if (behind.empty() || kEnds.find(behind.front()) != kEnds.npos) return true;
  while (!behind.empty() && behind.front() == ' ') behind.remove_prefix(1);
  if (behind.empty()) return true;
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"would ", "will ", "stars", "recommend", "from me",
                                              "definitely ", "do not ", "don't "},
      [&](std::string_view word) { return behind.starts_with(word); });
}

// "4.5/5", "10/10"; where it ends, 0 without one.
std::size_t read_share(std::string_view text, std::size_t at, std::vector<Saying>& out) {
  const Number given = number_at(text, at, false);
  std::size_t end = given.end;
  if (end >= text.size() || text[end] != '/' || end + 1 >= text.size() || !is_digit(text[end + 1]))
    return 0;
  const std::size_t digits = digits_at(text, end + 1);
  const double most = value_of(text.substr(end + 1, digits));
  end += 1 + digits;
  const bool ends = end == text.size() || (!is_letter(text[end]) && text[end] != '/' &&
                                           !(end + 1 < text.size() && is_digit(text[end + 1])));
  const bool begins = at == 0 || (!is_letter(text[at - 1]) && !is_digit(text[at - 1]) &&
                                  text[at - 1] != '/' && text[at - 1] != '.');
  const bool fits = (most == 5 || most == 10) && given.value <= most && given.end - at <= 4;
  if (begins && ends && fits &&
      (is_given(text.substr(0, at)) || stands_alone(text.substr(0, at), text.substr(end))))
    put(given.value / most, at, end, out);
  return end;
}

}  // namespace

void find_ratings(std::string_view text, std::vector<Saying>& out) {
  if (text.find('/') == text.npos && text.find(kFull) == text.npos) return;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = 0;
    if (is_digit(text[at])) {
      end = read_share(text, at, out);
      if (end == 0) end = at + digits_at(text, at);
    } else if (text.substr(at).starts_with(kFull) || text.substr(at).starts_with(kEmpty)) {
      end = read_stars(text, at, out);
    }
    at = std::max(end, at + 1);
  }
}

}  // namespace plumbline
