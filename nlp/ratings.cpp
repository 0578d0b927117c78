#include "nlp/ratings.h"

#include <algorithm>

#include "base/text.h"
#include "nlp/numbers.h"

namespace plumbline {
namespace {

constexpr double kPraises = 0.8, kBlames = 0.4;  // of the most there is
constexpr std::size_t kFewestStars = 3;
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
  if (all == 5 || (full == all && all >= kFewestStars))
    put(static_cast<double>(full) / 5.0, at, end, out);
  return end;
}

// Words behind it that make a share or a count of it.
bool counts_something(std::string_view rest) {
  const std::size_t blank = blank_at(rest);
  if (blank == 0) return false;
  rest.remove_prefix(blank);
  std::size_t length = 0;
  while (length < rest.size() && is_letter(rest[length])) ++length;
  const std::string word = ascii_lower(rest.substr(0, length));
  for (const std::string_view each :
       {"of", "people", "times", "customers", "users", "dentists", "der", "aller", "leute", "des",
        "de", "personas", "veces", "fois", "volte", "persone", "vezes", "pessoas", "keer"})
    if (word == each) return true;
  return false;
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
  if (begins && ends && fits && !counts_something(text.substr(end)))
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
