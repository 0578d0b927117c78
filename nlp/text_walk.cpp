#include "nlp/text_walk.h"

#include <unicode/utf8.h>

namespace plumbline {

Character character_at(std::string_view text, std::size_t at) {
  Character out;
  out.begin = static_cast<std::uint32_t>(at);
  if (at >= text.size()) {
    out.code = -1;
    out.end = out.begin;
    return out;
  }
  auto next = static_cast<std::int32_t>(at);
  U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), next,
                  static_cast<std::int32_t>(text.size()), out.code);
  out.end = static_cast<std::uint32_t>(next);
  return out;
}

bool is_unseen(UChar32 c) {
  return c == 0xFE0F || c == 0x200D || (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0xFFFD ||
         (U_GET_GC_MASK(c) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CN_MASK | U_GC_CO_MASK)) != 0;
}

bool in_name(UChar32 c) {
  return c == '_' || u_isalnum(c) || (c >= 0x300 && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0);
}

std::size_t link_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (!rest.starts_with("http://") && !rest.starts_with("https://") && !rest.starts_with("www."))
    return 0;
  std::size_t length = 0;
  while (length < rest.size() && static_cast<unsigned char>(rest[length]) > ' ') ++length;
  return length;
}

std::size_t name_length(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if ((U_GET_GC_MASK(character_at(text, at).code) & U_GC_M_MASK) != 0) return 0;
  for (Character c = character_at(text, end); c.code >= 0 && in_name(c.code);
       c = character_at(text, end))
    end = c.end;
  return end - at;
}

bool splits_hashtag(UChar32 last, UChar32 next) {
  return (last < 0x80 && u_islower(last) && (u_isupper(next) || u_isdigit(next))) ||
         (u_isdigit(last) && next < 0x80 && u_isalpha(next));
}

}  // namespace plumbline
