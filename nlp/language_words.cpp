#include "nlp/language_words.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"
#include "nlp/spelling.h"

namespace plumbline {
namespace {

constexpr std::size_t kShortestListed = 3;     // bytes of a word
constexpr std::size_t kShortestBeginning = 5;  // bytes of a beginning: "absturz*"
// Of each file the words that people write; other fields say what they mean.
constexpr std::string_view kFiles[] = {"words.tsv", "opinions.txt", "things.txt", "themes.txt",
                                       "sayings.txt"};

bool in_word(char c) { return is_letter(c) || is_high(c) || c == '\''; }

}  // namespace

WhenAsked<LanguageWords> LanguageWords::of(const LanguageFolders& folders,
                                           const std::vector<std::string>& codes) {
  std::vector<List> lists;
  std::uint64_t english = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto folder = folders.find(codes[i]);
    if (folder == folders.end()) continue;
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (codes[i] == "en") english = bit;
    for (const std::string_view name : kFiles)
      if (const auto file = folder->second.files.find(std::string(name));
          file != folder->second.files.end())
        lists.push_back({file->first, file->second, bit});
  }
  return WhenAsked<LanguageWords>(
      [lists = std::make_shared<const std::vector<List>>(std::move(lists)), english] {
        return std::optional<LanguageWords>(read(*lists, english));
      });
}

LanguageWords LanguageWords::read(const std::vector<List>& lists, std::uint64_t english) {
  LanguageWords out;
  for (const List& list : lists)
    for (const std::string_view line : split(list.content, '\n'))
      if (!line.empty() && line.front() != '#') out.add_line(list, line);
  for (const std::string_view word : split(known_vocabulary(), '\n'))
    if (word.size() >= kShortestListed && is_letter(word.front())) out.words_[word] |= english;
  return out;
}

void LanguageWords::add_line(const List& list, std::string_view line) {
  const auto tab = line.find('\t');
  if (tab == std::string_view::npos) return;
  if (list.file == "words.tsv") return add_words(line.substr(0, tab), list.bit);
  line.remove_prefix(tab + 1);
  add_words(line.substr(0, line.find('\t')), list.bit);
}

void LanguageWords::add_words(std::string_view phrase, std::uint64_t bit) {
  for (std::size_t at = 0; at < phrase.size();) {
    std::size_t end = at;
    while (end < phrase.size() && in_word(phrase[end])) ++end;
    const bool begins = end < phrase.size() && phrase[end] == '*';
    const std::string word = fold_word(phrase.substr(at, end - at));
    if (begins && word.size() >= kShortestBeginning) {
      beginnings_[word] |= bit;
      longest_ = std::max(longest_, word.size());
    }
    if (word.size() >= kShortestListed) words_[word] |= bit;
    at = end + 1;
  }
}

std::uint64_t LanguageWords::languages_of(std::string_view folded) const {
  const std::uint64_t* const found = words_.find(folded);
  std::uint64_t bits = found == nullptr ? 0 : *found;
  const std::size_t most = std::min(folded.size(), longest_ + 1);
  for (std::size_t length = kShortestBeginning; length < most; ++length)
    if (const std::uint64_t* const start = beginnings_.find(folded.substr(0, length)))
      bits |= *start;
  return bits;
}

}  // namespace plumbline
