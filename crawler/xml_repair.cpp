#include "crawler/xml_repair.h"

#include <algorithm>
#include <vector>

#include <unicode/unistr.h>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/html_entities.h"

namespace plumbline {
namespace {

constexpr int kMostElements = 256;
constexpr std::size_t kGuessFrom = 64u << 10;

// The names under which bytes are served, and what they mostly are.
std::string real_charset(std::string_view name) {
  std::string lower = ascii_lower(trim(name));
  if (lower == "gb2312" || lower == "gbk" || lower == "x-gbk") return "gb18030";
  if (lower == "iso-8859-1" || lower == "latin1" || lower == "us-ascii" || lower == "ascii") {
    return "windows-1252";
  }
  return lower;
}

// A few bad bytes among many good ones are damage; many of them, the wrong encoding.
bool fits(std::string_view utf8) {
  std::size_t other = 0;
  std::size_t bad = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (static_cast<unsigned char>(utf8[i]) >= 0xC0) ++other;
    if (utf8.substr(i, 3) == "\xEF\xBF\xBD") ++bad;
  }
  return bad * 8 <= other - bad;
}

// Empty if the name is unknown or the bytes are not of that encoding.
std::string decoded(std::string_view bytes, std::string_view charset) {
  std::string name = real_charset(charset);
  if (name.empty() || bytes.size() > (1u << 30)) return {};
  if (name == "utf-8" || name == "utf8") {
    std::string text = is_utf8(bytes) ? std::string(bytes) : clean_utf8(bytes);
    return fits(text) ? text : std::string();
  }
  icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), name.c_str());
  if (text.isBogus()) return {};
  std::string out;
  text.toUTF8String(out);
  // Sixteen-bit names on bytes of plain ASCII give ideographs, and no tag.
  return out.find('<') == std::string::npos || !fits(out) ? std::string() : out;
}

