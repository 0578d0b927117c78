#include "nlp/symbols.h"

#include <unicode/utf8.h>

#include <string>

#include "base/text.h"

namespace plumbline {
namespace {

bool one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

// Emoticons that are not eyes, nose and mouth.
constexpr std::string_view kWhole[] = {"</3", "<3", "^_^", "^^", "-_-", "T_T", ">_<", "o_O", "O_o"};

std::string& symbol_scratch() {
  thread_local std::string name;
  return name;
}

// The length of the emoticon at `at`, 0 if there is none; its plain form goes to symbol_scratch().
std::uint32_t emoticon(std::string_view text, std::uint32_t at, std::uint32_t end) {
  if (at > 0 && is_alnum(text[at - 1])) return 0;
  const std::string_view rest = text.substr(at, end - at);
  for (const std::string_view form : kWhole) {
    if (!rest.starts_with(form)) continue;
    symbol_scratch() = form;
    return static_cast<std::uint32_t>(form.size());
  }
  if (!one_of(rest[0], ":;=")) return 0;
  std::size_t i = 1;
  const bool tear = i < rest.size() && rest[i] == '\'' && rest[0] == ':';
  if (tear) ++i;
  if (i < rest.size() && one_of(rest[i], "-o^")) ++i;
  if (i >= rest.size()) return 0;
  char mouth = rest[i];
  const bool letter = one_of(mouth, "DPpOoXxSs3");
  if (!letter && !one_of(mouth, ")(]['/\\|*$}{")) return 0;
  if (letter && i + 1 < rest.size() && is_alnum(rest[i + 1])) return 0;
  if (mouth == '\'' || (rest[0] == '=' && one_of(mouth, "'\"/"))) return 0;
  if (mouth == ']' || mouth == '}') mouth = ')';
  if (mouth == '[' || mouth == '{') mouth = '(';
  if (mouth == '\\') mouth = '/';
  if (mouth >= 'A' && mouth <= 'Z') mouth = static_cast<char>(mouth - 'A' + 'a');
  ++i;
  while (i < rest.size() && one_of(rest[i], ")(") && rest[i] == mouth) ++i;
  symbol_scratch().assign(1, rest[0] == '=' ? ':' : rest[0]);
  if (tear) symbol_scratch() += '\'';
  symbol_scratch() += mouth;
  return static_cast<std::uint32_t>(i);
}

bool is_emoji(UChar32 c) {
  if (c >= 0x1F3FB && c <= 0x1F3FF) return false;  // skin tones
  return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || c == 0x2B50;
}

// A symbol beyond ASCII whose bytes are [begin, end); empty if that character is none.
std::string_view wide_symbol(std::string_view character, UChar32 c) {
  if (is_emoji(c)) return character;
  switch (c) {
    case 0xFF01:
    case 0x203C: return "<exclaim>";
    case 0xFF1F:
    case 0x061F:
    case 0x2049: return "<question>";
    case 0x2026: return "<ellipsis>";
    default: return {};
  }
}

}  // namespace

std::uint32_t emoticon_at(std::string_view text, std::uint32_t at, std::uint32_t end,
                          std::string_view& name) {
  const std::uint32_t length = emoticon(text, at, end);
  if (length > 0) name = symbol_scratch();
  return length;
}

bool next_symbol(std::string_view text, std::uint32_t& at, std::uint32_t end, Symbol& out) {
  while (at < end) {
    const std::uint32_t begin = at;
    const char c = text[at];
    std::string_view name;
    if (static_cast<unsigned char>(c) >= 0x80) {
      UChar32 point = 0;
      auto i = static_cast<std::int64_t>(at);
      U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i, static_cast<std::int64_t>(end),
              point);
      at = static_cast<std::uint32_t>(i);
      name = wide_symbol(text.substr(begin, at - begin), point);
    } else if (c == '!' || c == '?') {
      ++at;
      name = c == '!' ? "<exclaim>" : "<question>";
    } else if (c == '.' && text.substr(at, 3) == "...") {
      while (at < end && text[at] == '.') ++at;
      name = "<ellipsis>";
    } else if (one_of(c, ":;=<^-T>oO")) {
      const std::uint32_t length = emoticon(text, at, end);
      at += length == 0 ? 1 : length;
      if (length > 0) name = symbol_scratch();
    } else {
      ++at;
    }
    if (name.empty()) continue;
    out = {name, {begin, at}};
    return true;
  }
  return false;
}

}  // namespace plumbline
