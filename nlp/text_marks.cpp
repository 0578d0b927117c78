#include "nlp/text_marks.h"

namespace plumbline {
namespace {

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool begins_link(std::string_view token) {
  for (const std::string_view start : {"http://", "https://", "www.", "HTTP://", "HTTPS://"})
    if (token.substr(0, start.size()) == start) return true;
  return false;
}

bool is_name(char c) {
  return (c & 0x80) != 0 || c == '_' || c == '.' || c == '-' || c == '@' ||
         (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string_view blank_marks(std::string_view text, std::string& buffer) {
  if (text.find('@') == std::string_view::npos && text.find("http") == std::string_view::npos &&
      text.find("HTTP") == std::string_view::npos && text.find("www.") == std::string_view::npos)
    return text;
  buffer.assign(text);
  std::string& out = buffer;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool starts = i == 0 || !is_name(out[i - 1]);
    if (out[i] == '@' && starts) {
      out[i++] = ' ';
      while (i < out.size() && is_name(out[i]) && (out[i] & 0x80) == 0) out[i++] = ' ';
    } else if ((out[i] == 'h' || out[i] == 'H' || out[i] == 'w') && starts &&
               begins_link(std::string_view(out).substr(i))) {
      while (i < out.size() && !is_ascii_space(out[i])) out[i++] = ' ';
    }
  }
  return buffer;
}

}  // namespace plumbline
