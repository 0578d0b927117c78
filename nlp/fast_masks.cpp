#include "nlp/fast_masks.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace plumbline {
namespace {

// The first that fits wins, so the commoner of two stands first.
constexpr std::string_view kMasked[] = {
    "shit",    "shitty", "shits",    "bullshit", "fuck",    "fucking", "fuckin", "fucked",
    "fucks",   "fucker", "bitch",    "bitches",  "ass",     "asshole", "damn",   "dick",
    "dicks",   "crap",   "crappy",   "cunt",     "bastard", "whore",   "slut",   "hell",
    "goddamn", "pussy",  "bollocks", "sucks",    "hate",    "merde",   "putain", "scheiße",
    "mierda",  "puta",   "cazzo",    "merda",    "caralho", "porra"};

bool fits(std::span<const char> word, std::string_view known) {
  if (word.size() != known.size()) return false;
  for (std::size_t i = 0; i < known.size(); ++i)
    if (word[i] != '*' && word[i] != known[i]) return false;
  return true;
}

char letter_of(char digit) {
  switch (digit) {
    case '0': return 'o';
    case '1': return 'i';
    case '3': return 'e';
    case '4': return 'a';
    case '5': return 's';
    case '7': return 't';
    default: return 0;
  }
}

bool is_small(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

void read_mask(std::span<char> word) {
  for (const std::string_view known : kMasked) {
    if (!fits(word, known)) continue;
    std::copy(known.begin(), known.end(), word.begin());
    return;
  }
}

void read_digits_as_letters(std::span<char> word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!is_digit(word[i])) continue;
    if (letter_of(word[i]) == 0 || i == 0 || i + 1 == word.size()) return;
    if (!is_small(word[i - 1]) || (!is_small(word[i + 1]) && !is_digit(word[i + 1]))) {
      if (!is_digit(word[i - 1])) return;
    }
  }
  for (char& c : word)
    if (is_digit(c)) c = letter_of(c);
}

}  // namespace plumbline
