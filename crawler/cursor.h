// What a source wants to find again on the next page or in the next run: a few named values in one
// printable string, so that a cursor can be read by people and kept in any store.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace plumbline {

// Printed as "before=1700000000;page=2", keys in order, values percent-encoded where needed. Any
// string can be read; what is not of this form, or longer
// than 16 KiB a value, is left out.
class Cursor {
 public:
  Cursor() = default;
  explicit Cursor(std::string_view printed);

  std::string text(std::string_view key) const;                    // empty if absent
  std::optional<std::int64_t> number(std::string_view key) const;  // absent or no number: none
  std::int64_t number_or(std::string_view key, std::int64_t otherwise) const;
  void set(std::string_view key, std::string_view value);  // an empty value removes the key
  void set(std::string_view key, std::int64_t value);

  std::string print() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace plumbline
