// What says that a text is not meant as it reads: "thanks for nothing", #sarcasm, a closing "/s".
// The phrases are those of a language's irony.txt (docs/language-files.md).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/phrases.h"

namespace plumbline {

class IronySigns {
 public:
  // Of a file's content; an error names "irony.txt:LINE".
  static Result<IronySigns> load(std::string_view content);

  // Appends where they stand. "/s" at the end of a text is one in every language.
  void find(const PlainWords& words, std::vector<Span>& out) const;

 private:
  PhraseTable phrases_;  // tag 1: hashtags alone
};

}  // namespace plumbline
