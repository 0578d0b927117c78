#include "crawler/mime.h"

#include "base/text.h"
#include "crawler/base64.h"
#include "crawler/charset.h"

namespace plumbline {
namespace {

// The encoded word at `at`, its bytes decoded; false where there is none. Moves `at` behind it.
bool encoded_word(std::string_view raw, std::size_t& at, std::string& charset, std::string& bytes) {
  const std::size_t kind = raw.find('?', at + 2);
  if (kind == std::string_view::npos || kind + 2 >= raw.size() || raw[kind + 2] != '?')
    return false;
  const std::size_t end = raw.find("?=", kind + 3);
  if (end == std::string_view::npos) return false;
  const std::string_view text = raw.substr(kind + 3, end - kind - 3);
  charset = std::string(raw.substr(at + 2, kind - at - 2));
  charset = charset.substr(0, charset.find('*'));  // a language may follow
  const char how = static_cast<char>(raw[kind + 1] | 0x20);
  if (how == 'b') {
    const auto decoded = decode_base64(text);
    if (!decoded) return false;
    bytes = *decoded;
  } else if (how == 'q') {
    bytes = decode_quoted_printable(text, true);
  } else {
    return false;
  }
  at = end + 2;
  return true;
}

std::string parameter_value(std::string_view text) {
  text = trim(text);
  if (text.empty() || text[0] != '"') return std::string(text);
  std::string out;
  for (std::size_t i = 1; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

}  // namespace

std::string decode_quoted_printable(std::string_view text, bool underscores) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += underscores && text[i] == '_' ? ' ' : text[i];
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
    if (end == text.size() || text[end] == '\n') {  // a soft line end
      i = end;
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += '=';
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::string decode_header(std::string_view raw) {
  std::string out, plain, bytes, charset;
  std::string held, held_charset;  // words in a row may cut a character in two
  const auto flush = [&] {
    if (!held.empty()) out += decode_text(held, held_charset);
    held.clear();
  };
  for (std::size_t at = 0; at < raw.size();) {
    if (raw.substr(at, 2) == "=?" && encoded_word(raw, at, charset, bytes)) {
      const bool follows = !held.empty() && trim(plain).empty();
      if (!follows) {
        flush();
        out += decode_text(plain, {});
      } else if (!iequals_ascii(charset, held_charset)) {
        flush();
      }
      plain.clear();
      held += bytes;
      held_charset = charset;
      continue;
    }
    plain += raw[at++];
  }
  flush();
  return clean_utf8(out + decode_text(plain, {}));
}

MediaType media_type_of(std::string_view header) {
  MediaType media;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= header.size(); ++i) {
    if (i < header.size() && header[i] == '"') quoted = !quoted;
    if (i < header.size() && (quoted || header[i] != ';')) continue;
    const std::string_view part = trim(header.substr(begin, i - begin));
    begin = i + 1;
    const auto equals = part.find('=');
    if (media.type.empty() && equals == std::string_view::npos) {
      media.type = ascii_lower(part);
      continue;
    }
    if (equals == std::string_view::npos) continue;
    const std::string name = ascii_lower(trim(part.substr(0, equals)));
    const std::string value = parameter_value(part.substr(equals + 1));
    if (name == "charset") media.charset = value;
    if (name == "boundary") media.boundary = value;
    if (name == "name" || name == "filename") media.name = value;
  }
  return media;
}

}  // namespace plumbline
