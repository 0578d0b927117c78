#include "nlp/language.h"

// CLD2's header uses both without including them.
#include <string>
#include <vector>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/text.h"
#include "base/words.h"
#include "nlp/brand_tags.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostBytes = 4096;
constexpr std::size_t kMostLooked = 400;
constexpr std::size_t kMostCodes = 64;

struct ScriptRange {
  UChar32 first, last;
  const char* code;  // the language this script settles
};

// Scripts of one language, or nearly so; sorted. Han alone means Chinese only without kana.
constexpr ScriptRange kScripts[] = {
    {0x0370, 0x03FF, "el"}, {0x0530, 0x058F, "hy"}, {0x0590, 0x05FF, "he"}, {0x0B80, 0x0BFF, "ta"},
    {0x0C00, 0x0C7F, "te"}, {0x0C80, 0x0CFF, "kn"}, {0x0D00, 0x0D7F, "ml"}, {0x0E00, 0x0E7F, "th"},
    {0x0E80, 0x0EFF, "lo"}, {0x10A0, 0x10FF, "ka"}, {0x1100, 0x11FF, "ko"}, {0x1780, 0x17FF, "km"},
    {0x3040, 0x30FF, "ja"}, {0x4E00, 0x9FFF, "zh"}, {0xAC00, 0xD7AF, "ko"}};

// The language that the script settles, or nullptr: at least 30 % of the letters beyond ASCII
// and as many as a fifth of the ASCII ones ("I love 寿司" stays English).
const char* by_script(std::string_view text) {
  std::array<int, std::size(kScripts)> counts{};
  int ascii = 0, wide = 0;
  for (std::size_t at = 0; at < text.size();) {
    UChar32 point = 0;
    auto i = static_cast<std::int64_t>(at);
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i,
            static_cast<std::int64_t>(text.size()), point);
    at = static_cast<std::size_t>(i);
    if (point < 0x80) {
      ascii += point > ' ' ? 1 : 0;
      continue;
    }
    ++wide;
    for (std::size_t k = 0; k < counts.size(); ++k)
      if (point >= kScripts[k].first && point <= kScripts[k].last) ++counts[k];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  if (*most * 10 < wide * 3 || *most * 5 < ascii || *most == 0) return nullptr;
  const char* code = kScripts[static_cast<std::size_t>(most - counts.begin())].code;
  constexpr std::size_t kKana = 12;
  static_assert(kScripts[kKana].first == 0x3040);
  if (std::string_view(code) == "zh" && counts[kKana] > 0) return "ja";
  return code;
}

std::string short_code(CLD2::Language language) {
  const std::string_view code = CLD2::LanguageCode(language);
  if (code == "iw") return "he";
  if (code == "un" || code.substr(0, 2) == "xx") return {};
  const std::string primary(code.substr(0, code.find('-')));
  return primary.size() == 2 ? primary : std::string();
}

std::pair<std::string, bool> by_letters(const std::string& text, std::string_view hint) {
  CLD2::Language top[3] = {};
  int percent[3] = {};
  double scores[3] = {};
  int bytes = 0, valid = 0;
  bool reliable = false;
  const std::string claimed(hint);
  const CLD2::CLDHints hints = {claimed.empty() ? nullptr : claimed.c_str(), nullptr,
                                CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  // The best guess also where it is not reliable: stop words may confirm it.
  const CLD2::Language best = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), true, &hints, CLD2::kCLDFlagBestEffort, top,
      percent, scores, nullptr, &bytes, &reliable, &valid);
  return {short_code(best), reliable && best != CLD2::UNKNOWN_LANGUAGE};
}

bool is_hashtag(const Prepared& text, const Word& word) {
  return word.span.begin > 0 && text.text[word.span.begin - 1] == '#';
}

// The words as written, one blank between; CLD2 needs no more. A blank goes last, because CLD2
// reads words by their end. Hashtags are names that stand in texts of any language, so they are
// left out where other words say enough.
void join_words(const Prepared& text, std::string& out) {
  constexpr std::size_t kEnough = 3;
  std::size_t others = 0;
  for (const Word& word : text.words) others += is_hashtag(text, word) ? 0 : 1;
  out.clear();
  std::uint32_t last_end = 0;
  for (const Word& word : text.words) {
    if (out.size() > kMostBytes) break;
    if (others >= kEnough && is_hashtag(text, word)) continue;
    // Words of scripts without blanks stay together.
    if (!out.empty() && word.span.begin != last_end) out += ' ';
    last_end = word.span.end;
    if (is_hashtag(text, word)) {
      append_tag_words(text.text, word.span, out);
      continue;
    }
    const std::string_view written =
        text.text.substr(word.span.begin, word.span.end - word.span.begin);
    const bool dressed = !is_ascii(written) && is_ascii(word.folded);
    out.append(dressed || word.stretched ? word.folded : written);
  }
  out += ' ';
}

