// Words that name a feeling of the writer ("habe Angst", "furieux"): a language's feelings.txt
// (docs/language-files.md). The emotions of the model were learned from English.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/lexicon.h"
#include "nlp/phrases.h"

namespace plumbline {

struct Feeling {
  Span span;
  Emotion emotion = Emotion::none;
};

class Feelings {
 public:
  // Of a file's content; an error names "feelings.txt:LINE".
  static Result<Feelings> load(std::string_view content);

  // Appends them by begin, without those that a negator of the lexicon stands before, up to three
  // words.
  void find(const PlainWords& words, const Lexicon& lexicon, std::vector<Feeling>& out) const;

 private:
  PhraseTable phrases_;  // tag: Emotion
};

// Weighs what was named into the emotions; those of a text that no model judged come from what was
// named alone.
void feel(const std::vector<Feeling>& feelings, EmotionFinding& emotion);

}  // namespace plumbline
