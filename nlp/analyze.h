// One text in, everything it says out: the front of the language part. Pure; one Analyzer serves
// many threads.
#pragma once

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
  std::string rule;  // "word", "negation", "intensifier", "emoji", "contrast", "emphasis", "cue
                     // want: …", "price talk" …
  float weight = 0;
};

class Analyzer {
 public:
  // Reads the languages built into the program, then those below `folder` (one folder per language
  // code, the same files), which replace built-in ones of the same code. An empty folder name:
  // built-in ones only. A file with a mistake is an error with its line.
  static Result<Analyzer> load(const std::string& folder = {});
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  // `document` is normalized. The same document gives the same analysis, whatever ran before or
  // beside it.
  Analysis analyze(const Document& document) const;
  std::vector<Reason> explain(
      const Document& document) const;  // why `analyze` said so, in text order

  const std::string& version() const;          // changes when code or data change
  std::vector<std::string> languages() const;  // codes with sentiment data

  struct Parts;  // what stands behind it, nlp/ only

 private:
  explicit Analyzer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace plumbline
