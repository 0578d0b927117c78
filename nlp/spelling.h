// Names as people write them: near enough to a brand's name, and no word of their own.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace plumbline {

// One a line: the vocabulary of the built-in full model, with pieces of words (they begin with #).
// Empty where no full model is built in.
std::string_view known_vocabulary();

// Names of so few letters are only taken for misspelled where they are written as names are.
inline constexpr std::size_t kShortName = 5;

// Words that are words, by the vocabulary of the built-in full model: 23,000 of them, English for
// the most part, with common names. Empty where no full model is built in.
class KnownWords {
 public:
  // Keeps only the words that could be taken for one of `names`, so that little is held.
  explicit KnownWords(const std::vector<std::string>& names);
  bool has(std::string_view folded) const { return near_.count(std::string(folded)) > 0; }

 private:
  std::unordered_set<std::string> near_;
};

// Edits (letters put in, left out, put for another, or swapped with a neighbour) that a name of
// this length may be away from its spelling: 0 below four letters, 1 to nine, then 2.
std::size_t edits_allowed(std::size_t letters);

// Whether `word` is `name` with at most so many edits, but is not `name`. Those with two edits keep
// their first letter. A name of four or five letters by itself is only that with two neighbours
// swapped or one letter doubled ("Acem", "Accme"), its first letter in place. Both folded, without
// accents.
bool is_misspelled(std::string_view word, std::string_view name, bool one_of_several);

}  // namespace plumbline
