#include "crawler/json_pointer.h"

#include <charconv>
#include <string>

#include "base/text.h"

namespace plumbline {
namespace {

std::string unescaped(std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const char next = i + 1 < part.size() ? part[i + 1] : '\0';
    if (part[i] == '~' && (next == '0' || next == '1')) {
      out += next == '0' ? '~' : '/';
      ++i;
    } else {
      out += part[i];
    }
  }
  return out;
}

Json element(Json list, std::string_view digits) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  for (const Json value : list)
    if (index-- == 0) return value;
  return {};
}

}  // namespace

Json at_pointer(Json value, std::string_view pointer) {
  if (pointer.empty()) return value;
  if (pointer[0] == '/') pointer.remove_prefix(1);
  for (const std::string_view part : split(pointer, '/'))
    value = value.is_array() ? element(value, part) : value[unescaped(part)];
  return value;
}

}  // namespace plumbline
