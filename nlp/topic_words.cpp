#include "nlp/topic_words.h"

#include <algorithm>

#include "base/content_words.h"
#include "base/text.h"
#include "base/words.h"
#include "nlp/text_marks.h"

namespace plumbline {

TopicVocabulary::TopicVocabulary(const std::vector<std::string>& leave_out) {
  for (const std::string& name : leave_out) {
    std::vector<Piece> pieces;
    const std::string clean = clean_utf8(name);
    split_words(clean, pieces);
    std::string whole;
    for (const Piece& piece : pieces) {
      const std::string word =
          fold_word(std::string_view(clean).substr(piece.begin, piece.end - piece.begin));
      leave_out_.insert(english_singular(word));
      whole += word;
    }
    leave_out_.insert(english_singular(whole));  // "#acmepumps"
  }
}

// Calls found(singular, spelling) for each content word and found("", "") for what lies between.
template <class Found>
void TopicVocabulary::each_word(std::string_view text, std::string_view lang,
                                const Found& found) const {
  thread_local std::vector<Piece> pieces;
  thread_local std::string buffer;
  text = blank_marks(text, buffer);
  split_words(text, pieces);
  const auto& stops = stop_words(lang);
  for (const Piece& piece : pieces) {
    const std::string folded = fold_word(text.substr(piece.begin, piece.end - piece.begin));
    const std::string_view word = without_possessive(folded);
    if (!is_content_word(word) || stops.count(stop_form(folded)) > 0 ||
        (word.size() < folded.size() && stops.count(stop_form(word)) > 0)) {
      found(std::string(), std::string_view());
      continue;
    }
    std::string base = english_singular(word);
    if (leave_out_.count(base) > 0) base.clear();
    found(base, word);
  }
}

WordList TopicVocabulary::learn(std::string_view text, std::string_view lang) {
  WordList list;
  each_word(text, lang, [&](const std::string& base, std::string_view spelling) {
    if (base.empty()) {
      if (!list.empty() && list.back() != kGap) list.push_back(kGap);
      return;
    }
    const auto [entry, fresh] = ids_.emplace(base, static_cast<WordId>(spellings_.size()));
    if (fresh) spellings_.emplace_back();
    ++spellings_[entry->second][std::string(spelling)];
    list.push_back(entry->second);
  });
  return list;
}

void TopicVocabulary::prune(std::size_t least, double most_share, std::vector<WordList>& lists) {
  std::vector<std::size_t> texts(spellings_.size(), 0), last(spellings_.size(), 0);
  for (std::size_t d = 0; d < lists.size(); ++d)
    for (const WordId id : lists[d])
      if (id != kGap && last[id] != d + 1) {
        last[id] = d + 1;
        ++texts[id];
      }
  const auto most = static_cast<std::size_t>(most_share * static_cast<double>(lists.size()));
  std::vector<WordId> renumbered(spellings_.size(), kGap);
  std::vector<std::unordered_map<std::string, int>> kept;
  for (std::size_t id = 0; id < texts.size(); ++id) {
    if (texts[id] < least || texts[id] > std::max(most, least)) continue;
    renumbered[id] = static_cast<WordId>(kept.size());
    kept.push_back(std::move(spellings_[id]));
  }
  spellings_ = std::move(kept);
  for (auto entry = ids_.begin(); entry != ids_.end();) {
    entry->second = renumbered[entry->second];
    entry = entry->second == kGap ? ids_.erase(entry) : std::next(entry);
  }
  for (WordList& list : lists)
    for (WordId& id : list)
      if (id != kGap) id = renumbered[id];
}

WordList TopicVocabulary::look_up(std::string_view text, std::string_view lang, bool& any) const {
  WordList list;
  any = false;
  each_word(text, lang, [&](const std::string& base, std::string_view) {
    if (base.empty()) return;
    any = true;
    if (const auto entry = ids_.find(base); entry != ids_.end()) list.push_back(entry->second);
  });
  return list;
}

std::string TopicVocabulary::spelling(WordId id) const {
  const auto& met = spellings_[id];
  std::string best;
  int times = 0;
  for (const auto& [spelling, count] : met)
    if (count > times || (count == times && spelling < best)) {
      best = spelling;
      times = count;
    }
  return best;
}

}  // namespace plumbline
