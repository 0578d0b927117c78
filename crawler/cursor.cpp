#include "crawler/cursor.h"

#include <charconv>

#include "base/text.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

// Keys are printed as they are, so a foreign string may not bring any others.
bool is_key(std::string_view text) {
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '_') return false;
  }
  return !text.empty();
}

}  // namespace

Cursor::Cursor(std::string_view printed) {
  constexpr std::size_t kMostBytes = 16u << 10;
  for (std::string_view pair : split(printed, ';')) {
    if (pair.size() > kMostBytes) continue;
    std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || !is_key(pair.substr(0, equals))) continue;
    set(pair.substr(0, equals), percent_decode(pair.substr(equals + 1)));
  }
}

std::string Cursor::text(std::string_view key) const {
  auto found = values_.find(key);
  return found == values_.end() ? std::string() : found->second;
}

std::optional<std::int64_t> Cursor::number(std::string_view key) const {
  auto found = values_.find(key);
  if (found == values_.end()) return {};
  const std::string& value = found->second;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) return {};
  return number;
}

std::int64_t Cursor::number_or(std::string_view key, std::int64_t otherwise) const {
  return number(key).value_or(otherwise);
}

void Cursor::set(std::string_view key, std::string_view value) {
  if (value.empty()) {
    values_.erase(std::string(key));
  } else {
    values_.insert_or_assign(std::string(key), std::string(value));
  }
}

void Cursor::set(std::string_view key, std::int64_t value) { set(key, std::to_string(value)); }

std::string Cursor::print() const {
  std::string out;
  for (const auto& [key, value] : values_) {
    if (!out.empty()) out += ';';
    out += key;
    out += '=';
    out += percent_encode(value);
  }
  return out;
}

}  // namespace plumbline
