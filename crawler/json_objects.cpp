#include "crawler/json_objects.h"

#include <algorithm>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr int kMostUnclosed = 1000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Walks over brackets, strings respected; can be stopped at the end of a buffer and carried on.
struct BracketScan {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  bool escaped = false;

  // Behind the bracket that closes the first one; npos where it does not come.
  std::size_t run(std::string_view text, std::size_t from) {
    for (std::size_t i = from; i < text.size(); ++i) {
      const char c = text[i];
      if (in_string) {
        if (escaped)
          escaped = false;
        else if (c == '\\')
          escaped = true;
        else if (c == '"')
          in_string = false;
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        deepest = std::max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        if (--depth <= 0) return i + 1;
      }
    }
    return std::string_view::npos;
  }
};

}  // namespace

bool json_depth_within(std::string_view json, int most) {
  BracketScan scan;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t end = scan.run(json, at);
    if (scan.deepest > most) return false;
    if (end == std::string_view::npos) return true;
    scan.depth = std::max(scan.depth, 0);
    at = end;
  }
  return true;
}

Result<bool> JsonObjects::more() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::string_view piece = PLUMBLINE_TRY(text_.next());
  ended_ = piece.empty();
  buffer_ += piece;
  return !ended_;
}

void JsonObjects::advance(std::size_t end) {
  line_ += std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(at_),
                      buffer_.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  at_ = end;
}

// An array begins with a bracket; a first line that opens an object and does not end with its
// closing brace begins objects printed over several lines.
Status JsonObjects::find_shape() {
  PLUMBLINE_TRY(more());
  std::size_t begin = 0;
  while (begin < buffer_.size() && is_blank(buffer_[begin])) ++begin;
  const std::string_view rest = std::string_view(buffer_).substr(begin);
  const std::string_view line = trim(rest.substr(0, rest.find('\n')));
  shape_ = Shape::lines;
  if (rest.substr(0, 1) == "[") {
    shape_ = Shape::array;
    advance(begin + 1);
  } else if (rest.substr(0, 1) == "{" && rest.find('\n') != std::string_view::npos &&
             (line.back() == '{' || line.back() == ',' || line.back() == '[')) {
    shape_ = Shape::array;
  }
  return {};
}

Result<bool> JsonObjects::next_line(JsonPiece& piece) {
  std::size_t looked = at_;
  for (;;) {
    std::size_t end = buffer_.find('\n', looked);
    if (end == std::string::npos) {
      if (buffer_.size() - at_ > kMostObject) piece.problem = "a line above 8 MiB";
      if (!piece.problem.empty()) at_ = buffer_.size();
      looked = buffer_.size() - at_;
      if (PLUMBLINE_TRY(more())) continue;
      end = buffer_.size();
      if (at_ == end && piece.problem.empty()) return false;
    }
    piece.line = line_;
    piece.bytes = trim(std::string_view(buffer_).substr(at_, end - at_));
    at_ = std::min(end + 1, buffer_.size());
    ++line_;
    if (!piece.problem.empty() || !piece.bytes.empty()) return true;
    looked = at_;
  }
}

Result<bool> JsonObjects::to_object() {
  for (;;) {
    std::size_t i = at_;
    while (i < buffer_.size() && (is_blank(buffer_[i]) || buffer_[i] == ',')) ++i;
    advance(i);
    if (i < buffer_.size()) return true;
    if (!PLUMBLINE_TRY(more())) return false;
  }
}

// After an object without an end: the next line that opens one is taken for the next object. After
// many of them the rest is given up, since each costs a look at all that follows.
void JsonObjects::resume_on_next_line() {
  for (std::size_t at = at_; ++unclosed_ <= kMostUnclosed;) {
    at = buffer_.find('\n', at);
    if (at == std::string::npos) break;
    while (at < buffer_.size() && is_blank(buffer_[at])) ++at;
    if (at == buffer_.size() || buffer_[at] != '{') continue;
    advance(at);
    return;
  }
  over_ = true;
  at_ = buffer_.size();
}

Result<bool> JsonObjects::next_object(JsonPiece& piece) {
  if (over_ || !PLUMBLINE_TRY(to_object())) return false;
  piece.line = line_;
  if (buffer_[at_] == ']') {
    over_ = true;
    advance(at_ + 1);
    if (!PLUMBLINE_TRY(to_object())) return false;
    piece.line = line_;
    piece.problem = "text after the end of the array";
    return true;
  }
  const bool opens = buffer_[at_] == '{' || buffer_[at_] == '[';
  BracketScan scan;
  for (std::size_t from = at_;;) {
    const std::size_t end = opens ? scan.run(buffer_, from) : buffer_.find_first_of(",]\n", at_);
    if (end != std::string::npos) {
      piece.bytes = std::string_view(buffer_).substr(at_, end - at_);
      advance(end);
      return true;
    }
    if (buffer_.size() - at_ > kMostObject || ended_) {
      piece.problem = ended_ ? "the object is not closed" : "an object above 8 MiB";
      resume_on_next_line();
      return true;
    }
    from = opens ? buffer_.size() - at_ : 0;
    PLUMBLINE_TRY(more());
  }
}

Result<bool> JsonObjects::next(JsonPiece& piece) {
  piece = {};
  if (shape_ == Shape::unknown) PLUMBLINE_CHECK(find_shape());
  return shape_ == Shape::lines ? next_line(piece) : next_object(piece);
}

}  // namespace plumbline
