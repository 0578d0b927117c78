// Turns of phrase that mean other than their words sum up to ("not bad at all", "leaves a lot to be
// desired"): a language's sayings.txt (docs/language-files.md).
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/phrases.h"

namespace plumbline {

struct Saying {
  Span span;
  float side = 0;  // 1 praises, -1 blames
};

class Sayings {
 public:
  // Of a file's content; an error names "sayings.txt:LINE".
  static Result<Sayings> load(std::string_view content);

  // Appends them by begin, those of a hashtag's words too ("#NeverAgain").
  void find(const PlainWords& words, std::vector<Saying>& out) const;

 private:
  void find_in_words(const PlainWords& words, std::vector<Saying>& out) const;
  void find_in_tags(const Prepared& text, std::vector<Saying>& out) const;

  PhraseTable phrases_;
};

// What they add to the logarithms of the shares of negative, neutral and positive, in a text of so
// many parts, sentences or what "but" parts: the more, the less each tells of the whole.
std::array<float, 3> shift_of(const std::vector<Saying>& sayings, std::size_t parts);

// Shares with what is added to their logarithms, shared out anew.
Sentiment shifted(const Sentiment& mood, const std::array<float, 3>& add);

}  // namespace plumbline
