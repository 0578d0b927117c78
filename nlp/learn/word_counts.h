// Which words the texts learned from hold often enough to be words and not slips.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nlp/fast_words.h"
#include "nlp/language_files.h"

namespace plumbline {

// A word seen in fewer texts than this may be a slip.
inline constexpr std::uint32_t kLeastTextsOfWord = 6;

// Words that are known whatever the texts hold.
struct ListedWords {
  std::vector<std::string> meant;  // always counted as common enough to be meant
  std::vector<std::string> known;  // never meant, where the texts do not say otherwise
};

class WordCounts {
 public:
  // Counts each plain word of a text once; those of hashtags are left out.
  void add(const FastTokens& text);
  // The words seen in at least `least` texts, with their counts, and the listed ones; in order of
  // their letters.
  std::vector<CountedWord> common(std::uint32_t least, const ListedWords& listed) const;

 private:
  struct Count {
    std::uint32_t texts = 0, last = 0;
  };
  std::unordered_map<std::string, Count> counts_;
  std::uint32_t texts_ = 0;
};

// The words that the sentiment files of English name as a whole; those with a * are left out.
std::vector<std::string> listed_words(const LanguageFolders& folders);

// The whole words among the pieces of an encoder (one a line): those that a language has, also such
// as the texts hardly hold.
std::vector<std::string> whole_words(std::string_view vocabulary);

}  // namespace plumbline
