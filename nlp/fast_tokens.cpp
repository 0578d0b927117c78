#include "nlp/fast_tokens.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "base/text.h"
#include "nlp/fast_masks.h"
#include "nlp/fold.h"
#include "nlp/symbols.h"

namespace plumbline {
namespace {

enum class Class : std::uint8_t { blank, lower, upper, digit, hash, mark, face, high };

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> out{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) out[c] = Class::lower;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) out[c] = Class::upper;
  for (std::size_t c = '0'; c <= '9'; ++c) out[c] = Class::digit;
  for (std::size_t c = 128; c < 256; ++c) out[c] = Class::high;
  for (const char c : {'!', '?', ',', '.', ')', '('})
    out[static_cast<unsigned char>(c)] = Class::mark;
  for (const char c : {':', ';', '=', '<', '^', '-', '>'})
    out[static_cast<unsigned char>(c)] = Class::face;
  out['#'] = Class::hash;
  return out;
}
constexpr std::array<Class, 256> kClasses = make_classes();

Class class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
bool is_plain_letter(char c) { return class_of(c) == Class::lower || class_of(c) == Class::upper; }

bool is_written_alone(UChar32 c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005;
}

bool is_emoji_token(UChar32 c) {
  return (c >= 0x1F000 && c <= 0x1FAFF && !(c >= 0x1F3FB && c <= 0x1F3FF)) ||
         (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2B05 && c <= 0x2B55) || c == 0x203C || c == 0x2049;
}

