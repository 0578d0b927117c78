#include "sales/evidence.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongestEndSign = 3;  // bytes

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Full stops of scripts without blanks end a sentence by themselves.
bool ends_wide_sentence(std::string_view text, std::size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0xE3) return false;
  const std::string_view mark = text.substr(at, 3);
  return mark == "\xE3\x80\x82" || mark == "\xEF\xBC\x81" || is_question_mark(mark);
}

// Bytes of a sign that ends a sentence where a blank follows, 0 where none stands.
std::size_t end_sign(std::string_view text, std::size_t at) {
  constexpr std::string_view kDanda = "\xE0\xA5\xA4";
  const char c = text[at];
  if (c == '.' || c == '!' || c == '?') return 1;
  if (!is_high(c)) return 0;
  if (is_question_mark(text.substr(at, 2))) return 2;  // Arabic
  return text.substr(at).starts_with(kDanda) ? kDanda.size() : 0;
}

// The byte behind a sentence end at `at`, or 0 where none is.
std::size_t sentence_end(std::string_view text, std::size_t at) {
  if (text[at] == '\n') return at + 1;
  if (ends_wide_sentence(text, at)) return at + 3;
  const std::size_t next = at + end_sign(text, at);
  return next > at && (next == text.size() || is_blank(text[next])) ? next : 0;
}

// Whether a sentence ends before the blank before `at`.
bool stands_behind_end(std::string_view text, std::size_t at) {
  if (at < 2 || !is_blank(text[at - 1])) return false;
  for (std::size_t length = 1; length <= kLongestEndSign && length < at; ++length)
    if (sentence_end(text, at - 1 - length) == at - 1) return true;
  return false;
}

std::uint32_t to_offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

// The end of the last word that fits, so that at most `most` runs between blanks are shown.
std::size_t end_of_blank_words(std::string_view text, int most) {
  int words = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_blank(text[i]) && i > 0 && !is_blank(text[i - 1]) && ++words == most) return i;
  return text.size();
}

// The colour of a terminal that covers the byte at `at`: "[31m", what is left of it in a stored
// text. An empty span where none does.
Span colour_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 16;
  const auto goes_on = [&](std::size_t i) { return is_digit(text[i]) || text[i] == ';'; };
  std::size_t begin = at;
  if (text[begin] == 'm' && begin > 0) --begin;
  while (begin > 0 && at - begin < kLongest && goes_on(begin)) --begin;
  if (text[begin] != '[') return {};
  std::size_t end = begin + 1;
  while (end < text.size() && end - begin < kLongest && goes_on(end)) ++end;
  const bool closed = end + 1 < text.size() && text[end + 1] == ']';  // "[3m]" is a measure
  if (end == begin + 1 || end >= text.size() || text[end] != 'm' || closed) return {};
  return {to_offset(begin), to_offset(end + 1)};
}

// Text [begin, end) without blanks and colours at its ends.
Span within_blanks(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end) {
    const Span colour = colour_at(text, begin);
    if (colour.end == 0 && !is_blank(text[begin])) break;
    begin = std::min(end, std::max<std::size_t>(begin + 1, colour.end));
  }
  while (begin < end) {
    const Span colour = colour_at(text, end - 1);
    if (colour.end == 0 && !is_blank(text[end - 1])) break;
    end = colour.end == 0 ? end - 1 : std::max<std::size_t>(begin, colour.begin);
  }
  return {to_offset(begin), to_offset(end)};
}

}  // namespace

