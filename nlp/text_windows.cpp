#include "nlp/text_windows.h"

#include <utility>

namespace plumbline {
namespace {

bool ends_sentence(std::string_view text, const TextPiece& piece) {
  const std::size_t end = piece.span.end;
  if (end == 0 || end > text.size()) return false;
  const char last = text[end - 1];
  return last == '.' || last == '!' || last == '?' || (end < text.size() && text[end] == '\n');
}

// Where the window that begins at `first` ends, `last` at most.
std::size_t end_of(std::string_view text, const std::vector<TextPiece>& pieces, std::size_t first,
                   std::size_t last) {
  std::size_t word = 0;  // the last that begins a word
  for (std::size_t i = last; i > first + (last - first) / 2; --i) {
    if (!pieces[i].starts_word) continue;
    if (ends_sentence(text, pieces[i - 1])) return i;
    if (word == 0) word = i;
  }
  return word > 0 ? word : last;
}

}  // namespace

std::vector<std::vector<TextPiece>> windows_of(std::string_view text, std::vector<TextPiece> pieces,
                                               std::size_t most) {
  std::vector<std::vector<TextPiece>> out;
  if (pieces.size() <= most) {
    out.push_back(std::move(pieces));
    return out;
  }
  for (std::size_t first = 1; first + 1 < pieces.size();) {
    std::size_t last = first + most - 2;
    last = last + 1 < pieces.size() ? end_of(text, pieces, first, last) : pieces.size() - 1;
    std::vector<TextPiece>& window = out.emplace_back();
    window.push_back(pieces.front());
    window.insert(window.end(), pieces.begin() + static_cast<std::ptrdiff_t>(first),
                  pieces.begin() + static_cast<std::ptrdiff_t>(last));
    window.push_back(pieces.back());
    first = last;
  }
  return out;
}

}  // namespace plumbline
