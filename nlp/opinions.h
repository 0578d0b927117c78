// Words that praise or blame a thing ("scratched", "crisp"), for the polarity of one thing among
// several, where a model of whole texts knows too few of them: a language's opinions.txt
// (docs/language-files.md) and the plain polarities of its words.tsv.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/lexicon.h"
#include "nlp/phrases.h"
#include "nlp/word_table.h"

namespace plumbline {

struct Opinion {
  Span span;
  float side = 0;  // above 0 praise, below 0 blame; what a negator turns is turned already
};

class Opinions {
 public:
  // Of a file's content; an error names "opinions.txt:LINE".
  static Result<Opinions> load(std::string_view content);

  bool empty() const { return phrases_.empty(); }
  // Appends them by begin, disjoint. `lexicon` gives negators and plain polarities.
  void find(const PlainWords& words, const Lexicon& lexicon, std::vector<Opinion>& out) const;

 private:
  float turned(const PlainWords& words, const Lexicon& lexicon, Span span, float side) const;
  bool is(std::string_view word, std::uint32_t role) const;

  PhraseTable phrases_;             // tag: 1 praise, 0 blame
  WordTable<std::uint32_t> roles_;  // "too", and qualities that are a fault behind it
};

// What they say within a stretch, all in all.
float side_within(const std::vector<Opinion>& opinions, Span stretch);

}  // namespace plumbline
