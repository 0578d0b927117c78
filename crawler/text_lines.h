// Lines of a text or of raw bytes, one after the other, whatever the size of the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crawler/charset.h"
#include "crawler/import.h"

namespace plumbline {

inline constexpr std::size_t kMostLine = std::size_t{1} << 20;  // bytes; the rest of it is dropped

// Lines without their ends; LF and CRLF end one. Valid until the next is asked for.
class TextLines {
 public:
  explicit TextLines(TextReader& text) : text_(&text) {}
  explicit TextLines(ByteSource& bytes) : bytes_(&bytes) {}  // bytes as they are

  Result<bool> next(std::string_view& line);   // false at the end
  std::int64_t line() const { return line_; }  // of the one given last, from 1

 private:
  Result<bool> more();

  TextReader* text_ = nullptr;
  ByteSource* bytes_ = nullptr;
  std::string buffer_;
  std::size_t at_ = 0;
  std::int64_t line_ = 0;
  bool ended_ = false;
};

// Gives the beginning of a file for a look, and again to whoever reads it.
class PeekedBytes : public ByteSource {
 public:
  explicit PeekedBytes(ByteSource& rest) : rest_(rest) {}
  // The first bytes, at most `most`; call before anything is read.
  Result<std::string_view> peek(std::size_t most);
  Result<std::size_t> read(char* into, std::size_t most) override;
  double progress() const override { return rest_.progress(); }

 private:
  ByteSource& rest_;
  std::string head_;
  std::size_t at_ = 0;
};

}  // namespace plumbline
