#include "nlp/brand_tags.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/words.h"
#include "nlp/pattern_file.h"
#include "nlp/spelling.h"
#include "nlp/text_walk.h"

namespace plumbline {
namespace {

constexpr std::size_t kShortestTagWord = 4;   // in English words of words.tsv may have 3
constexpr std::size_t kLongestSmallWord = 4;  // "i", "we", "why"

void sort_once(std::vector<std::uint64_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

bool holds(const std::vector<std::uint64_t>& hashes, std::string_view word) {
  return std::binary_search(hashes.begin(), hashes.end(), hash64(word));
}

}  // namespace

void split_tag(std::string_view text, Span tag, std::vector<Span>& out) {
  out.clear();
  UChar32 last = 0;
  std::uint32_t begin = tag.begin;
  for (std::uint32_t at = tag.begin; at < tag.end;) {
    const Character c = character_at(text, at);
    if (c.code == '_' || splits_hashtag(last, c.code)) {
      if (begin < at) out.push_back({begin, at});
      begin = c.code == '_' ? c.end : at;
    }
    last = c.code;
    at = c.end;
  }
  if (begin < tag.end) out.push_back({begin, tag.end});
}

std::size_t append_tag_words(std::string_view text, Span tag, std::string& out) {
  thread_local std::vector<Span> parts;
  split_tag(text, tag, parts);
  for (const Span& part : parts) {
    if (!out.empty() && out.back() != ' ') out += ' ';
    out.append(text.substr(part.begin, part.end - part.begin));
  }
  return parts.size();
}

TagWords::TagWords(const LanguageFolders& folders) {
  for (std::string_view word : split(known_vocabulary(), '\n'))
    if (word.size() >= kShortestTagWord && is_letter(word.front()))
      vocabulary_.push_back(hash64(word));
  for (const auto& [code, folder] : folders) {
    const bool english = code == "en";
    if (const auto file = folder.files.find("words.tsv"); file != folder.files.end())
      for (std::string_view line : split(file->second, '\n')) {
        const std::string_view word = line.substr(0, line.find('\t'));
        if (word.empty() || word.front() == '#' || word.find(' ') != std::string_view::npos ||
            word.size() < (english ? kShortestTagWord - 1 : kShortestTagWord))
          continue;
        judged_.push_back(hash64(plain(fold_word(word))));
      }
    const auto stop = folder.files.find("stop.txt");
    if (!english || stop == folder.files.end()) continue;
    for (std::string_view line : split(stop->second, '\n'))
      for (std::string_view word : split(line, ' '))
        if (!word.empty() && word.size() <= kLongestSmallWord) small_.push_back(hash64(word));
  }
  sort_once(vocabulary_);
  sort_once(judged_);
  sort_once(small_);
}

void TagWords::leave_out(const std::vector<std::string>& endings) {
  for (const std::string& ending : endings) endings_.push_back(hash64(ending));
  sort_once(endings_);
}

bool TagWords::is_word(std::string_view folded) const { return holds(vocabulary_, folded); }

bool TagWords::is_one(std::string_view folded) const {
  return holds(judged_, folded) || (is_word(folded) && !holds(endings_, folded));
}

bool TagWords::is_rest(std::string_view folded) const {
  if (is_one(folded)) return true;
  for (std::size_t cut = 1; cut <= kLongestSmallWord && cut + kShortestTagWord <= folded.size();
       ++cut)
    if (holds(small_, folded.substr(0, cut)) && is_one(folded.substr(cut))) return true;
  return false;
}

}  // namespace plumbline
