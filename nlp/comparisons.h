// "X beats Y", "X is better than Y", "I prefer X over Y": which of two names is put above the
// other. The words are those of a language's compare.txt (docs/add-a-language.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/lexicon.h"
#include "nlp/prepared.h"
#include "nlp/word_table.h"

namespace plumbline {

struct Compared {
  Span name;                           // of one side; the other may be a pronoun and then has none
  Polarity label = Polarity::neutral;  // positive: put above the other, negative: below it
};

class Comparisons {
 public:
  // Of a file's content; an error names "compare.txt:LINE".
  static Result<Comparisons> load(std::string_view content);

  bool empty() const { return phrases_.empty() && roles_.size() == 0; }
  // Appends both sides of each comparison, by begin. A name is a word with a capital (or several in
  // a row), or a stretch of `aspects`. What is denied or asked says nothing. `lexicon` tells
  // whether "more …" is more of something good.
  void find(const Prepared& text, const Lexicon& lexicon, std::span<const AspectFinding> aspects,
            std::vector<Compared>& out) const;

 private:
  class Search;
  // Where a phrase stands, and what stands above what.
  enum class Form : std::uint8_t {
    wins,     // "X beats Y": between two names, the first above the second
    loses,    // "X loses to Y": the first below the second
    behind,   // XよりYの方が静か: behind the name compared with, both before the adjective
    between,  // X比Y好: between the names, the adjective behind both
    falls,    // X没有Y好: the same, and the first is less so than the second
  };
  struct Phrase {
    std::vector<std::string> words;  // folded
    Form form = Form::wins;
  };

  Status add_line(std::string_view kind, std::string_view words);

  WordTable<std::uint32_t> roles_;  // bits of a Role each
  std::vector<Phrase> phrases_;
  bool asks_ = false;  // has words that ask without a question mark
};

// Each side as an aspect of its own, or as the label of the one that stands there already.
void add_compared(std::string_view text, std::span<const Compared> compared,
                  std::vector<AspectFinding>& aspects);

}  // namespace plumbline
