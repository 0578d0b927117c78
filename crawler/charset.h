// Any encoding in, valid UTF-8 out, in pieces: so that exports of every program read alike and a
// file of any size fits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crawler/import.h"

namespace plumbline {

// The encoding of a file that begins with `head`, as ICU names it: a byte order mark decides, else
// UTF-8 with at most one damaged sequence for two whole ones, else ICU's guess, else windows-1252.
// Never empty. A sequence cut off at the end of `head` does not count against UTF-8.
std::string guess_charset(std::string_view head);

// The first bytes of a file as UTF-8, for a look at what it holds. Bad sequences become U+FFFD.
std::string decode_head(std::string_view head);
// A whole text in the encoding named; an empty or unknown name is guessed.
std::string decode_text(std::string_view bytes, const std::string& charset);

// Reads a ByteSource as text. A byte order mark is dropped and goes before the hint, which goes
// before the guess. The guess waits for the first byte that is not ASCII: a long plain beginning
// says nothing. Pieces depend on the bytes alone, not on how the source cuts them.
class TextReader {
 public:
  explicit TextReader(ByteSource& bytes, std::string hint = {});
  ~TextReader();
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;

  // The next piece, valid UTF-8 that ends on a character border, valid until the next call. Empty
  // at the end.
  Result<std::string_view> next();

  const std::string& charset() const { return charset_; }  // empty while all was ASCII
  std::int64_t replaced() const { return replaced_; }  // bad sequences that became U+FFFD so far

 private:
  struct Converter;
  Status fill();
  void decide();
  std::string_view read_utf8();
  Result<std::string_view> read_converted();

  ByteSource& bytes_;
  std::string hint_;
  std::string charset_;
  std::string raw_;        // bytes read and not yet given out
  std::string text_;       // what the last call gave out, where it is not `raw_` itself
  std::size_t taken_ = 0;  // of raw_, given out by the last call
  bool begun_ = false;
  bool ended_ = false;
  bool may_err_ = false;  // guessed from what may have been damage
  std::int64_t replaced_ = 0;
  std::unique_ptr<Converter> converter_;
};

}  // namespace plumbline
