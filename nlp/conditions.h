// "if", "unless", "provided that": on which condition a statement holds. The words are those of a
// language's conditions.txt (docs/language-files.md).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/lexicon.h"
#include "nlp/phrases.h"

namespace plumbline {

class Conditions {
 public:
  // Of a file's content; an error names "conditions.txt:LINE".
  static Result<Conditions> load(std::string_view content);

  bool empty() const { return phrases_.empty(); }
  // Gives each of `statements` the condition of its sentence that stands nearest to it, if there is
  // one and no word like "but" (a contrast word of `lexicon`) between the two. A question has none:
  // "if" in "does anyone know if it works" asks.
  void find(const PlainWords& words, const Lexicon& lexicon,
            std::vector<StatementSpan>& statements) const;

 private:
  PhraseTable phrases_;  // tag: a Tag of conditions.cpp
};

}  // namespace plumbline
