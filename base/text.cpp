#include "base/text.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "base/control_sequence.h"

namespace plumbline {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// One code point from `text` at `at`, which moves on; U_SENTINEL (-1) for a bad sequence.
UChar32 next_point(std::string_view text, std::size_t& at) {
  UChar32 point = 0;
  auto i = static_cast<std::int64_t>(at);
  const auto length = static_cast<std::int64_t>(text.size());
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i, length, point);
  at = static_cast<std::size_t>(i);
  return point;
}

bool is_override(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F || c == 0x061C;
}

bool is_wide(UChar32 c) {
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE;
}

}  // namespace

bool is_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size())
    if (next_point(text, at) < 0) return false;
  return true;
}

std::string clean_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    const UChar32 point = next_point(text, at);
    if (point < 0) {
      out += kReplacement;
    } else if (point >= 0x20 || point == '\t' || point == '\n') {
      if (point != 0x7F) out.append(text, begin, at - begin);
    } else if (point == '\r') {
      if (at >= text.size() || text[at] != '\n') out += '\n';
    } else if (point == 0x1B) {
      at = behind_control_sequence(text, at);
    }
  }
  return out;
}

std::string fold_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    const unsigned char first = static_cast<unsigned char>(text[at]);
    bool space = false;
    if (first < 0x80) {
      ++at;
      space = is_ascii_space(static_cast<char>(first));
    } else {
      const UChar32 point = next_point(text, at);
      space = point >= 0 && (u_isUWhiteSpace(point) || point == 0xFEFF);
    }
    if (space) {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out.append(text, begin, at - begin);
  }
  return out;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

namespace {
constexpr std::string_view kQuestionMarks[] = {"?", "\uFF1F", "\u061F"};
}

bool is_question_mark(std::string_view sign) {
  return std::ranges::find(kQuestionMarks, sign) != std::end(kQuestionMarks);
}

bool holds_question_mark(std::string_view text) {
  return std::ranges::any_of(kQuestionMarks, [&](auto mark) { return contains(text, mark); });
}

bool ends_with_question_mark(std::string_view text) {
  return std::ranges::any_of(kQuestionMarks, [&](auto mark) { return text.ends_with(mark); });
}

