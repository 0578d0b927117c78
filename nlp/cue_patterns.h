// Reads cues.txt: the patterns by which a sentence states a want, a need and so on, with their
// macros and guards.
#pragma once

#include <array>
#include <cstdint>
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

// A set of kinds, one bit each.
using Kinds = std::uint16_t;
inline constexpr Kinds kAllKinds = (1U << kStatementKinds) - 1;
inline Kinds bit_of(StatementKind kind) {
  return static_cast<Kinds>(1U << static_cast<unsigned>(kind));
}

// The format is described at the head of data/lang/en/cues.txt.
struct CuePattern {
  enum class Role : std::uint8_t {
    states,  // a statement of `kind`
    blocks,  // no statement: cues of `kinds` that overlap it do not count
    holder,  // whose a statement of `kinds` is
    tense,   // when it is
  };
  Role role = Role::states;
  StatementKind kind = StatementKind::want;
  Kinds kinds = kAllKinds;
  bool all_kinds = true;     // the line names no kinds
  bool in_question = false;  // also counts in a sentence that ends with a question mark; a question
                             // counts there only
  bool leads = false;        // begins with its key, so it is tried where a key stands alone
  bool beside = false;     // needs one of its words in CuePatterns::beside in the sentence as well
  bool unguarded = false;  // counts whatever stands before it
  Holder holder = Holder::author;
  Tense tense = Tense::present;
  std::unique_ptr<re2::RE2> pattern;
};

struct CuePatterns {
  std::vector<CuePattern> patterns;              // in the order of the file
  PhraseTable keys;                              // tag: index into `patterns`
  PhraseTable beside;                            // the same: words that must stand beside a key
  std::vector<std::uint32_t> keyless;            // states or blocks, tried on every sentence
  std::vector<std::uint32_t> keyless_questions;  // tried where a question mark stands
  std::vector<std::uint32_t> keyless_marks;  // holder and tense, tried once a statement is found
  // Per kind: those it takes away in its own clause.
  std::array<Kinds, kStatementKinds> over{};
  // Per kind: words that take a cue's force away when one stands up to three words before it in its
  // clause.
  std::array<std::vector<std::string>, kStatementKinds> guards;
  std::vector<std::string> breaks;  // words with which a clause begins
  std::vector<std::string> joins;   // words beside a comma that parts no reporter from what is said
  std::vector<std::string> skips;   // words that say when, never what: no topic of a statement

  CuePatterns();
  ~CuePatterns();
  CuePatterns(CuePatterns&&) noexcept;
  CuePatterns& operator=(CuePatterns&&) noexcept;
};

Result<CuePatterns> read_cue_patterns(const std::string& name, std::string_view content);

// Whether `pattern` stands at byte `from` of `text`, and how far.
bool pattern_at(const re2::RE2& pattern, std::string_view text, std::size_t from, Span& out);

// Where `pattern` first stands in `text` from byte `from` on, and before its end.
bool find_pattern(const re2::RE2& pattern, std::string_view text, std::size_t from, Span& out);

}  // namespace plumbline
