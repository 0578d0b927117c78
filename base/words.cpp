#include "base/words.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "base/sentence_ends.h"
#include "base/text.h"

namespace plumbline {
namespace {

// UAX 29's word rules as far as ASCII goes: letters, digits and _ join; . and ' join letters (WB6,
// WB7) or digits (WB11, WB12), the colon joins nothing in ICU's root rules, the comma joins digits
// only.
void split_ascii_words(std::string_view text, std::vector<Piece>& out) {
  std::size_t i = 0;
  const std::size_t n = text.size();
  const auto joins = [&](std::size_t at) {
    const char c = text[at];
    if (at + 1 >= n || at == 0) return false;
    const char before = text[at - 1], after = text[at + 1];
    if (c == '\'' || c == '.') {
      if (is_letter(before) && is_letter(after)) return true;
    }
    if (c == '\'' || c == '.' || c == ',' || c == ';') return is_digit(before) && is_digit(after);
    return false;
  };
  while (i < n) {
    if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '_') {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    bool worth = false;
    while (i < n) {
      const char c = text[i];
      const bool letter = is_letter(c) || is_digit(c);
      if (!letter && c != '_' && !joins(i)) break;
      worth = worth || letter;
      ++i;
    }
    if (worth) out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i)});
  }
}

using BreakPointer = std::unique_ptr<icu::BreakIterator>;

// Break iterators are costly to make and keep state, so each thread has its own.
icu::BreakIterator* iterator_for(bool sentences) {
  thread_local BreakPointer words, phrases;
  BreakPointer& it = sentences ? phrases : words;
  if (!it) {
    UErrorCode status = U_ZERO_ERROR;
    it.reset(sentences ? icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status)
                       : icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) it.reset();
  }
  return it.get();
}

class Utf8Text {
 public:
  explicit Utf8Text(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    utext_ = utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status);
  }
  ~Utf8Text() { utext_close(utext_); }
  Utf8Text(const Utf8Text&) = delete;
  Utf8Text& operator=(const Utf8Text&) = delete;
  UText* get() { return utext_; }

 private:
  UText* utext_ = nullptr;
};

bool holds_word(std::string_view piece) {
  std::int64_t at = 0;
  const auto length = static_cast<std::int64_t>(piece.size());
  while (at < length) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(piece.data()), at, length, c);
    if (c >= 0 && (u_isalnum(c) || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC))) return true;
  }
  return false;
}

// Some releases of ICU let @ join letters, others do not: for us it never does.
void keep_words(std::string_view text, std::size_t begin, std::size_t end,
                std::vector<Piece>& out) {
  while (begin < end) {
    const std::size_t cut =
        begin + std::min(text.substr(begin, end - begin).find('@'), end - begin);
    if (cut > begin && holds_word(text.substr(begin, cut - begin)))
      out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(cut)});
    begin = cut + 1;
  }
}

void split_ascii_sentences(std::string_view text, std::vector<Piece>& out) {
  std::size_t begin = 0, i = 0;
  const std::size_t n = text.size();
  const auto cut = [&](std::size_t end) {
    if (end > begin)
      out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    begin = end;
  };
  while (i < n) {
    const char c = text[i++];
    if (c == '\n') {
      cut(i);
      continue;
    }
    if (c != '.' && c != '!' && c != '?') continue;
    const bool full_stop = c == '.';
    while (i < n && (text[i] == '.' || text[i] == '!' || text[i] == '?')) ++i;
    while (i < n && (text[i] == '"' || text[i] == '\'' || text[i] == ')' || text[i] == ']')) ++i;
    std::size_t next = i;
    while (next < n && text[next] == ' ') ++next;
    if (next == i && full_stop) continue;  // "3.5", "example.com"
    if (full_stop && next < n && text[next] >= 'a' && text[next] <= 'z')
      continue;  // "approx. five" (SB8)
    if (full_stop && text[i - 1] == '.' && is_inner_stop(text, i - 1)) continue;
    i = next;
    cut(i);
  }
  cut(n);
}

const icu::Normalizer2* nfkc_casefold() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* n = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return U_SUCCESS(status) ? n : nullptr;
  }();
  return instance;
}

const icu::Normalizer2* nfd() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* n = icu::Normalizer2::getNFDInstance(status);
    return U_SUCCESS(status) ? n : nullptr;
  }();
  return instance;
}

icu::UnicodeString folded(std::string_view word) {
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())));
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out = nfkc_casefold() ? nfkc_casefold()->normalize(source, status) : source;
  return U_SUCCESS(status) ? out : source;
}

std::string ascii_folded(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

void split_words(std::string_view text, std::vector<Piece>& out) {
  out.clear();
  if (is_ascii(text)) return split_ascii_words(text, out);
  icu::BreakIterator* it = iterator_for(false);
  if (!it) return;
  Utf8Text utext(text);
  UErrorCode status = U_ZERO_ERROR;
  it->setText(utext.get(), status);
  if (U_FAILURE(status)) return;
  std::int32_t begin = it->first();
  for (std::int32_t end = it->next(); end != icu::BreakIterator::DONE;
       begin = end, end = it->next())
    keep_words(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(end), out);
}

void split_sentences(std::string_view text, std::vector<Piece>& out) {
  out.clear();
  if (text.empty()) return;
  if (is_ascii(text)) return split_ascii_sentences(text, out);
  icu::BreakIterator* it = iterator_for(true);
  if (!it) return;
  Utf8Text utext(text);
  UErrorCode status = U_ZERO_ERROR;
  it->setText(utext.get(), status);
  if (U_FAILURE(status)) return;
  std::int32_t begin = it->first();
  for (std::int32_t end = it->next(); end != icu::BreakIterator::DONE; end = it->next()) {
    const std::string_view piece = text.substr(0, static_cast<std::size_t>(end));
    const std::size_t last = piece.find_last_not_of(' ');
    if (last != std::string_view::npos && piece[last] == '.' && is_inner_stop(text, last)) continue;
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    begin = end;
  }
}

std::string fold_word(std::string_view word) {
  if (is_ascii(word)) return ascii_folded(word);
  std::string out;
  folded(word).toUTF8String(out);
  return out;
}

std::string fold_word_plain(std::string_view word) {
  if (is_ascii(word)) return ascii_folded(word);
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString wide = folded(word);
  const icu::UnicodeString apart = nfd() ? nfd()->normalize(wide, status) : wide;
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    // Voicing marks make another Japanese syllable, not an accent, so U+3099 and U+309A stay.
    if (u_charType(c) == U_NON_SPACING_MARK && c != 0x3099 && c != 0x309A) continue;
    bare.append(c);
  }
  UErrorCode again = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(again);
  if (U_SUCCESS(again)) bare = nfc->normalize(bare, again);
  std::string out;
  bare.toUTF8String(out);
  return out;
}

}  // namespace plumbline
