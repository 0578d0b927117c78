// Reads cues.txt: the patterns by which a sentence states a want, a need and so on, with their
// macros and guards.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/phrases.h"

namespace re2 {
class RE2;
}

namespace plumbline {

// The format is described at the head of data/lang/en/cues.txt.
struct CuePattern {
  StatementKind kind = StatementKind::want;
  bool in_question = false;  // also counts in a sentence that ends with a question mark
  bool unguarded = false;    // counts whatever stands before it
  bool blocks = false;       // no statement: cues that overlap it do not count
  std::unique_ptr<re2::RE2> pattern;
};

struct CuePatterns {
  std::vector<CuePattern> patterns;  // in the order of the file
  PhraseTable keys;                  // tag: index into `patterns`
  std::vector<std::uint32_t> keyless;
  // Per kind: words that take a cue's force away when one stands up to three words before it in its
  // clause.
  std::array<std::vector<std::string>, kStatementKinds> guards;
  std::vector<std::string> breaks;  // words with which a clause begins
  std::vector<std::string> skips;   // words that say when, never what: no topic of a statement

  CuePatterns();
  ~CuePatterns();
  CuePatterns(CuePatterns&&) noexcept;
  CuePatterns& operator=(CuePatterns&&) noexcept;
};

Result<CuePatterns> read_cue_patterns(const std::string& name, std::string_view content);

// Where `pattern` first stands in `text` from byte `from` on.
bool find_pattern(const re2::RE2& pattern, std::string_view text, std::size_t from, Span& out);

}  // namespace plumbline
