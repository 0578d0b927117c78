#include "crawler/json_reader.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <utility>

#include <simdjson.h>

namespace plumbline {
namespace {

namespace dom = simdjson::dom;
using Words = std::array<std::uintptr_t, 2>;

// The parser's handles are two plain words each, so our header need not show its types.
static_assert(sizeof(dom::element) == sizeof(Words));
static_assert(sizeof(dom::array::iterator) == sizeof(Words));
static_assert(sizeof(dom::object::iterator) == sizeof(Words));

constexpr std::size_t kDeepest = 256;

dom::element element_of(const Words& words) { return std::bit_cast<dom::element>(words); }

template <class Handle>
Words words_of(const Handle& handle) {
  return std::bit_cast<Words>(handle);
}

std::string reason(simdjson::error_code error) {
  switch (error) {
    case simdjson::DEPTH_ERROR: return "is nested deeper than 256 levels";
    case simdjson::EMPTY: return "is empty";
    case simdjson::UTF8_ERROR: return "is not valid UTF-8";
    case simdjson::CAPACITY: return "is too large";
    case simdjson::MEMALLOC: return "does not fit into memory";
    default: return "is not valid JSON";
  }
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
  Number number{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return {};
  return number;
}

std::optional<std::int64_t> whole(double value) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  if (!(value >= -kLimit && value < kLimit) || std::trunc(value) != value) return {};
  return static_cast<std::int64_t>(value);
}

}  // namespace

bool Json::is_null() const { return !exists_ || element_of(raw_).is_null(); }
bool Json::is_object() const { return exists_ && element_of(raw_).is_object(); }
bool Json::is_array() const { return exists_ && element_of(raw_).is_array(); }
bool Json::is_text() const { return exists_ && element_of(raw_).is_string(); }
bool Json::is_number() const { return exists_ && element_of(raw_).is_number(); }

Json Json::operator[](std::string_view key) const {
  dom::object object;
  if (!exists_ || element_of(raw_).get(object) != simdjson::SUCCESS) return {};
  dom::element value;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return {};
  return Json(words_of(value));
}

std::size_t Json::size() const {
  dom::array array;
  dom::object object;
  if (!exists_) return 0;
  if (element_of(raw_).get(array) == simdjson::SUCCESS) return array.size();
  if (element_of(raw_).get(object) == simdjson::SUCCESS) return object.size();
  return 0;
}

std::string Json::text() const {
  if (!exists_) return {};
  dom::element element = element_of(raw_);
  switch (element.type()) {
    case dom::element_type::STRING: return std::string(element.get_string().value_unsafe());
    case dom::element_type::INT64: return std::to_string(element.get_int64().value_unsafe());
    case dom::element_type::UINT64: return std::to_string(element.get_uint64().value_unsafe());
    case dom::element_type::BOOL: return element.get_bool().value_unsafe() ? "true" : "false";
    case dom::element_type::DOUBLE: {
      char buffer[32];
      auto [end, error] =
          std::to_chars(buffer, buffer + sizeof buffer, element.get_double().value_unsafe());
      return error == std::errc() ? std::string(buffer, end) : std::string();
    }
    default: return {};
  }
}

std::optional<std::int64_t> Json::integer() const {
  if (!exists_) return {};
  dom::element element = element_of(raw_);
  std::int64_t number = 0;
  if (element.get(number) == simdjson::SUCCESS) return number;
  double real = 0;
  if (element.is_number() && element.get(real) == simdjson::SUCCESS) return whole(real);
  std::string_view digits;
  if (element.get(digits) == simdjson::SUCCESS) return read_number<std::int64_t>(digits);
  return {};
}

std::optional<double> Json::number() const {
  if (!exists_) return {};
  dom::element element = element_of(raw_);
  double number = 0;
  if (element.get(number) == simdjson::SUCCESS) return number;
  std::string_view digits;
  if (element.get(digits) != simdjson::SUCCESS) return {};
  std::optional<double> read = read_number<double>(digits);
  return read && std::isfinite(*read) ? read : std::nullopt;
}

std::optional<bool> Json::flag() const {
  bool value = false;
  if (!exists_ || element_of(raw_).get(value) != simdjson::SUCCESS) return {};
  return value;
}

Json::Iterator Json::begin() const {
  Iterator out;
  dom::array array;
  dom::object object;
  if (exists_ && element_of(raw_).get(array) == simdjson::SUCCESS) {
    out.raw_ = words_of(array.begin());
    out.last_ = words_of(array.end());
  } else if (exists_ && element_of(raw_).get(object) == simdjson::SUCCESS) {
    out.raw_ = words_of(object.begin());
    out.last_ = words_of(object.end());
    out.members_ = true;
  }
  out.load();
  return out;
}

Json::Iterator Json::end() const {
  Iterator out = begin();
  out.raw_ = out.last_;
  return out;
}

void Json::Iterator::load() {
  if (raw_ == last_) return;
  if (members_) {
    auto iterator = std::bit_cast<dom::object::iterator>(raw_);
    key_ = iterator.key();
    value_ = Json(words_of(iterator.value()));
  } else {
    value_ = Json(words_of(*std::bit_cast<dom::array::iterator>(raw_)));
  }
}

Json::Iterator& Json::Iterator::operator++() {
  if (members_) {
    auto iterator = std::bit_cast<dom::object::iterator>(raw_);
    ++iterator;
    raw_ = words_of(iterator);
  } else {
    auto iterator = std::bit_cast<dom::array::iterator>(raw_);
    ++iterator;
    raw_ = words_of(iterator);
  }
  load();
  return *this;
}

struct JsonDocument::Parsed {
  dom::parser parser;
};

JsonDocument::JsonDocument() : parsed_(std::make_unique<Parsed>()) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Status JsonDocument::read(std::string_view body) {
  if (body.substr(0, 3) == "\xEF\xBB\xBF") body.remove_prefix(3);
  constexpr std::size_t kLeast = 64;  // below this the parser would grow, and forget our depth
  dom::parser& parser = parsed_->parser;
  root_ = {};
  simdjson::error_code error = simdjson::SUCCESS;
  if (const std::size_t need = std::max(body.size(), kLeast); parser.capacity() < need)
    error = parser.allocate(need, kDeepest);
  dom::element root;
  if (error == simdjson::SUCCESS) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(body.data());
    error = parser.parse(bytes, body.size(), true).get(root);
  }
  if (error != simdjson::SUCCESS) return fail(ErrorCode::parse, "the body " + reason(error));
  root_ = Json(words_of(root));
  return {};
}

Result<JsonDocument> JsonDocument::parse(std::string_view body) {
  JsonDocument document;
  PLUMBLINE_CHECK(document.read(body));
  return document;
}

}  // namespace plumbline
