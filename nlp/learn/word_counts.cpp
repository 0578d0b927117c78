#include "nlp/learn/word_counts.h"

#include <algorithm>

#include "base/text.h"

namespace plumbline {

void WordCounts::add(const FastTokens& text) {
  ++texts_;
  std::string word;
  for (const FastToken& token : text.tokens) {
    if (token.kind != FastKind::word || token.tagged || token.wide ||
        token.length < kShortestMeant || token.length > kLongestMeant)
      continue;
    word = text.folded(token);
    Count& count = counts_[word];
    if (count.last == texts_) continue;
    count.last = texts_;
    ++count.texts;
  }
}

std::vector<CountedWord> WordCounts::common(std::uint32_t least, const ListedWords& listed) const {
  std::vector<CountedWord> out;
  for (const auto& [word, count] : counts_)
    if (count.texts >= least) out.emplace_back(word, count.texts);
  for (const std::string& word : listed.known) {
    const auto found = counts_.find(word);
    if (found == counts_.end() || found->second.texts < least) out.emplace_back(word, 1);
  }
  for (const std::string& word : listed.meant) {
    const auto found = counts_.find(word);
    if (found == counts_.end() || found->second.texts < kLeastTextsOfMeant)
      out.emplace_back(word, kLeastTextsOfMeant);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

namespace {

bool is_plain(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::vector<std::string> whole_words(std::string_view vocabulary) {
  std::vector<std::string> out;
  for (const std::string_view word : split(vocabulary, '\n'))
    if (word.size() >= kShortestMeant && is_plain(word)) out.emplace_back(word);
  return out;
}

std::vector<std::string> listed_words(const LanguageFolders& folders) {
  std::vector<std::string> out;
  const auto english = folders.find("en");
  if (english == folders.end()) return out;
  for (const auto& [name, content] : english->second.files) {
    if (!is_sentiment_file(name) || name == "about.txt") continue;
    for (const std::string_view line : split(content, '\n')) {
      if (line.starts_with('#')) continue;
      const std::string_view word = trim(line.substr(0, line.find('\t')));
      if (is_plain(word)) out.emplace_back(word);
    }
  }
  return out;
}

}  // namespace plumbline
