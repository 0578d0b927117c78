#include "nlp/fold.h"

#include <algorithm>
#include <iterator>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "nlp/letters.h"

namespace plumbline {
namespace {

struct Lookalike {
  char16_t letter;
  char latin;
};

// Lower-case letters only, because folding comes first; sorted.
constexpr Lookalike kLookalikes[] = {
    {0x3B1, 'a'}, {0x3B5, 'e'}, {0x3B9, 'i'}, {0x3BA, 'k'}, {0x3BD, 'v'}, {0x3BF, 'o'},
    {0x3C1, 'p'}, {0x3C4, 't'}, {0x3C5, 'u'}, {0x3C7, 'x'}, {0x430, 'a'}, {0x432, 'b'},
    {0x435, 'e'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43D, 'h'}, {0x43E, 'o'}, {0x440, 'p'},
    {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'}, {0x455, 's'}, {0x456, 'i'},
    {0x458, 'j'}, {0x501, 'd'}, {0x51B, 'q'}, {0x51D, 'w'}};

char latin_of(UChar32 point) {
  const auto* found = std::lower_bound(std::begin(kLookalikes), std::end(kLookalikes), point,
                                       [](const Lookalike& a, UChar32 b) { return a.letter < b; });
  return found != std::end(kLookalikes) && found->letter == point ? found->latin : '\0';
}

bool is_latin(UChar32 point) {
  UErrorCode status = U_ZERO_ERROR;
  return u_isalpha(point) && uscript_getScript(point, &status) == USCRIPT_LATIN;
}

const icu::Normalizer2* folding() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return U_SUCCESS(status) ? found : nullptr;
  }();
  return instance;
}

void append(FoldedText& out, std::string_view bytes, std::size_t begin, std::size_t end) {
  out.text += bytes;
  out.begins.insert(out.begins.end(), bytes.size(), static_cast<std::uint32_t>(begin));
  out.ends.insert(out.ends.end(), bytes.size(), static_cast<std::uint32_t>(end));
}

// Characters that may change each other when normalized, from one safe border to the next.
void append_chunk(FoldedText& out, std::string_view text, std::size_t begin, std::size_t end) {
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data() + begin, static_cast<std::int32_t>(end - begin)));
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString folded = folding()->normalize(source, status);
  std::string bytes;
  (U_SUCCESS(status) ? folded : source).toUTF8String(bytes);
  append(out, bytes, begin, end);
}

FoldedText fold_forms(std::string_view text) {
  FoldedText out;
  out.text.reserve(text.size());
  out.begins.reserve(text.size());
  out.ends.reserve(text.size());
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const UChar32 point = next_point(text, next);
    if (at > begin && folding()->hasBoundaryBefore(point)) {
      append_chunk(out, text, begin, at);
      begin = at;
    }
    at = next;
  }
  if (begin < text.size()) append_chunk(out, text, begin, text.size());
  return out;
}

// Calls visit(begin, end) for each run of letters and marks.
template <class Visit>
void each_letter_run(std::string_view text, Visit visit) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const UChar32 point = next_point(text, next);
    if (!u_isalpha(point) && u_charType(point) != U_NON_SPACING_MARK) {
      if (at > begin) visit(begin, at);
      begin = next;
    }
    at = next;
  }
  if (begin < text.size()) visit(begin, text.size());
}

// The Latin letter that the one at `at` looks like, or 0; `at` moves past it. A letter with a mark
// of its own is none: Latin letter and mark would join when folded again.
char take_lookalike(std::string_view text, std::size_t& at) {
  const char latin = latin_of(next_point(text, at));
  if (latin == '\0' || at >= text.size()) return latin;
  std::size_t ahead = at;
  return u_getCombiningClass(next_point(text, ahead)) != 0 ? '\0' : latin;
}

bool mixes_alphabets(std::string_view run) {
  bool latin = false, other = false;
  for (std::size_t at = 0; at < run.size();) {
    const UChar32 point = next_point(run, at);
    latin = latin || is_latin(point);
    other = other || latin_of(point) != '\0';
  }
  return latin && other;
}

}  // namespace

Span FoldedText::original(std::size_t begin, std::size_t end) const {
  if (begins.empty()) return {};
  if (begin >= begins.size()) return {ends.back(), ends.back()};
  if (end <= begin) return {begins[begin], begins[begin]};
  return {begins[begin], ends[std::min(end, ends.size()) - 1]};
}

std::string fold_lookalikes(std::string_view folded) {
  std::string out(folded.substr(0, 0));
  std::size_t copied = 0;
  each_letter_run(folded, [&](std::size_t begin, std::size_t end) {
    if (!mixes_alphabets(folded.substr(begin, end - begin))) return;
    for (std::size_t at = begin; at < end;) {
      const std::size_t here = at;
      const char latin = take_lookalike(folded, at);
      if (latin == '\0') continue;
      out += folded.substr(copied, here - copied);
      out += latin;
      copied = at;
    }
  });
  out += folded.substr(copied);
  return out;
}

FoldedText fold_text(std::string_view text) {
  if (!folding()) {
    FoldedText same;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      next_point(text, at);
      append(same, text.substr(begin, at - begin), begin, at);
    }
    return same;
  }
  const FoldedText forms = fold_forms(text);
  const std::string plain = fold_lookalikes(forms.text);
  if (plain == forms.text) return forms;
  FoldedText out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t begin = at, from_begin = from;
    next_point(plain, at);
    next_point(forms.text, from);
    append(out, std::string_view(plain).substr(begin, at - begin), forms.begins[from_begin],
           forms.ends[from - 1]);
  }
  return out;
}

}  // namespace plumbline
