// A text with disguised words written out plainly ("h4te", "sh*t", "аwful" with a Cyrillic а), for
// readers that know words by their letters alone, with the way back to the original.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace plumbline {

// Nothing but disguised words differs from the original, and those are in lower case.
class MeantText {
 public:
  // `text` is valid UTF-8. Handles, links and e-mail addresses stay as they are.
  explicit MeantText(std::string_view text);

  const std::string& text() const { return text_; }
  // False where nothing but signs, emoji, handles and links stands in it.
  bool has_words() const { return has_words_; }
  // The bytes of the original behind those of text(), on character borders; a span that begins or
  // ends within a word that was written out takes all of it.
  Span original(Span span) const;
  // And the other way: the bytes of text() for those of the original.
  Span meant(Span span) const;

 private:
  struct Change {
    Span here, original;
  };
  Span moved(Span span, Span Change::*from, Span Change::*to) const;

  std::string text_;
  std::vector<Change> changes_;  // in order
  bool has_words_ = false;
};

}  // namespace plumbline