std::string_view slice(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

Span clamp_span(std::string_view text, Span wanted) {
  std::size_t begin = std::min<std::size_t>(wanted.begin, text.size());
  std::size_t end = std::min<std::size_t>(std::max(wanted.begin, wanted.end), text.size());
  while (begin > 0 && begin < text.size() && inside_character(text[begin])) --begin;
  while (end < text.size() && inside_character(text[end])) ++end;
  return within_blanks(text, begin, end);
}

Span sentence_around(std::string_view text, Span inside) {
  const Span core = clamp_span(text, inside);
  std::size_t begin = core.begin;
  while (begin > 0) {
    const bool wide = begin >= 3 && ends_wide_sentence(text, begin - 3);
    if (wide || stands_behind_end(text, begin) || text[begin - 1] == '\n') break;
    --begin;
  }
  std::size_t end = core.end > core.begin ? core.end - 1 : core.end;
  for (; end < text.size(); ++end)
    if (const std::size_t behind = sentence_end(text, end); behind != 0) {
      end = behind;
      break;
    }
  return clamp_span(text, {to_offset(begin), to_offset(end)});
}

Span quote_span(std::string_view text, Span wanted, int most_words) {
  Span span = clamp_span(text, wanted);
  std::string_view shown = slice(text, span);
  if (shown.size() > 4 * kMostQuoteBytes) {
    std::size_t cut = 4 * kMostQuoteBytes;
    while (inside_character(shown[cut])) --cut;
    shown = shown.substr(0, cut);
  }
  std::vector<Piece> words;
  split_words(shown, words);
  std::size_t end = end_of_blank_words(shown, most_words);
  if (words.size() > static_cast<std::size_t>(most_words))
    end = std::min<std::size_t>(end, words[static_cast<std::size_t>(most_words) - 1].end);
  if (end > kMostQuoteBytes) {
    std::size_t cut = kMostQuoteBytes;
    while (inside_character(shown[cut])) --cut;
    for (auto word = words.rbegin(); word != words.rend(); ++word)
      if (word->end <= kMostQuoteBytes) {
        cut = word->end;
        break;
      }
    end = cut;
  }
  return clamp_span(text, {span.begin, to_offset(span.begin + end)});
}

bool fits_quote(std::string_view text, Span wanted, int most_words) {
  return quote_span(text, wanted, most_words).end == clamp_span(text, wanted).end;
}

Span whole_sentences(std::string_view text, Span wanted) {
  Span span = clamp_span(text, wanted);
  if (span.begin == span.end) return span;
  const Span first = sentence_around(text, {span.begin, span.begin + 1});
  if (first.begin < span.begin && first.end < span.end)
    span = clamp_span(text, {first.end, span.end});
  const Span last = sentence_around(text, {span.end - 1, span.end});
  if (last.begin > span.begin && last.end > span.end)
    span = clamp_span(text, {span.begin, last.begin});
  return span;
}

Span quotable_span(std::string_view text, Span wanted) {
  const Span whole = sentence_around(text, wanted);
  if (fits_quote(text, whole)) return whole;
  const Span span = whole_sentences(text, wanted);
  const Span left = sentence_around(text, span);
  if (fits_quote(text, left)) return left;
  const Span from_start = {left.begin, span.end};
  return fits_quote(text, from_start) ? from_start : span;
}

bool begins_inside(std::string_view text, Span span) {
  return sentence_around(text, {span.begin, span.begin + 1}).begin < span.begin;
}

bool ends_inside(std::string_view text, Span span) {
  if (span.end == 0) return false;
  const std::uint32_t end = sentence_around(text, {span.end - 1, span.end}).end;
  std::vector<Piece> words;
  if (end > span.end) split_words(text.substr(span.end, end - span.end), words);
  return !words.empty();
}

std::string EvidenceSet::add(const Document& document, Span span) {
  const std::string key =
      fmt::format("{}\n{}\n{}\n{}", document.source, document.id, span.begin, span.end);
  if (const auto known = ids_.find(key); known != ids_.end()) return known->second;
  Evidence evidence;
  evidence.id = fmt::format("E{}", list_.size() + 1);
  evidence.source = document.source;
  evidence.document = document.id;
  evidence.url = document.url;
  evidence.published_at = document.published_at;
  evidence.handle = document.author.handle;
  evidence.quote = std::string(slice(document.text, span));
  evidence.begin = span.begin;
  evidence.end = span.end;
  evidence.text_hash = hex64(hash64(document.text));
  ids_.emplace(key, evidence.id);
  list_.push_back(std::move(evidence));
  return list_.back().id;
}

}  // namespace plumbline
