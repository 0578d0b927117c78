#include "nlp/letters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostWordBytes = 24;  // bytes

bool belongs_to_word(UChar32 point) {
  return point >= 0 && (u_isalnum(point) || (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0 ||
                        point == 0x200C || point == 0x200D);
}

}  // namespace

std::int32_t next_point(std::string_view text, std::size_t& at) {
  UChar32 point = 0;
  auto i = static_cast<std::int64_t>(at);
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i,
          static_cast<std::int64_t>(text.size()), point);
  at = static_cast<std::size_t>(i);
  return point;
}

bool letter_at(std::string_view text) {
  std::size_t at = 0;
  return !text.empty() && belongs_to_word(next_point(text, at));
}

bool letter_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  std::size_t begin = at - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) --begin;
  return letter_at(text.substr(begin));
}

std::size_t word_length(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && end <= kMostWordBytes) {
    std::size_t next = end;
    const UChar32 point = next_point(text, next);
    if (u_isdigit(point) != 0 || !belongs_to_word(point)) break;
    end = next;
  }
  return end <= kMostWordBytes ? end : 0;
}

}  // namespace plumbline
