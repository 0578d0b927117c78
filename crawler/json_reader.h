// Replies in JSON, read so that no body can hurt: at most 256 levels, strict by RFC 8259, and every
// look at a value that is absent or of another type gives "nothing" instead of a fault.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace plumbline {

// One value of a JsonDocument, or nothing. Two words large; copy it freely, but not beyond the life
// of its document.
class Json {
 public:
  class Iterator;

  Json() = default;  // nothing

  bool exists() const { return exists_; }  // a JSON null exists
  bool is_null() const;                    // null or nothing
  bool is_object() const;
  bool is_array() const;
  bool is_text() const;
  bool is_number() const;

  Json operator[](std::string_view key) const;  // of an object; the first of equal keys
  std::size_t size() const;                     // members or elements; up to 16,777,215 are counted

  // Strings as they are; numbers and true/false printed; nothing else has text.
  std::string text() const;
  std::optional<std::int64_t> integer() const;  // whole numbers, also written 1.0 or "1"
  std::optional<double> number() const;         // also in a string
  std::optional<bool> flag() const;

  Iterator begin() const;  // over the elements of an array or the values of an object
  Iterator end() const;

 private:
  friend class JsonDocument;
  friend class Iterator;
  using Raw = std::array<std::uintptr_t, 2>;  // the parser's own handle

  explicit Json(Raw raw) : raw_(raw), exists_(true) {}

  Raw raw_{};
  bool exists_ = false;
};

class Json::Iterator {
 public:
  Json operator*() const { return value_; }
  std::string_view key() const { return key_; }  // of a member; valid as long as the document
  Iterator& operator++();
  bool operator!=(const Iterator& other) const { return raw_ != other.raw_; }

 private:
  friend class Json;
  void load();

  Raw raw_{};  // the parser's own iterator
  Raw last_{};
  bool members_ = false;
  Json value_;
  std::string_view key_;
};

// Owns what was parsed. A byte order mark in front is accepted.
class JsonDocument {
 public:
  // An error of code parse says at most one sentence; nothing of the body is in it.
  static Result<JsonDocument> parse(std::string_view body);

  JsonDocument();  // nothing yet
  // Reads a body in place of the one before, into the same memory: many small ones are read in a
  // fraction of the time. Values of the one before are gone.
  Status read(std::string_view body);

  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();

  Json root() const { return root_; }

 private:
  struct Parsed;

  std::unique_ptr<Parsed> parsed_;
  Json root_;
};

}  // namespace plumbline
