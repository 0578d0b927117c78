#include "nlp/fingerprint.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "base/words.h"
#include "model/fingerprint.h"
#include "nlp/text_marks.h"

namespace plumbline {
namespace {

constexpr std::size_t kBins = 64;
constexpr std::size_t kBands = 6;
constexpr std::size_t kRun = 4;  // words of a band
constexpr std::size_t kLeastWords = 5;
constexpr std::size_t kShort = 8;          // words
constexpr std::size_t kMostFolded = 8192;  // of a very long text the beginning decides

std::uint64_t hash_word(std::string_view word) {
  std::array<char, 48> lower;
  if (word.size() > lower.size() ||
      std::any_of(word.begin(), word.end(), [](char c) { return (c & 0x80) != 0; }))
    return hash64(fold_word(word));
  for (std::size_t i = 0; i < word.size(); ++i)
    lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? static_cast<char>(word[i] | 0x20) : word[i];
  return hash64({lower.data(), word.size()});
}

// Splitmix64's finisher: a cheap random permutation of 64-bit numbers.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

std::uint64_t join(std::uint64_t a, std::uint64_t b) { return mix(a * 0x9E3779B97F4A7C15u + b); }

void words_of(std::string_view text, std::vector<std::uint64_t>& out) {
  thread_local std::vector<Piece> pieces;
  thread_local std::string masked;
  text = blank_marks(text, masked);
  split_words(text, pieces);
  out.clear();
  for (const Piece& piece : pieces) {
    const std::string_view word = text.substr(piece.begin, piece.end - piece.begin);
    if (is_number(word) || (out.empty() && (word == "RT" || word == "rt"))) continue;
    if (out.size() >= kMostFolded) break;
    out.push_back(hash_word(word));
  }
}

std::vector<std::uint32_t> bands_of(const std::vector<std::uint64_t>& words) {
  thread_local std::vector<std::uint32_t> runs;
  runs.clear();
  for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
    std::uint64_t run = words[i];
    for (std::size_t k = 1; k < kRun; ++k) run = join(run, words[i + k]);
    runs.push_back(static_cast<std::uint32_t>(run >> 32));
  }
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  if (runs.size() > kBands) runs.resize(kBands);
  return runs;
}

// What the sketch compares. Short texts are compared by longer runs: "thank you for the help" and
// "thank you for the update" share most of their words and are no copies.
void features_of(const std::vector<std::uint64_t>& words, std::vector<std::uint64_t>& out) {
  const bool is_short = words.size() < kShort;
  if (is_short)
    out.clear();
  else
    out.assign(words.begin(), words.end());
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::uint64_t run = words[i];
    const std::size_t longest = is_short ? kRun : 2;
    for (std::size_t k = 1; k < longest && i + k < words.size(); ++k)
      out.push_back(run = join(run, words[i + k]));
  }
}

std::string sketch_of(const std::vector<std::uint64_t>& words) {
  thread_local std::vector<std::uint64_t> features;
  features_of(words, features);
  std::array<std::uint64_t, kBins> least;
  least.fill(~std::uint64_t{0});
  std::array<bool, kBins> full{};
  std::size_t filled = 0;
  // Five words fill 64 bins within some 60 rounds; the bound only keeps the loop honest.
  for (std::uint64_t round = 1; filled < kBins && round < 4096; ++round) {
    std::array<bool, kBins> fresh{};
    const std::uint64_t seed = round * 0xD6E8FEB86659FD93u;
    for (const std::uint64_t feature : features) {
      const std::uint64_t value = mix(feature ^ seed);
      const std::size_t bin = value >> 58;
      if (full[bin]) continue;
      fresh[bin] = true;
      least[bin] = std::min(least[bin], value & 0x03FFFFFFFFFFFFFFu);
    }
    for (std::size_t bin = 0; bin < kBins; ++bin)
      if (fresh[bin]) {
        full[bin] = true;
        ++filled;
      }
  }
  std::string sketch(kBins, '\0');
  for (std::size_t bin = 0; bin < kBins; ++bin) sketch[bin] = static_cast<char>(least[bin] & 0xFF);
  return sketch;
}

}  // namespace

Fingerprint fingerprint(std::string_view text) {
  thread_local std::vector<std::uint64_t> words;
  words_of(text, words);
  Fingerprint print;
  if (words.empty()) return print;
  print.folded =
      hash64({reinterpret_cast<const char*>(words.data()), words.size() * sizeof(std::uint64_t)});
  if (print.folded == 0) print.folded = 1;
  if (words.size() < kLeastWords) return print;
  print.bands = bands_of(words);
  print.sketch = sketch_of(words);
  return print;
}

double similarity(std::string_view sketch_a, std::string_view sketch_b) {
  return sketch_similarity(sketch_a, sketch_b);
}

}  // namespace plumbline