// Of a few words in a script of several languages, the one that most texts in it are in, where no
// letter speaks for the guess; empty: no such guess.
std::string by_shared_script(std::string_view text, std::string_view guess) {
  if (guess == "mr" || guess == "ne" || guess == "sa" || guess == "bh") return "hi";
  if (guess != "ur" && guess != "fa" && guess != "ps" && guess != "sd" && guess != "ug") return {};
  // Letters that Arabic itself does without: from U+0679 on, which begin with these bytes.
  const bool other = text.find_first_of("\xDA\xDB") != text.npos ||
                     text.find("\u067E") != text.npos || text.find("\u0679") != text.npos;
  return other ? "" : "ar";
}

// More bytes of characters from U+0370 on than of Latin ones.
bool mostly_beyond_latin(std::string_view text) {
  std::size_t beyond = 0;
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0xCD) ++beyond;
  return beyond * 4 > text.size();
}

}  // namespace

struct LanguageFinder::Counts {
  std::array<int, kMostCodes> hits{};
  int words = 0;
  bool are_ascii = true;  // the words counted

  void count(std::uint64_t languages) {
    for (; languages != 0; languages &= languages - 1)
      ++hits[static_cast<std::size_t>(std::countr_zero(languages))];
  }

  // The language with most stop words, or -1; `lead` is how many more it has than the next.
  int best(int& lead) const {
    const auto most = std::max_element(hits.begin(), hits.end());
    int second = 0;
    for (auto it = hits.begin(); it != hits.end(); ++it)
      if (it != most) second = std::max(second, *it);
    lead = *most - second;
    return *most == 0 ? -1 : static_cast<int>(most - hits.begin());
  }
};

void LanguageFinder::add_stop_words(std::string_view code, std::string_view content) {
  auto found = std::find(codes_.begin(), codes_.end(), code);
  if (found == codes_.end()) {
    if (codes_.size() == kMostCodes) return;
    found = codes_.insert(codes_.end(), std::string(code));
  }
  const auto bit = std::uint64_t{1} << (found - codes_.begin());
  for (const std::string_view line : split(content, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    for (const std::string_view field : split(line, ' ')) {
      const std::string_view word = trim(field);
      if (!word.empty()) words_[fold_word(word)] |= bit;
    }
  }
}

void LanguageFinder::count_stop_words(const Prepared& text, Counts& out) const {
  const std::size_t count = std::min(text.words.size(), kMostLooked);
  out.words = static_cast<int>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Span at = text.words[i].span;
    out.are_ascii = out.are_ascii && is_ascii(text.text.substr(at.begin, at.end - at.begin));
    const std::uint64_t* found = words_.find(text.words[i].folded);
    out.count(found ? *found : 0);
  }
}

// Letters say little about a handful of plain words: "De app crasht elke dag" looks Albanian to
// them. Where no stop word speaks for the guess, one that speaks for a language known here is
// believed instead. Not so with English and Hindi, whose stop words stand in texts of many
// languages, nor against another language known here.
bool LanguageFinder::is_doubted(std::string_view guess, const Counts& counts, int best,
                                int lead) const {
  constexpr int kFewWords = 6;
  if (best < 0 || lead < 1 || counts.words > kFewWords) return false;
  if (!counts.are_ascii && guess != "gl") return false;  // letters that say more
  const std::string_view other = codes_[static_cast<std::size_t>(best)];
  if (other == "en" || other == "hi") return false;
  const auto known = std::find(codes_.begin(), codes_.end(), guess);
  // Scandinavian texts are common, and share words with Dutch and German.
  if (known == codes_.end()) return guess != "sv" && guess != "da" && guess != "no";
  return guess == "en" && counts.hits[static_cast<std::size_t>(known - codes_.begin())] == 0;
}