std::string_view charset_of_mark(std::string_view bytes, std::size_t& length) {
  auto begins = [bytes](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
  using namespace std::string_view_literals;
  length = 4;
  if (begins("\xFF\xFE\0\0"sv)) return "utf-32le";
  if (begins("\0\0\xFE\xFF"sv)) return "utf-32be";
  length = 3;
  if (begins("\xEF\xBB\xBF"sv)) return "utf-8";
  length = 2;
  if (begins("\xFF\xFE"sv)) return "utf-16le";
  if (begins("\xFE\xFF"sv)) return "utf-16be";
  length = 0;
  if (begins("<\0?\0"sv) || begins("<\0!\0"sv)) return "utf-16le";
  if (begins("\0<\0?"sv) || begins("\0<\0!"sv)) return "utf-16be";
  return {};
}

std::string_view declared_charset(std::string_view bytes) {
  std::string_view head = bytes.substr(0, 1024);
  std::size_t begin = head.find("<?xml");
  if (begin == std::string_view::npos) return {};
  std::size_t end = head.find("?>", begin);
  if (end == std::string_view::npos) return {};
  std::string_view declaration = head.substr(begin, end - begin);
  std::size_t name = declaration.find("encoding");
  if (name == std::string_view::npos) return {};
  std::size_t open = declaration.find_first_of("\"'", name);
  if (open == std::string_view::npos) return {};
  std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return declaration.substr(open + 1, close - open - 1);
}

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool ends_name(char c) {
  return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '<';
}

// One pass over the text from left to right.
class Repair {
 public:
  explicit Repair(std::string_view text) : text_(text) { out_.text.reserve(text.size()); }

  Result<RepairedXml> run() {
    while (at_ < text_.size() && !done_) {
      if (text_[at_] == '<') {
        PLUMBLINE_CHECK(markup());
      } else {
        std::size_t end = std::min(text_.find('<', at_), text_.size());
        if (!out_.root.empty()) characters(text_.substr(at_, end - at_));
        at_ = end;
      }
    }
    if (out_.root.empty()) return fail(ErrorCode::parse, "the body holds no XML element");
    return std::move(out_);
  }

 private:
  bool begins(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  // The position after the next `what`, or the end.
  std::size_t after(std::string_view what) const {
    std::size_t found = text_.find(what, at_);
    return found == std::string_view::npos ? text_.size() : found + what.size();
  }

  Status markup() {
    if (begins("<!--")) {
      at_ += 4;
      at_ = after("-->");
    } else if (begins("<![CDATA[")) {
      cdata();
    } else if (begins("<?")) {
      at_ = after("?>");
    } else if (begins("<!") && out_.root.empty()) {
      skip_declaration();
    } else if (begins("</")) {
      end_tag();
    } else if (at_ + 1 < text_.size() && begins_name(text_[at_ + 1])) {
      return start_tag();
    } else {
      put("&lt;");
      ++at_;
    }
    return {};
  }

  // <!DOCTYPE … [ … ]>, with quotes and brackets.
  void skip_declaration() {
    int brackets = 0;
    char quote = 0;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (brackets > 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == '[') {
        ++brackets;
      } else if (c == ']') {
        --brackets;
      } else if (c == '>' && brackets <= 0) {
        ++at_;
        return;
      }
    }
  }

  void cdata() {
    at_ += 9;
    std::size_t end = text_.find("]]>", at_);
    std::size_t stop = end == std::string_view::npos ? text_.size() : end;
    for (; at_ < stop; ++at_) escaped(text_[at_]);
    if (end != std::string_view::npos) at_ += 3;
  }

  void escaped(char c) {
    switch (c) {
      case '<': put("&lt;"); break;
      case '>': put("&gt;"); break;
      case '&': put("&amp;"); break;
      case '"': put("&quot;"); break;
      case '\'': put("&apos;"); break;
      default: plain(c);
    }
  }

  void plain(char c) {
    bool control = static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    if (!control && !out_.root.empty()) out_.text += c;
  }

  void put(std::string_view what) {
    if (!out_.root.empty()) out_.text += what;
  }

  // Writes text up to a "<" that may be markup, references resolved.
  void characters(std::string_view text) {
    std::string character;
    for (std::size_t i = 0; i < text.size();) {
      character.clear();
      std::size_t length = text[i] == '&' ? read_reference(text.substr(i), character) : 0;
      for (char c : character) escaped(c);
      if (length == 0) escaped(text[i]);
      i += length == 0 ? 1 : length;
    }
  }

  void end_tag() {
    std::size_t close = text_.find_first_of("<>", at_ + 1);
    if (close == std::string_view::npos || text_[close] == '<') {
      at_ = close == std::string_view::npos ? text_.size() : close;
      return;
    }
    std::string_view name = trim(text_.substr(at_ + 2, close - at_ - 2));
    at_ = close + 1;
    if (stands_alone(name)) return;
    put("</");
    put(name);
    put(">");
    if (levels_ > 1) --levels_;
    if (name != out_.root || --roots_ > 0) return;
    out_.closed = done_ = true;
  }

  Status start_tag() {
    std::size_t begin = at_++;
    while (at_ < text_.size() && !ends_name(text_[at_])) ++at_;
    std::string_view name = text_.substr(begin + 1, at_ - begin - 1);
    bool first = out_.root.empty();
    if (first) out_.root = std::string(name);
    put("<");
    put(name);
    bool empty = attributes();
    bool alone = stands_alone(name);
    put(alone || empty ? "/>" : ">");
    if (empty || alone) {
      if (first) out_.closed = done_ = true;
      return {};
    }
    if (name == out_.root) ++roots_;
    if (++levels_ > kMostElements) {
      return fail(ErrorCode::parse, "the feed is nested deeper than 256 levels");
    }
    return {};
  }

  // Elements that naked HTML leaves unclosed.
  static bool stands_alone(std::string_view name) {
    std::string local = ascii_lower(name);
    return local == "br" || local == "img" || local == "hr";
  }

  // Past ">". True for "/>".
  bool attributes() {
    bool empty = false;
    while (at_ < text_.size() && text_[at_] != '<') {
      char c = text_[at_];
      if (c == '>') {
        ++at_;
        return empty;
      }
      empty = c == '/';
      if (begins_name(c)) {
        attribute();
      } else {
        ++at_;
      }
    }
    return false;
  }

  void attribute() {
    std::size_t begin = at_;
    while (at_ < text_.size() && !ends_name(text_[at_]) && text_[at_] != '=') ++at_;
    std::string_view name = text_.substr(begin, at_ - begin);
    bool good = name.find_first_of("\"'&;,()[]{}") == std::string_view::npos;
    skip_space();
    std::string_view value;
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      skip_space();
      value = attribute_value();
    }
    if (!good) return;
    put(" ");
    put(name);
    put("=\"");
    characters(value);
    put("\"");
  }

  std::string_view attribute_value() {
    char quote = at_ < text_.size() ? text_[at_] : ' ';
    if (quote == '"' || quote == '\'') {
      std::size_t close = text_.find(quote, at_ + 1);
      if (close != std::string_view::npos) {
        std::string_view value = text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
        return value;
      }
    }
    std::size_t begin = at_;
    while (at_ < text_.size() && (!ends_name(text_[at_]) || text_[at_] == '/')) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void skip_space() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int levels_ = 0;
  int roots_ = 0;  // open elements of the root's name
  bool done_ = false;
  RepairedXml out_;
};

}  // namespace

std::string xml_to_utf8(std::string_view bytes, std::string_view http_charset) {
  std::size_t mark_length = 0;
  std::string_view mark = charset_of_mark(bytes, mark_length);
  bytes.remove_prefix(mark_length);
  for (std::string_view charset :
       {mark, http_charset, declared_charset(bytes), std::string_view("utf-8")}) {
    if (std::string text = decoded(bytes, charset); !text.empty()) return text;
  }
  std::string text = decoded(bytes, guess_charset(bytes.substr(0, kGuessFrom)));
  return text.empty() ? clean_utf8(bytes) : text;
}

Result<RepairedXml> repair_xml(std::string_view utf8) { return Repair(utf8).run(); }

}  // namespace plumbline
