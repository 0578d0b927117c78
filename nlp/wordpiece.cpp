#include "nlp/wordpiece.h"

#include <fmt/format.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <string>

#include "nlp/text_walk.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongestWord = 100;  // characters; longer ones are unknown, as in BERT

bool is_ideograph(UChar32 c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x2F800 && c <= 0x2FA1F);
}

bool is_spelled_out(UChar32 c) {
  return (c >= 0x1F000 && c < 0x1FB00) || (c >= 0x2600 && c <= 0x27BF) || c == 0x2B50 ||
         c == 0x2B55 || c == 0x203C || c == 0x2049;
}

bool is_mark(UChar32 c) {
  if (c < 0x80) return c > ' ' && c < 0x7F && !u_isalnum(c);
  return (U_GET_GC_MASK(c) & U_GC_P_MASK) != 0;
}

// Curly quotes are what a keyboard made of straight ones.
UChar32 straight(UChar32 c) {
  if (c == 0x2018 || c == 0x2019) return '\'';
  if (c == 0x201C || c == 0x201D) return '"';
  return c;
}

}  // namespace

// What a walk over a text (nlp/text_walk.h) tells: words gather in `word`, with the place that each
// of their bytes came from.
struct WordPieces::PlainText {
  const WordPieces& pieces;
  std::size_t most;
  std::vector<TextPiece>& out;
  std::string word;
  std::vector<Span> spans;

  bool full() const { return out.size() >= most; }

  void end_word() {
    if (word.empty()) return;
    pieces.add_word(word, spans, out);
    word.clear();
    spans.clear();
  }

  void add(UChar32 c, Span span) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    UBool failed = false;
    U8_APPEND(reinterpret_cast<std::uint8_t*>(bytes), length, U8_MAX_LENGTH, c, failed);
    if (failed) return;
    word.append(bytes, static_cast<std::size_t>(length));
    spans.insert(spans.end(), static_cast<std::size_t>(length), span);
  }

  // Lower case, no accents.
  void add_letter(UChar32 c, Span span) {
    if (c < 0x80) return add(u_tolower(c), span);
    UErrorCode status = U_ZERO_ERROR;
    static const UNormalizer2* const apart = unorm2_getNFDInstance(&status);
    UChar parts[32];
    const std::int32_t length = unorm2_getDecomposition(apart, c, parts, 32, &status);
    if (U_FAILURE(status) || length < 0) {
      if (u_charType(c) != U_NON_SPACING_MARK) add(u_tolower(c), span);
      return;
    }
    for (std::int32_t at = 0; at < length;) {
      UChar32 each = 0;
      U16_NEXT(parts, at, length, each);
      if (u_charType(each) != U_NON_SPACING_MARK) add(u_tolower(each), span);
    }
  }

  void add_alone(std::string_view plain, Span span) {
    end_word();
    word = plain;
    spans.assign(plain.size(), span);
    end_word();
  }

  void spell_out(UChar32 c, Span span) {
    end_word();
    char name[128];
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length = u_charName(c, U_UNICODE_CHAR_NAME, name, sizeof name, &status);
    if (U_FAILURE(status)) return;
    for (const char each : std::string_view(name, static_cast<std::size_t>(length))) {
      if (each == ' ' || each == '-')
        end_word();
      else
        add(u_tolower(each), span);
    }
    end_word();
  }

  void link(Span span) { add_alone("http", span); }

  void handle(Span span) {
    add_alone("@", span);
    add_alone("user", span);
  }

  void tag_letter(const Character& c) { add_letter(c.code, {c.begin, c.end}); }

  void character(const Character& c) {
    const Span span{c.begin, c.end};
    if (u_isUWhiteSpace(c.code)) return end_word();
    if (is_unseen(c.code)) return;
    if (is_spelled_out(c.code)) return spell_out(c.code, span);
    const UChar32 plain = straight(c.code);
    if (!is_mark(plain) && !is_ideograph(plain)) return add_letter(c.code, span);
    end_word();
    add(plain, span);
    end_word();
  }
};

Result<WordPieces> WordPieces::read(std::string_view vocabulary) {
  WordPieces out;
  std::int32_t id = 0;
  bool found[3] = {};
  while (!vocabulary.empty()) {
    const std::size_t end = std::min(vocabulary.find('\n'), vocabulary.size());
    const std::string_view piece = vocabulary.substr(0, end);
    vocabulary.remove_prefix(std::min(end + 1, vocabulary.size()));
    if (piece == "[CLS]") found[0] = true, out.start_ = id;
    if (piece == "[SEP]") found[1] = true, out.end_ = id;
    if (piece == "[UNK]") found[2] = true, out.unknown_ = id;
    const bool inside = piece.size() > 2 && piece.starts_with("##");
    const std::string_view letters = inside ? piece.substr(2) : piece;
    if (!letters.empty()) (inside ? out.insides_ : out.beginnings_)[letters] = id;
    out.longest_ = std::max(out.longest_, letters.size());
    ++id;
  }
  out.size_ = static_cast<std::size_t>(id);
  if (!found[0] || !found[1] || !found[2])
    return fail(ErrorCode::parse, "the vocabulary lacks [CLS], [SEP] or [UNK]");
  return out;
}

void WordPieces::add_word(std::string_view word, const std::vector<Span>& spans,
                          std::vector<TextPiece>& out) const {
  const std::size_t before = out.size();
  const auto add = [&](std::int32_t id, std::size_t begin, std::size_t end) {
    const Span span{spans[begin].begin, std::max(spans[begin].end, spans[end - 1].end)};
    out.push_back({id, span, out.size() == before});
  };
  const auto characters = std::ranges::count_if(word, [](char c) { return !U8_IS_TRAIL(c); });
  std::size_t at = 0;
  bool known = characters <= static_cast<std::ptrdiff_t>(kLongestWord);
  while (known && at < word.size()) {
    std::size_t length = std::min(longest_, word.size() - at);
    const std::int32_t* id = nullptr;
    for (; length > 0; --length) {
      if (at + length < word.size() && U8_IS_TRAIL(word[at + length])) continue;
      id = (at == 0 ? beginnings_ : insides_).find(word.substr(at, length));
      if (id != nullptr) break;
    }
    known = id != nullptr;
    if (known) add(*id, at, at + length);
    at += length;
  }
  if (known) return;
  out.resize(before);
  add(unknown_, 0, word.size());
}

void WordPieces::cut(std::string_view text, std::size_t most, std::vector<TextPiece>& out) const {
  out.clear();
  const auto end = static_cast<std::uint32_t>(text.size());
  out.push_back({start_, {0, 0}, true});
  PlainText plain{*this, std::max<std::size_t>(most, 2) - 1, out, {}, {}};
  TextWalk(text, plain).run();
  if (out.size() > plain.most) out.resize(plain.most);
  out.push_back({end_, {end, end}, true});
}

}  // namespace plumbline
