// Which names a site allows, as a small part of regular expressions that can be read both ways: to
// check a name, and to invent one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plumbline {

// "[A-Za-z][A-Za-z0-9-]{0,37}[A-Za-z0-9]|[A-Za-z]": characters and classes of ASCII, each with ?,
// {n} or {m,n} behind it or once, and | between alternatives. A name must fit as a whole.
class NamePattern {
 public:
  NamePattern() = default;  // fits nothing
  // An error of code invalid says what cannot be read; repetitions above 255 are refused.
  static Result<NamePattern> parse(std::string_view text);

  bool fits(std::string_view name) const;

  // A name that fits, of about `length` characters where the pattern lets it be so long, made of
  // lower-case letters and digits as far as the classes have some. `chance` gives numbers below its
  // argument.
  template <class Chance>
  std::string invent(std::size_t length, Chance chance) const {
    std::string out;
    if (alternatives_.empty()) return out;
    const Alternative& chosen = *longest();
    std::size_t wanted = length > least(chosen) ? length - least(chosen) : 0;
    for (const Piece& piece : chosen) {
      std::size_t times = piece.least;
      const std::size_t more = piece.most - piece.least;
      times += more < wanted ? more : wanted;
      wanted -= times - piece.least;
      const std::string& from = plain(piece);
      for (std::size_t i = 0; i < times; ++i) out += from[chance(from.size())];
    }
    return out;
  }

 private:
  struct Piece {
    std::string characters;  // sorted, each once
    std::string plain;       // those of them to invent names of
    std::size_t least = 1, most = 1;
  };
  using Alternative = std::vector<Piece>;

  static Result<Piece> read_piece(std::string_view text, std::size_t& at);
  static Status read_class(std::string_view text, std::size_t& at, Piece& piece);
  static Status read_count(std::string_view text, std::size_t& at, Piece& piece);
  static bool fits(const Alternative& alternative, std::string_view name);
  static std::size_t least(const Alternative& alternative);
  static const std::string& plain(const Piece& piece) { return piece.plain; }
  const Alternative* longest() const;

  std::vector<Alternative> alternatives_;
};

}  // namespace plumbline
