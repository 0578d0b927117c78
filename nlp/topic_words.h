// Texts as lists of content words, ready for counting.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace plumbline {

using WordId = std::uint32_t;

// Content words of a text in their order. A word number of kGap stands where something was left
// out between two words, so that only true neighbours make a phrase.
inline constexpr WordId kGap = ~WordId{0};
using WordList = std::vector<WordId>;

// Stop words, numbers, links, handles, single letters and the names to leave out are no content
// words. Plurals count as their singular; the spelling met most often is the one that is shown.
class TopicVocabulary {
 public:
  explicit TopicVocabulary(const std::vector<std::string>& leave_out);

  // Words of a text to learn from; new ones get a number.
  WordList learn(std::string_view text, std::string_view lang);
  // Drops words of fewer than `least` texts or more than `most_share` of them. To be called once,
  // after learning; `lists` are renumbered.
  void prune(std::size_t least, double most_share, std::vector<WordList>& lists);
  // Words of a text by what was learned. `any` says whether it holds a content word, known or not.
  WordList look_up(std::string_view text, std::string_view lang, bool& any) const;

  std::size_t size() const { return spellings_.size(); }
  std::string spelling(WordId id) const;

 private:
  template <class Found>
  void each_word(std::string_view text, std::string_view lang, const Found& found) const;

  std::unordered_set<std::string> leave_out_;
  std::unordered_map<std::string, WordId> ids_;  // by singular
  std::vector<std::unordered_map<std::string, int>> spellings_;
};

}  // namespace plumbline