std::size_t clause_sign_at(std::string_view text, std::size_t at) {
  // Dashes, the ellipsis; East Asian, Arabic and Indian signs; wide brackets.
  constexpr std::string_view kWide[] = {"\u2014", "\u2013", "\u2026", "\u3001", "\u3002", "\uFF0C",
                                        "\uFF1B", "\uFF1A", "\uFF01", "\uFF1F", "\uFF08", "\uFF09",
                                        "\u061B", "\u060C", "\u061F", "\u06D4", "\u0964"};
  const char c = text[at];
  if (is_high(c)) {
    for (const std::string_view sign : kWide)
      if (text.substr(at).starts_with(sign)) return sign.size();
    return 0;
  }
  if (std::string_view(",;:!?()[]{}|\n").find(c) == std::string_view::npos) return 0;
  const bool in_number = (c == ',' || c == ':') && at > 0 && at + 1 < text.size() &&
                         is_digit(text[at - 1]) && is_digit(text[at + 1]);
  return in_number ? 0 : 1;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool iequals_ascii(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ascii_lower(a) == ascii_lower(b);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

std::string shorten(std::string_view text, std::size_t most) {
  std::size_t at = 0, count = 0, last_blank = 0, cut = text.size();
  while (at < text.size()) {
    if (count + 1 == most) cut = at;
    if (count == most) {
      const bool near = last_blank > 0 && last_blank + 24 >= cut && last_blank <= cut;
      return std::string(trim(text.substr(0, near ? last_blank : cut))) + "…";
    }
    if (text[at] == ' ') last_blank = at;
    if (next_point(text, at) < 0 && at == 0) ++at;
    ++count;
  }
  return std::string(text);
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0, at = 0;
  while (at < text.size()) {
    const UChar32 c = next_point(text, at);
    if (c < 0) {
      ++width;
      continue;
    }
    const int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || c < 0x20)
      continue;
    width += is_wide(c) ? 2 : 1;
  }
  return width;
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : clean_utf8(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '`': out += "&#96;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string escape_csv(std::string_view text) {
  std::string cell = clean_utf8(text);
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos)
    cell = std::string(1, '\'') + cell;
  if (cell.find_first_of(",\"\r\n;") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

namespace {

// One line of text, asked where a sign of it would be markup: some are so anywhere, some only where
// the line begins, some only before others.
class MarkdownLine {
 public:
  explicit MarkdownLine(std::string_view text)
      : text_(text),
        signs_(text.find_first_not_of(" #+-=")),
        digits_(text.find_first_not_of(" 0123456789")) {}

  bool is_markup(std::size_t at) const {
    constexpr std::string_view kAnywhere = "\\`*_{}[]|~@", kLink = "www";
    const char c = text_[at];
    if (kAnywhere.find(c) != std::string_view::npos) return true;
    switch (c) {
      case '#':
      case '+':
      case '-':
      case '=': return at < signs_;
      case '(': return at > 0 && text_[at - 1] == ']';
      case ')': return at == digits_;
      case '.':
        return at == digits_ ||
               (at >= kLink.size() &&
                iequals_ascii(text_.substr(at - kLink.size(), kLink.size()), kLink));
      case ':': return text_.substr(at + 1).starts_with("//");
      default: return false;
    }
  }

 private:
  std::string_view text_;
  std::size_t signs_, digits_;  // where something else comes first
};

}  // namespace

std::string escape_markdown(std::string_view text) {
  std::string line = clean_utf8(text);
  std::ranges::replace(line, '\n', ' ');
  const MarkdownLine markdown(line);
  std::string out;
  out.reserve(line.size() * 2);
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (markdown.is_markup(at)) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string escape_terminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    const UChar32 c = next_point(text, at);
    if (c < 0) {
      out += kReplacement;
    } else if (c == '\t' || c == '\n') {
      out += ' ';
    } else if (c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) && !is_override(c)) {
      out.append(text, begin, at - begin);
    }
  }
  return out;
}

namespace {

bool stands_in_json(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && !is_high(c) && c != '"' && c != '\\' && c != '<';
}

}  // namespace

void append_quoted(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    while (at < text.size() && stands_in_json(text[at])) ++at;
    out.append(text, begin, at - begin);
    if (at == text.size()) break;
    const std::size_t special = at;
    const UChar32 c = next_point(text, at);
    if (c < 0) {
      out += kReplacement;
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c < 0x20 || c == '<' || c == 0x2028 || c == 0x2029) {
      out += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4)
        out += kHex[static_cast<std::size_t>((c >> shift) & 15)];
    } else {
      out.append(text, special, at - special);
    }
  }
  out += '"';
}

std::string json_quote(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_quoted(text, out);
  return out;
}

void append_fixed4(float value, std::string& out) {
  constexpr float kMost = 1e6F;
  if (!(std::fabs(value) < kMost)) {
    out += fmt::format("{:.4f}", value);
    return;
  }
  // The product of a float and 10000 is exact in a double, so that adding 2^52 rounds it as
  // printing does: to the nearest, halves to the even one.
  constexpr double kWhole = 0x1p52;
  const double rounded = (std::fabs(static_cast<double>(value)) * 10000 + kWhole) - kWhole;
  const auto units = static_cast<std::uint64_t>(rounded);
  auto rest = units % 10000;
  char decimals[] = ".0000";
  for (std::size_t i = 4; i > 0; --i, rest /= 10) decimals[i] = static_cast<char>('0' + rest % 10);
  if (std::signbit(value)) out += '-';
  const fmt::format_int whole(units / 10000);
  out.append(whole.data(), whole.size()).append(decimals, 5);
}

std::string safe_link(std::string_view url) {
  const std::string_view bare = trim(url);
  for (const char c : bare)
    if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\'' || c == '<' || c == '>' ||
        c == '\\')
      return {};
  const std::string lower = ascii_lower(bare.substr(0, 8));
  const auto begins = [&](std::string_view scheme) {
    return lower.compare(0, scheme.size(), scheme) == 0;
  };
  if (!begins("http://") && !begins("https://") && !begins("mailto:")) return {};
  return is_utf8(bare) ? std::string(bare) : std::string();
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  if (a.size() > 256 || b.size() > 256) return a == b ? 0 : std::max(a.size(), b.size());
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string_view closest(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string lower = ascii_lower(word);
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(lower, ascii_lower(candidate));
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string hex64(std::uint64_t value) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out(16, '0');
  for (int i = 15; i >= 0; --i, value >>= 4) out[static_cast<std::size_t>(i)] = kHex[value & 15];
  return out;
}

}  // namespace plumbline
