// What of a product or a service people praise or blame, in languages where no model finds it:
// screen, battery, breakfast, by the words of a language's things.txt (docs/language-files.md) and
// by the shape "article, noun, is".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/phrases.h"
#include "nlp/word_table.h"

namespace plumbline {

struct FoundThing {
  Span span;
  bool named = true;  // false: only the shape says so, which holds where something is said of it
};

class Things {
 public:
  // Of a file's content; an error names "things.txt:LINE".
  static Result<Things> load(std::string_view content);

  bool empty() const { return phrases_.empty() && roles_.size() == 0; }
  // Appends them by begin; none overlaps another.
  void find(const PlainWords& words, std::vector<FoundThing>& out) const;

 private:
  void find_shapes(const PlainWords& words, std::vector<FoundThing>& out) const;
  bool is_compound(std::string_view word) const;

  PhraseTable phrases_;
  WordTable<std::uint32_t>
      roles_;  // bits of a ThingRole of things.cpp; without accents but for "is"
  std::size_t shortest_tail_ = 0, longest_tail_ = 0;  // bytes
};

// The stretch of the clause `clause` in which something is said of the thing at `span`: cut at
// commas and the like that part it from the next of `others` (by begin, `span` may be among them),
// as long as the piece says anything beside it.
Span stretch_around(const PlainWords& words, Span clause, Span span,
                    const std::vector<Span>& others);

}  // namespace plumbline
