#include "crawler/text_lines.h"

namespace plumbline {

Result<bool> TextLines::more() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  if (text_ != nullptr) {
    const std::string_view piece = PLUMBLINE_TRY(text_->next());
    ended_ = piece.empty();
    buffer_ += piece;
  } else {
    constexpr std::size_t kPiece = 64 * 1024;
    const std::size_t had = buffer_.size();
    buffer_.resize(had + kPiece);
    auto got = bytes_->read(buffer_.data() + had, kPiece);
    buffer_.resize(had + (got ? *got : 0));
    if (!got) return tl::unexpected(std::move(got).error());
    ended_ = *got == 0;
  }
  return !ended_;
}

Result<bool> TextLines::next(std::string_view& line) {
  std::size_t looked = at_;
  std::string kept;  // the beginning of a line that is too long to hold whole
  for (;;) {
    std::size_t end = buffer_.find('\n', looked);
    if (end == std::string::npos) {
      if (buffer_.size() - at_ > 2 * kMostLine) {
        if (kept.empty()) kept = buffer_.substr(at_, kMostLine);
        at_ = buffer_.size();
      }
      looked = buffer_.size() - at_;
      if (PLUMBLINE_TRY(more())) continue;
      end = buffer_.size();
      if (at_ == end && kept.empty()) return false;
    }
    line = std::string_view(buffer_).substr(at_, end - at_);
    at_ = end < buffer_.size() ? end + 1 : end;
    ++line_;
    if (!kept.empty()) {
      buffer_.replace(0, at_, kept);  // so that the view stays good until the next call
      at_ = kept.size();
      line = std::string_view(buffer_).substr(0, at_);
    }
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return true;
  }
}

Result<std::string_view> PeekedBytes::peek(std::size_t most) {
  while (head_.size() < most) {
    const std::size_t had = head_.size();
    head_.resize(most);
    auto got = rest_.read(head_.data() + had, most - had);
    head_.resize(had + (got ? *got : 0));
    if (!got) return tl::unexpected(std::move(got).error());
    if (*got == 0) break;
  }
  return std::string_view(head_);
}

Result<std::size_t> PeekedBytes::read(char* into, std::size_t most) {
  if (at_ == head_.size()) return rest_.read(into, most);
  const std::size_t count = head_.copy(into, most, at_);
  at_ += count;
  return count;
}

}  // namespace plumbline
