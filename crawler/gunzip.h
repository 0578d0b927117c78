// Unpacks a gzip body piece by piece and knows whether it came to its end: libcurl's own decoding
// takes a body that was cut for a whole one.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace plumbline {

class Gunzip {
 public:
  enum class Outcome { more, broken, too_large };

  explicit Gunzip(std::size_t most_bytes);  // unpacked
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  // Appends what `bytes` unpack to, at most `most_bytes` over all calls. Members one after another
  // count as one body; other bytes behind the end are ignored.
  Outcome feed(std::string_view bytes, std::string& out);
  // False until the check sum at the end of a member was seen and held.
  bool complete() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plumbline
