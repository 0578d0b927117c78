// Cuts a file of JSON objects into its objects without holding the file: one object a line, or one
// array of objects, or objects one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crawler/charset.h"

namespace plumbline {

inline constexpr std::size_t kMostObject = std::size_t{8} << 20;  // bytes

struct JsonPiece {
  std::int64_t line = 0;   // where it begins, from 1
  std::string_view bytes;  // to be parsed; valid until the next piece is asked for
  std::string problem;     // set when the piece was passed over: too large, or cut off at the end
};

// In a file of lines a broken line costs that line alone. In an array an object ends where its
// braces balance, strings respected.
class JsonObjects {
 public:
  explicit JsonObjects(TextReader& text) : text_(text) {}
  // False at the end.
  Result<bool> next(JsonPiece& piece);

 private:
  enum class Shape { unknown, lines, array };
  Result<bool> more();
  Status find_shape();
  Result<bool> next_line(JsonPiece& piece);
  Result<bool> next_object(JsonPiece& piece);
  Result<bool> to_object();  // passes over blanks and commas; false at the end
  void advance(std::size_t end);
  void resume_on_next_line();

  TextReader& text_;
  Shape shape_ = Shape::unknown;
  std::string buffer_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool ended_ = false;
  bool over_ = false;  // the array's closing bracket was read
  int unclosed_ = 0;
};

// False where brackets outside strings nest deeper than `most`.
bool json_depth_within(std::string_view json, int most);

}  // namespace plumbline
