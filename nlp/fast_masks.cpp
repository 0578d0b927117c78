#include "nlp/fast_masks.h"

#include <algorithm>
#include <iterator>
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
    case '@': return 'a';
    case '!': return 'i';
    default: return 0;
  }
}

bool is_small(char c) { return c >= 'a' && c <= 'z'; }

char plain_letter(char c) {
  if (is_letter(c)) return static_cast<char>(c | 0x20);
  return letter_of(c);
}

// The hidden word that these letters are, if they are one.
const std::string_view* hidden_word(std::span<const char> word) {
  const auto* const found = std::ranges::find_if(kMasked, [&](std::string_view known) {
    return std::ranges::equal(known, word, {}, {}, plain_letter);
  });
  return found == std::end(kMasked) ? nullptr : found;
}

}  // namespace

void read_mask(std::span<char> word) {
  for (const std::string_view known : kMasked) {
    if (!fits(word, known)) continue;
    std::copy(known.begin(), known.end(), word.begin());
    return;
  }
}

std::size_t masked_length(std::string_view text) {
  constexpr std::size_t kLongestMasked = 10;
  std::size_t length = 0, signs = 0;
  while (length < text.size() && length <= kLongestMasked && plain_letter(text[length]) != 0)
    signs += is_letter(text[length++]) ? 0 : 1;
  // A sign behind the word is one.
  while (length > 0 && text[length - 1] == '!') --length, --signs;
  if (signs == 0 || length > kLongestMasked || signs * 2 > length) return 0;
  return hidden_word({text.data(), length}) == nullptr ? 0 : length;
}

void read_digits_as_letters(std::span<char> word) {
  if (const std::string_view* const hidden = hidden_word(word)) {
    std::ranges::copy(*hidden, word.begin());
    return;
  }
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
