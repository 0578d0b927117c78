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

class WordCounts {
 public:
  // Counts each plain word of a text once; those of hashtags are left out.
  void add(const FastTokens& text);
  // The words seen in at least `least` texts, with their counts, and the `listed` ones, which are
  // always counted as common enough to be meant; in order of their letters.
  std::vector<CountedWord> common(std::uint32_t least,
                                  const std::vector<std::string>& listed) const;

 private:
  struct Count {
    std::uint32_t texts = 0, last = 0;
  };
  std::unordered_map<std::string, Count> counts_;
  std::uint32_t texts_ = 0;
};

// The words that the sentiment files of English name as a whole; those with a * are left out.
std::vector<std::string> listed_words(const LanguageFolders& folders);

}  // namespace plumbline
