#include "crawler/html_entities.h"

#include <libxml/HTMLparser.h>

namespace plumbline {
namespace {

constexpr std::size_t kLongestName = 12;  // "thetasym" is 8; some room

constexpr char32_t kWindows1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

int digit_value(char c, int base) {
  int value = -1;
  if (c >= '0' && c <= '9') value = c - '0';
  if (base == 16 && c >= 'a' && c <= 'f') value = c - 'a' + 10;
  if (base == 16 && c >= 'A' && c <= 'F') value = c - 'A' + 10;
  return value;
}

// `text` begins with "&#".
std::size_t read_numeric(std::string_view text, std::string& out) {
  std::size_t at = 2;
  int base = 10;
  if (at < text.size() && (text[at] == 'x' || text[at] == 'X')) {
    base = 16;
    ++at;
  }
  std::size_t first = at;
  char32_t value = 0;
  for (; at < text.size(); ++at) {
    int digit = digit_value(text[at], base);
    if (digit < 0) break;
    if (value <= 0x10FFFF) {
      value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digit);
    }
  }
  if (at == first || at >= text.size() || text[at] != ';') return 0;
  bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  bool control = value < 0x20 && value != '\t' && value != '\n' && value != '\r';
  if (value >= 0x80 && value < 0xA0) {
    value = kWindows1252[value - 0x80];
  } else if (value > 0x10FFFF || surrogate || control || value == 0xFFFE || value == 0xFFFF) {
    value = 0xFFFD;
  }
  append_utf8(value, out);
  return at + 1;
}

}  // namespace

void append_utf8(char32_t character, std::string& out) {
  auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
  if (character < 0x80) {
    byte(character);
  } else if (character < 0x800) {
    byte(0xC0 | (character >> 6));
    byte(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    byte(0xE0 | (character >> 12));
    byte(0x80 | ((character >> 6) & 0x3F));
    byte(0x80 | (character & 0x3F));
  } else {
    byte(0xF0 | (character >> 18));
    byte(0x80 | ((character >> 12) & 0x3F));
    byte(0x80 | ((character >> 6) & 0x3F));
    byte(0x80 | (character & 0x3F));
  }
}

std::size_t read_reference(std::string_view text, std::string& out) {
  if (text.size() < 3 || text[0] != '&') return 0;
  if (text[1] == '#') return read_numeric(text, out);
  std::size_t end = text.substr(0, kLongestName + 2).find(';');
  if (end == std::string_view::npos || end == 1) return 0;
  std::string name(text.substr(1, end - 1));
  if (name == "apos") {
    out += '\'';
    return end + 1;
  }
  const htmlEntityDesc* found = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  if (found == nullptr) return 0;
  append_utf8(found->value, out);
  return end + 1;
}

std::string decode_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t ampersand = text.find('&', at);
    if (ampersand == std::string_view::npos) break;
    out += text.substr(at, ampersand - at);
    std::size_t length = read_reference(text.substr(ampersand), out);
    if (length == 0) out += '&';
    at = ampersand + (length == 0 ? 1 : length);
  }
  out += text.substr(at < text.size() ? at : text.size());
  return out;
}

}  // namespace plumbline
