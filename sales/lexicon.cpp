#include "sales/lexicon.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

bool in_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

// Han, kana and hangul start with these lead bytes; such patterns are looked for anywhere.
bool has_unspaced_script(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

// Soft hyphens and zero-width characters can hide a word from a reader of bytes only.
std::string without_invisible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\xC2\xAD")) {
      i += 1;
    } else if (rest.starts_with("\xE2\x80\x8B") || rest.starts_with("\xE2\x80\x8C") ||
               rest.starts_with("\xE2\x80\x8D") || rest.starts_with("\xE2\x81\xA0") ||
               rest.starts_with("\xEF\xBB\xBF")) {
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// Typographic apostrophes and dashes stand between words like their plain forms.
std::string fold(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  std::string folded = fold_word_plain(without_invisible(text));
  std::string out;
  out.reserve(folded.size());
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const std::string_view rest = std::string_view(folded).substr(i);
    if (rest.starts_with("\xE2\x80") || rest.starts_with("\xC2")) {
      out += rest.starts_with("\xE2\x80\x99") ? '\'' : ' ';
      i += rest.starts_with("\xC2") ? 1 : 2;
    } else {
      out += folded[i];
    }
  }
  return out;
}

std::string_view word_at(std::string_view text, std::size_t& at) {
  while (at < text.size() && !in_word(text[at])) ++at;
  const std::size_t begin = at;
  while (at < text.size() && in_word(text[at])) ++at;
  return text.substr(begin, at - begin);
}

// The first three bytes squeezed into 15 bits; unequal starts may meet, equal ones always do.
std::size_t start_of(std::string_view word) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < 3; ++i)
    start = start << 5 | (i < word.size() ? static_cast<unsigned char>(word[i]) & 31U : 0U);
  return start;
}

}  // namespace

WordLists::WordLists(std::initializer_list<std::span<const LexiconEntry>> tables) {
  by_start_.resize(std::size_t{1} << 15);
  for (const auto table : tables)
    for (const LexiconEntry& entry : table) add(entry);
}

void WordLists::add(const LexiconEntry& entry) {
  Pattern pattern;
  pattern.cue = entry.cue;
  std::string_view text = entry.pattern;
  if (text.ends_with('*')) {
    pattern.stem = true;
    text.remove_suffix(1);
  }
  const std::string folded = fold(text);
  if (has_unspaced_script(folded)) {
    stretches_.emplace_back(folded, entry.cue);
    return;
  }
  for (std::size_t at = 0;;) {
    const std::string_view word = word_at(folded, at);
    if (word.empty()) break;
    pattern.words.emplace_back(word);
  }
  if (pattern.words.empty()) return;
  std::uint16_t& bucket = by_start_[start_of(pattern.words[0])];
  if (bucket == 0) {
    buckets_.emplace_back();
    bucket = static_cast<std::uint16_t>(buckets_.size());
  }
  buckets_[bucket - 1U].push_back(std::move(pattern));
}

std::uint32_t WordLists::find(std::string_view text) const {
  return (holds_question_mark(text) ? kCueQuestion : 0U) | find_folded(fold(text));
}

std::uint32_t WordLists::find_folded(std::string_view folded) const {
  std::uint32_t found = 0;
  const auto matches = [&](const Pattern& pattern, std::string_view word, std::size_t next) {
    for (std::size_t i = 0; i < pattern.words.size(); ++i) {
      if (i > 0) word = word_at(folded, next);
      const bool open = pattern.stem && i + 1 == pattern.words.size();
      if (open ? !word.starts_with(pattern.words[i]) : word != pattern.words[i]) return false;
    }
    return true;
  };
  for (std::size_t at = 0;;) {
    const std::string_view word = word_at(folded, at);
    if (word.empty()) break;
    const std::uint16_t bucket = by_start_[start_of(word)];
    if (bucket == 0) continue;
    for (const Pattern& pattern : buckets_[bucket - 1U])
      if ((found & pattern.cue) != pattern.cue && matches(pattern, word, at)) found |= pattern.cue;
  }
  if (has_unspaced_script(folded))
    for (const auto& [stretch, cue] : stretches_)
      if (folded.find(stretch) != std::string_view::npos) found |= cue;
  return found;
}

const WordLists& sales_lexicon() {
  static const WordLists lexicon{cue_words(), special_words()};
  return lexicon;
}

}  // namespace plumbline