// Characters within a word that are not seen or say nothing: joiners, variation selectors, skin
// tones, the Arabic stretch and vowel marks.
bool is_dropped(UChar32 c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
         (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0x640 || (c >= 0x64B && c <= 0x652) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

// The letter or digit that a full-width or mathematical one is a dress of ("ｐ", "𝐩"); 0 for
// others.
char undressed(UChar32 c) {
  if ((c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A))
    return static_cast<char>(c - 0xFF00 + 0x20);
  constexpr UChar32 kFirstLetter = 0x1D400, kLastLetter = 0x1D6A3, kFirstDigit = 0x1D7CE,
                    kLastDigit = 0x1D7FF;
  if (c >= kFirstLetter && c <= kLastLetter) {  // alphabets of A to Z, a to z
    const UChar32 letter = (c - kFirstLetter) % 52;
    return static_cast<char>(letter < 26 ? 'A' + letter : 'a' + letter - 26);
  }
  if (c >= kFirstDigit && c <= kLastDigit) return static_cast<char>('0' + (c - kFirstDigit) % 10);
  return 0;
}

bool is_word_point(UChar32 c) {
  const auto mask = U_GET_GC_MASK(c);
  return (mask & (U_GC_L_MASK | U_GC_MN_MASK | U_GC_MC_MASK | U_GC_ND_MASK)) != 0;
}

// Lower case, and one letter for those that Arabic writers use for each other.
UChar32 fold_point(UChar32 c) {
  switch (c) {
    case 0x622:
    case 0x623:
    case 0x625: return 0x627;
    case 0x649: return 0x64A;
    case 0x629: return 0x647;
    default: return u_foldCase(c, U_FOLD_CASE_DEFAULT);
  }
}

class Splitter {
 public:
  Splitter(std::string_view text, std::span<const Piece> addresses, FastTokens& out)
      : text_(text), addresses_(addresses), out_(out) {
    out_.tokens.clear();
    out_.hashtags.clear();
    out_.arena.resize(text.size() * 3 + 64);  // two edges a token, and folding may lengthen
    write_ = 0;
  }

  void run() {
    while (at_ < text_.size()) {
      if (address_ < addresses_.size() && addresses_[address_].begin <= at_) {
        address();
        continue;
      }
      limit_ = address_ < addresses_.size() ? addresses_[address_].begin : text_.size();
      stretch();
    }
  }

 private:
  // What stands before the next address.
  void stretch() {
    while (at_ < limit_) {
      switch (class_of(text_[at_])) {
        case Class::lower:
        case Class::upper: word(); break;
        case Class::digit: number(); break;
        case Class::hash: hashtag(); break;
        case Class::face: face(); break;
        case Class::mark: mark(); break;
        case Class::high: wide(); break;
        case Class::blank: ++at_; break;
      }
    }
  }

  void address() {
    const Piece& piece = addresses_[address_++];
    if (piece.end <= at_) return;
    fixed(text_[piece.begin] == '@' ? FastKind::handle : FastKind::link, at_, piece.end);
    at_ = piece.end;
  }

  FastToken& add(FastKind kind, std::size_t begin, std::size_t end) {
    FastToken& token = out_.tokens.emplace_back();
    token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    token.kind = kind;
    return token;
  }

  // A token whose bytes stand for all of its kind.
  void fixed(FastKind kind, std::size_t begin, std::size_t end) {
    const char letter = kind == FastKind::handle ? '@' : kind == FastKind::link ? '/' : '0';
    open();
    put(letter);
    close(add(kind, begin, end));
  }

  void open() {
    out_.arena[write_++] = FastTokens::kEdge;
    start_ = write_;
  }
  void put(char c) { out_.arena[write_++] = c; }
  void put(std::string_view bytes) {
    std::memcpy(out_.arena.data() + write_, bytes.data(), bytes.size());
    write_ += bytes.size();
  }
  void close(FastToken& token) {
    token.at = static_cast<std::uint32_t>(start_);
    token.length = static_cast<std::uint32_t>(write_ - start_);
    put(FastTokens::kEdge);
    token.hash = fast_hash(out_.arena.data() + start_, token.length);
  }

  UChar32 next_point(std::size_t& at) const {
    UChar32 point = 0;
    auto i = static_cast<std::int64_t>(at);
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text_.data()), i,
            static_cast<std::int64_t>(text_.size()), point);
    at = static_cast<std::size_t>(i);
    return point;
  }

  bool letter_at(std::size_t at) const {
    if (at >= limit_) return false;
    if (class_of(text_[at]) != Class::high) return is_plain_letter(text_[at]);
    const UChar32 point = next_point(at);
    return u_isalpha(point) && !is_written_alone(point);
  }

  void put_letter(char c) {
    if (write_ - start_ >= 2 && out_.arena[write_ - 1] == c && out_.arena[write_ - 2] == c)
      stretched_ = true;
    else
      put(c);
  }

  // A letter beyond ASCII, an apostrophe or something unseen at `at_`; false if the word ends here.
  bool wide_letter() {
    std::size_t after = at_;
    const UChar32 point = next_point(after);
    if (point == 0x2019 && letter_at(after)) {
      put('\'');
    } else if (is_dropped(point)) {
    } else if (const char plain = undressed(point); plain != 0) {
      upper_ += is_upper(plain);
      small_ += is_plain_letter(plain) && !is_upper(plain);
      digits_ = digits_ || is_digit(plain);
      put_letter(is_upper(plain) ? static_cast<char>(plain | 0x20) : plain);
    } else if (point >= 0 && is_word_point(point) && !is_written_alone(point)) {
      const UChar32 folded = fold_point(point);
      upper_ += u_isupper(point);
      small_ += u_islower(point);
      run_ = folded == last_ ? run_ + 1 : 1;
      last_ = folded;
      if (run_ > 2 && u_isalpha(folded))
        stretched_ = true;
      else
        put_point(folded);
    } else {
      return false;
    }
    at_ = after;
    return true;
  }

  void put_point(UChar32 point) {
    if (point < 0x80) return put(static_cast<char>(point));
    std::uint8_t bytes[4];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, point);
    put({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)});
    wide_ = true;
  }

  // A mask within a word: "sh*t", "f***", "a$$hole".
  bool masking() {
    const char c = text_[at_];
    std::size_t end = at_;
    while (end < limit_ && text_[end] == c) ++end;
    const bool within = letter_at(end);
    if (c == '$' ? !within : !within && end - at_ < 2) return false;
    if (end - at_ > 8) return false;
    for (; at_ < end; ++at_) put(c == '$' ? 's' : '*');
    masked_ = masked_ || c == '*';
    return true;
  }

  // Scans one part of a word; with `camel` it ends where lower case turns to upper.
  void letters(bool camel) {
    while (at_ < limit_) {
      const char c = text_[at_];
      switch (class_of(c)) {
        case Class::lower:
          ++small_;
          put_letter(c);
          ++at_;
          continue;
        case Class::upper:
          if (camel && small_ > 0) return;
          ++upper_;
          put_letter(static_cast<char>(c | 0x20));
          ++at_;
          continue;
        case Class::digit:
          digits_ = true;
          put(c);
          ++at_;
          continue;
        case Class::high:
          if (!wide_letter()) return;
          continue;
        default: break;
      }
      if (c == '\'' && letter_at(at_ + 1)) {
        put('\'');
        ++at_;
      } else if (hidden_ > at_) {  // within a word like "sh!t"
        digits_ = true;
        put(c);
        ++at_;
      } else if ((c != '*' && c != '$') || !masking()) {
        return;
      }
    }
  }

  void word(bool tagged = false) {
    const std::size_t begin = at_;
    upper_ = small_ = run_ = 0;
    last_ = -1;
    stretched_ = wide_ = digits_ = masked_ = false;
    hidden_ = at_ + (may_hide_ ? masked_length(text_.substr(at_, limit_ - at_)) : 0);
    open();
    letters(tagged);
    if (write_ == start_) {  // nothing but unseen characters
      write_ = start_ - 1;
      if (at_ == begin) next_point(at_);
      return;
    }
    if (masked_ || digits_) {
      const auto length = write_ - start_;
      const std::span<char> bytes(out_.arena.data() + start_, length);
      if (masked_) read_mask(bytes);
      while (masked_ && write_ > start_ + 1 && out_.arena[write_ - 1] == '*') --write_;
      if (digits_) read_digits_as_letters(bytes);
    }
    if (wide_ && has_ascii_letter()) straighten();
    const bool link = !wide_ && is_link_word();
    FastToken& token = add(link ? FastKind::link : FastKind::word, begin, at_);
    if (link) {
      write_ = start_;
      put('/');
    }
    token.capitals = upper_ >= 2 && small_ == 0;
    token.stretched = stretched_;
    token.wide = wide_;
    token.tagged = tagged;
    close(token);
  }

  bool has_ascii_letter() const {
    return std::any_of(out_.arena.begin() + static_cast<std::ptrdiff_t>(start_),
                       out_.arena.begin() + static_cast<std::ptrdiff_t>(write_), is_plain_letter);
  }

  // Letters of other alphabets among Latin ones are read as the Latin ones they look like.
  void straighten() {
    const std::string plain =
        fold_lookalikes(std::string_view(out_.arena.data() + start_, write_ - start_));
    if (plain.size() > write_ - start_) return;
    write_ = start_;
    put(plain);
    wide_ = std::any_of(plain.begin(), plain.end(), [](char c) { return (c & 0x80) != 0; });
  }

  bool is_link_word() const {
    const std::string_view word(out_.arena.data() + start_, write_ - start_);
    return word == "http" || word == "https" || word == "httpurl";
  }

  void number() {
    const std::size_t begin = at_;
    while (at_ < limit_ && (class_of(text_[at_]) == Class::digit ||
                            ((text_[at_] == '.' || text_[at_] == ',' || text_[at_] == ':') &&
                             at_ + 1 < limit_ && class_of(text_[at_ + 1]) == Class::digit)))
      ++at_;
    fixed(FastKind::number, begin, at_);
  }

  void hashtag() {
    ++at_;
    const std::size_t begin = at_;
    const auto first = static_cast<std::uint32_t>(out_.tokens.size());
    while (at_ < limit_) {
      const Class c = class_of(text_[at_]);
      if (c == Class::lower || c == Class::upper || (c == Class::high && letter_at(at_)))
        word(true);
      else if (c == Class::digit)
        number();
      else if (text_[at_] == '_')
        ++at_;
      else
        break;
    }
    const auto last = static_cast<std::uint32_t>(out_.tokens.size());
    if (last > first)
      out_.hashtags.push_back(
          {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, first, last});
  }

  void face() {
    auto at = static_cast<std::uint32_t>(at_);
    std::string_view name;
    const std::uint32_t length = emoticon_at(text_, at, static_cast<std::uint32_t>(limit_), name);
    if (length == 0) return mark();
    symbol(name, at_ + length);
  }

  void symbol(std::string_view name, std::size_t end) {
    const std::size_t count = out_.tokens.size();
    const auto same = [&](std::size_t back) {
      const FastToken& token = out_.tokens[count - back];
      return token.kind == FastKind::symbol && out_.folded(token) == name;
    };
    if (count < 2 || !same(1) || !same(2)) {
      open();
      put(name);
      close(add(FastKind::symbol, at_, end));
    }
    at_ = end;
  }

  void mark() {
    const char c = text_[at_];
    const std::size_t begin = at_;
    while (at_ < limit_ && text_[at_] == c) ++at_;
    if (c != '-' && c != '=' && c != '^' && c != '<' && c != '>') put_mark(c, begin);
  }

  void put_mark(char c, std::size_t begin, std::size_t times = 0) {
    const std::size_t run = times > 0 ? times : at_ - begin;
    FastToken& token = add(FastKind::mark, begin, at_);
    token.mark = c == '.' && run >= 2 ? '~' : c;
    token.run = static_cast<std::uint8_t>(std::min<std::size_t>(run, 255));
  }

  void wide() {
    const std::size_t begin = at_;
    std::size_t after = at_;
    const UChar32 point = next_point(after);
    if (is_emoji_token(point)) return symbol(text_.substr(begin, after - begin), after);
    if (is_written_alone(point)) {
      at_ = after;
      open();
      put(text_.substr(begin, after - begin));
      FastToken& token = add(FastKind::ideograph, begin, after);
      token.wide = true;
      return close(token);
    }
    if (point >= 0 && is_word_point(point)) return word();
    at_ = after;
    wide_mark(point, begin);
  }

  void wide_mark(UChar32 point, std::size_t begin) {
    switch (point) {
      case 0xFF01: return put_mark('!', begin, 1);
      case 0xFF1F:
      case 0x61F: return put_mark('?', begin, 1);
      case 0x2026: return put_mark('.', begin, 3);
      case 0x3001:
      case 0xFF0C:
      case 0x60C: return put_mark(',', begin, 1);
      case 0x3002:
      case 0x964: return put_mark('.', begin, 1);
      default: return;
    }
  }

  std::string_view text_;
  std::span<const Piece> addresses_;
  FastTokens& out_;
  std::size_t at_ = 0, limit_ = 0, address_ = 0, write_ = 0, start_ = 0;
  int upper_ = 0, small_ = 0, run_ = 0;  // of the word being read
  UChar32 last_ = -1;
  bool stretched_ = false, wide_ = false, digits_ = false, masked_ = false;
  const bool may_hide_ = contains(text_, "@") || contains(text_, "!");
  std::size_t hidden_ = 0;  // where a word with "@" or "!" in it ends
};

}  // namespace

std::uint64_t fast_hash(const char* at, std::size_t length) {
  std::uint64_t hash = length * 0x9E3779B97F4A7C15ULL;
  std::uint64_t word = 0;
  for (; length > 8; length -= 8, at += 8) {
    std::memcpy(&word, at, 8);
    hash = fast_mix(hash ^ word);
  }
  std::memcpy(&word, at, 8);
  if (length < 8) word &= (std::uint64_t{1} << (8 * length)) - 1;
  return fast_mix(hash ^ word);
}

void split_fast(std::string_view text, std::span<const Piece> addresses, FastTokens& out) {
  Splitter(text, addresses, out).run();
}

}  // namespace plumbline
