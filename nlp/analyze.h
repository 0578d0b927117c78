// One text in, everything it says out: the front of the language part. Pure; one Analyzer serves
// many threads.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "model/document.h"

namespace plumbline {

// One word or rule of an explanation: what it is and how much it moved the score.
struct Reason {
  Span span;
  std::string rule;  // "word", "phrase", "negation", "emphasis", "emoji", "punctuation", "word
                     // list", "contrast", "joy: word", "aspect screen: positive", "cue want: …" …
  float weight = 0;
};

struct Compared;       // nlp/comparisons.h
struct Named;          // model/entity.h
struct EntityFinding;  // model/entity.h

class Analyzer {
 public:
  // Files of models that take the place of those built in; empty: the built-in ones.
  struct ModelFiles {
    std::string fast;        // nlp/fast_model.h
    std::string aspects;     // nlp/term_model.h
    std::string statements;  // nlp/statement_model.h
  };

  // Reads the languages built into the program, then those below `folder` (one folder per language
  // code, the same files), which replace built-in ones of the same code, and the models (made by
  // nlp/learn). A file with a mistake is an error with its place.
  static Result<Analyzer> load(const std::string& folder, const ModelFiles& files);
  static Result<Analyzer> load(const std::string& folder = {}) { return load(folder, {}); }
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  // `document` is normalized. The same document gives the same analysis, whatever ran before or
  // beside it.
  Analysis analyze(const Document& document) const;
  // The same, and whom, what and when the text names; but for brands, which are nlp/brands.h.
  Analysis analyze(const Document& document, Named& named) const;
  // Only what it names; `lang` as an analysis of it said.
  Named name(const Document& document, std::string_view lang) const;
  // Gives topics and conditions to statements found by other means in the text of an analysis.
  void complete_statements(const Document& document, const Analysis& analysis,
                           std::vector<StatementSpan>& statements) const;
  // What a user's own labels add to the scores of negative, neutral and positive (FastShift), for
  // tiers that learned nothing from them. `lang` as an analysis of it said. Zeros without labels.
  std::array<float, 3> own_shift(const Document& document, std::string_view lang) const;
  // The sides of the comparisons in its text that have a name, by begin.
  std::vector<Compared> compared(const Document& document, const Analysis& analysis) const;
  // Gives each brand and product among `entities` that is meant the polarity of what the text says
  // of it: that of its side of a comparison, of an aspect it is, else of its clause.
  void colour(const Document& document, const Analysis& analysis,
              std::vector<EntityFinding>& entities) const;
  // What turns of phrase in it (nlp/sayings.h) add to those logarithms in what analyze() said.
  std::array<float, 3> said_shift(const Document& document, std::string_view lang) const;
  // Gives both sides of each comparison in its text their polarity among the aspects.
  void compare(const Document& document, Analysis& analysis) const;
  // Why the analysis of the document says so, in text order: words and rules of mood, emotion and
  // doubt of irony, the mood of each aspect, cues. `weight`: what the words count, below 1 where
  // this tier's word is a part of a mean; then statements are another tier's and not explained.
  std::vector<Reason> explain(const Document& document, const Analysis& analysis,
                              float weight = 1) const;

  const std::string& version() const;          // changes when code or data change
  std::vector<std::string> languages() const;  // codes with sentiment data

  struct Parts;  // what stands behind it, nlp/ only

 private:
  explicit Analyzer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace plumbline
