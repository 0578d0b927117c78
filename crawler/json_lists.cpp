#include "crawler/json_lists.h"

#include <algorithm>

#include "crawler/json_reader.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostNested = 256;
constexpr std::size_t kMostScalars = 256;
constexpr std::size_t kMostString = 4096;  // of names and of texts outside of lists

bool is_in_number(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '+' || c == '.';
}

}  // namespace

JsonLists::JsonLists(TextReader& text, std::function<bool(std::string_view)> wanted)
    : text_(text), wanted_(std::move(wanted)) {}

Result<bool> JsonLists::more() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::string_view piece = PLUMBLINE_TRY(text_.next());
  ended_ = piece.empty();
  buffer_ += piece;
  return !ended_;
}

void JsonLists::advance(std::size_t count) {
  const auto from = buffer_.begin() + static_cast<std::ptrdiff_t>(at_);
  line_ += std::count(from, from + static_cast<std::ptrdiff_t>(count), '\n');
  at_ += count;
}

std::string JsonLists::scalar(std::string_view name) const {
  const auto found = scalars_.find(name);
  if (found == scalars_.end()) return {};
  if (found->second.find('\\') == std::string::npos) return found->second;
  const auto document = JsonDocument::parse("[\"" + found->second + "\"]");
  return document ? (*document->root().begin()).text() : found->second;
}

void JsonLists::see_scalar(std::string value) {
  if (key_.empty() || open_.empty() || open_.back().array) return;
  if (scalars_.size() >= kMostScalars && scalars_.count(key_) == 0) return;
  scalars_[key_] = std::move(value);
}

// Behind the opening quote: the raw string, its escapes left as they are; false at a broken end.
Result<bool> JsonLists::read_string(std::string& into) {
  bool escaped = false;
  for (;;) {
    for (std::size_t i = at_; i < buffer_.size(); ++i) {
      const char c = buffer_[i];
      if (!escaped && c == '"') {
        advance(i - at_ + 1);
        return true;
      }
      escaped = !escaped && c == '\\';
      if (into.size() < kMostString) into += c;
    }
    advance(buffer_.size() - at_);
    if (!PLUMBLINE_TRY(more())) return false;
  }
}

// At an opening brace: the object to its closing one.
Result<bool> JsonLists::capture(JsonPiece& piece) {
  piece = {};
  piece.line = line_;
  int depth = 0;
  bool in_string = false, escaped = false;
  std::size_t from = 0;  // behind at_
  std::size_t dropped = 0;
  for (;;) {
    for (std::size_t i = at_ + from; i < buffer_.size(); ++i) {
      const char c = buffer_[i];
      if (in_string) {
        if (!escaped && c == '"') in_string = false;
        escaped = !escaped && c == '\\';
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        piece.bytes = std::string_view(buffer_).substr(at_, i + 1 - at_);
        if (dropped > 0) piece.problem = "an object above 8 MiB";
        advance(i + 1 - at_);
        return true;
      }
    }
    from = buffer_.size() - at_;
    if (from > kMostObject) {  // passed over without being held
      dropped += from;
      advance(from);
      from = 0;
    }
    if (PLUMBLINE_TRY(more())) continue;
    piece.problem = "the object is not closed";
    at_ = buffer_.size();
    return true;
  }
}

// One sign, string or word of the file.
Result<bool> JsonLists::step(JsonPiece& piece, bool& found) {
  const char c = buffer_[at_];
  const bool in_array = !open_.empty() && open_.back().array;
  const bool outermost = open_.empty();
  if (c == '{' && (in_array || outermost) && wanted_(outermost ? "{}" : open_.back().key)) {
    list_ = outermost ? "{}" : open_.back().key;
    found = true;
    return capture(piece);
  }
  advance(1);
  if (c == '{' || c == '[') {
    if (open_.size() >= kMostNested)
      return fail(ErrorCode::parse, "JSON that is nested too deep to be read");
    // A list in a list keeps its name: {"a": [[{…}]]}.
    open_.push_back({c == '[', in_array ? open_.back().key : key_});
    expects_key_ = c == '{';
    key_.clear();
  } else if (c == '}' || c == ']') {
    if (!open_.empty()) open_.pop_back();
    expects_key_ = false;
    key_.clear();
  } else if (c == ',') {
    expects_key_ = !open_.empty() && !open_.back().array;
    key_.clear();
  } else if (c == '"' && !open_.empty()) {
    std::string text;
    if (!PLUMBLINE_TRY(read_string(text))) return false;
    if (!expects_key_)
      see_scalar(std::move(text));
    else
      key_ = std::move(text);
    expects_key_ = false;
  } else if (is_in_number(c) && !open_.empty()) {
    std::string word(1, c);
    while (at_ < buffer_.size() || PLUMBLINE_TRY(more())) {
      if (!is_in_number(buffer_[at_])) break;
      if (word.size() < kMostString) word += buffer_[at_];
      advance(1);
    }
    see_scalar(std::move(word));
  }
  return true;
}

Result<bool> JsonLists::next(JsonPiece& piece) {
  for (;;) {
    if (at_ == buffer_.size() && !PLUMBLINE_TRY(more())) return false;
    bool found = false;
    if (!PLUMBLINE_TRY(step(piece, found))) return false;
    if (found) return true;
  }
}

}  // namespace plumbline