// A source's claim is believed of a few words where no other language has more stop words among
// them; not that it is English, which many sources say of everything.
bool LanguageFinder::is_borne_out(std::string_view hint, const Counts& counts) const {
  constexpr int kFewWords = 8;
  const auto known = std::find(codes_.begin(), codes_.end(), hint);
  if (known == codes_.end() || hint == "en" || counts.words == 0 || counts.words > kFewWords)
    return false;
  const int hits = counts.hits[static_cast<std::size_t>(known - codes_.begin())];
  return hits > 0 && hits == *std::max_element(counts.hits.begin(), counts.hits.end());
}

// Each word speaks for every language whose lists hold it. The letters are overruled where theirs
// has none of them, or clearly fewer; a language not known here needs no more than that. Words that
// no list knows, and letters that say a small language of them, say nothing.
std::string LanguageFinder::by_lists(const Prepared& text, const Counts& counts,
                                     const Guess& guess) const {
  constexpr int kFewWords = 8, kHandful = 4;
  const LanguageWords* const lists = lists_ ? lists_->get() : nullptr;
  if (lists == nullptr || counts.words == 0 || counts.words > kFewWords) return {};
  Counts all;
  std::string tag;
  const auto count = [&](std::string_view word) {
    const std::uint64_t* const stop = words_.find(word);
    all.count(lists->languages_of(word) | (stop == nullptr ? 0 : *stop));
  };
  for (const Word& word : text.words) {
    if (!is_hashtag(text, word)) {
      count(word.folded);
      continue;
    }
    tag.clear();
    append_tag_words(text.text, word.span, tag);
    for (const std::string_view part : split(tag, ' ')) count(fold_word(part));
  }
  int lead = 0;
  const int best = all.best(lead);
  const auto known = std::ranges::find(codes_, guess.code);
  const bool is_known = known != codes_.end();
  if (best < 0) {
    const bool is_told = guess.reliable && is_known && guess.code != "en";
    if (counts.words > kHandful || is_told) return "";
    return counts.are_ascii ? "und" : by_shared_script(text.text, guess.code);
  }
  const int most = all.hits[static_cast<std::size_t>(best)];
  const std::string& code = codes_[static_cast<std::size_t>(best)];
  if (lead == 0) return is_known || !counts.are_ascii || counts.words > kHandful ? "" : "und";
  const int mine = is_known ? all.hits[static_cast<std::size_t>(known - codes_.begin())] : 0;
  if (is_known) {  // English words stand in texts of every language
    const bool keeps = code == "en" && (guess.reliable || !counts.are_ascii);
    return !keeps && most - mine >= (mine == 0 ? 1 : 2) ? code : "";
  }
  const bool northern = guess.code == "sv" || guess.code == "da" || guess.code == "no";
  const bool needs_most = guess.reliable && (northern || (!counts.are_ascii && guess.code != "gl"));
  return needs_most && most * 2 <= counts.words ? "" : code;
}

std::string LanguageFinder::find(const Prepared& text, std::string_view hint) const {
  thread_local std::string words;
  words.clear();
  if (!is_ascii(text.text)) {
    join_words(text, words);
    if (const char* settled = by_script(words))
      // Japanese may do without kana for a few words, and the source knows it.
      return std::string_view(settled) == "zh" && hint == "ja" ? "ja" : settled;
  }
  Counts counts;
  count_stop_words(text, counts);
  int lead = 0;
  const int best = counts.best(lead);
  // So many that letters are not asked: those of short texts are often taken for a small language,
  // where stop words know better.
  if (best >= 0 && lead >= 2 && counts.hits[static_cast<std::size_t>(best)] * 6 >= counts.words)
    return codes_[static_cast<std::size_t>(best)];
  if (is_borne_out(hint, counts)) return std::string(hint);
  if (words.empty()) join_words(text, words);
  const auto [letters, reliable] = by_letters(words, hint);
  const Guess guess{letters, reliable};
  if (std::string code = by_lists(text, counts, guess); !code.empty())
    return code == "und" && !hint.empty() ? std::string(hint) : code;
  if (guess.reliable && !is_doubted(guess.code, counts, best, lead)) return guess.code;
  if (guess.reliable) return codes_[static_cast<std::size_t>(best)];
  if (best >= 0 && lead >= 2) return codes_[static_cast<std::size_t>(best)];
  if (best >= 0 && lead == 1 && guess.code == codes_[static_cast<std::size_t>(best)])
    return guess.code;
  if (!hint.empty()) return std::string(hint);
  // Few languages share a script other than Latin, so there a guess is worth having.
  if (!guess.code.empty() && !words.empty() && mostly_beyond_latin(words)) return guess.code;
  return "und";
}

}  // namespace plumbline
