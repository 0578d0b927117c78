// The pieces of an encoder, whichever way its vocabulary wants a text cut.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "nlp/unigram.h"
#include "nlp/wordpiece.h"

namespace plumbline {

class Pieces {
 public:
  // A vocabulary whose lines hold tabs has scores and is one of nlp/unigram.h, another one of
  // nlp/wordpiece.h.
  static Result<Pieces> read(std::string_view vocabulary);

  // As the header of the one it is says.
  void cut(std::string_view text, std::size_t most, std::vector<TextPiece>& out) const {
    std::visit([&](const auto& each) { each.cut(text, most, out); }, either_);
  }
  std::size_t size() const {
    return std::visit([](const auto& each) { return each.size(); }, either_);
  }

 private:
  std::variant<WordPieces, UnigramPieces> either_;
};

}  // namespace plumbline
