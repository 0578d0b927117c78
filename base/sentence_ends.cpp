#include "base/sentence_ends.h"

#include <algorithm>
#include <span>
#include <string>

#include "base/text.h"

namespace plumbline {
namespace {

// What is hardly ever the last word of a sentence. In small letters.
constexpr std::string_view kShortened[] = {
    "approx", "aprox", "bspw", "bzw", "ca",    "dott", "dr",  "dra", "evtl", "excl", "exkl",
    "ggf",    "incl",  "inkl", "max", "mr",    "mrs",  "ms",  "nr",  "prof", "sig",  "sr",
    "sra",    "st",    "str",  "tel", "ungef", "usf",  "vgl", "vs",  "zzgl"};
// Before a German ordinal.
constexpr std::string_view kBeforeOrdinal[] = {"beim", "das", "dem", "den", "der", "des",
                                               "die",  "im",  "vom", "zum", "zur"};
constexpr std::string_view kMonths[] = {"april",       "august",   "dezember", "februar",
                                        "januar",      "juli",     "juni",     "mai",
                                        "m\xC3\xA4rz", "november", "oktober",  "september"};

bool is_any_of(std::span<const std::string_view> list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

bool is_part(char c) { return is_alnum(c) || is_high(c); }

// The word that ends at `end`, and the one that begins at `begin`; longer ones than any in the
// lists are cut.
constexpr std::size_t kLongest = 16;
std::string_view word_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongest && is_part(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}
std::string_view word_behind(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin < kLongest && is_part(text[end])) ++end;
  return text.substr(begin, end - begin);
}

bool is_letter_alone(std::string_view word) { return word.size() == 1 && is_letter(word[0]); }

// "z. B.", "d. h.", "u. a.", "p. ej.": letters with stops, side by side.
bool is_lettered(std::string_view text, std::size_t stop, std::size_t next) {
  const std::string_view following = word_behind(text, next);
  const std::size_t after = next + following.size();
  if (is_letter_alone(following) && after < text.size() && text[after] == '.') return true;
  std::size_t before = stop - 1;  // where the letter stands
  while (before > 0 && text[before - 1] == ' ') --before;
  return before >= 2 && text[before - 1] == '.' && is_letter_alone(word_before(text, before - 1));
}

bool is_ordinal(std::string_view text, std::size_t begin, std::size_t next) {
  if (is_any_of(kMonths, ascii_lower(word_behind(text, next)))) return true;
  std::size_t before = begin;
  while (before > 0 && text[before - 1] == ' ') --before;
  return before < begin && is_any_of(kBeforeOrdinal, ascii_lower(word_before(text, before)));
}

}  // namespace

bool is_inner_stop(std::string_view text, std::size_t stop) {
  const std::string_view word = word_before(text, stop);
  if (word.empty() || word.size() == kLongest) return false;
  std::size_t next = stop + 1;
  while (next < text.size() && text[next] == ' ') ++next;
  if (next == stop + 1 || next == text.size() || !is_part(text[next])) return false;
  if (is_letter_alone(word)) return is_lettered(text, stop, next);
  if (word.size() <= 2 && std::ranges::all_of(word, is_digit))
    return is_ordinal(text, stop - word.size(), next);
  return is_any_of(kShortened, ascii_lower(word));
}

}  // namespace plumbline
