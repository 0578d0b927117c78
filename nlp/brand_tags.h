// Names inside hashtags: "#AcmeFail", "#boycottacme".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "nlp/language_files.h"

namespace plumbline {

// The words of a hashtag by its capitals, low lines and digits: "ILoveAcme" is three. `tag` lies in
// `text`, without its #.
void split_tag(std::string_view text, Span tag, std::vector<Span>& out);
// The same words, each a blank behind what `out` ends with; how many.
std::size_t append_tag_words(std::string_view text, Span tag, std::string& out);

// Words that may stand beside a name in a hashtag without capitals: the English vocabulary from
// four letters on but for the endings of brands.txt ("ness"), and what words.tsv of any language
// holds. Immutable once loaded.
class TagWords {
 public:
  TagWords() = default;
  explicit TagWords(const LanguageFolders& folders);
  void leave_out(const std::vector<std::string>& endings);  // folded
  // Whether the rest of a hashtag beside a name is a word, or a short word and a word: "ilove".
  bool is_rest(std::string_view folded) const;
  // Of the vocabulary alone.
  bool is_word(std::string_view folded) const;

 private:
  bool is_one(std::string_view folded) const;

  std::vector<std::uint64_t> vocabulary_, judged_, small_, endings_;  // hashes, sorted
};

}  // namespace plumbline
