// The sentences that a model of aspects learns from and is measured on, read from a folder;
// docs/train.md says which public sets they are and how to place them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "nlp/learn/term_sets.h"
#include "nlp/term_sums.h"

namespace plumbline {

// A sentence made ready to learn from.
struct TermExample {
  struct Marked {
    std::vector<std::uint32_t> rows;
    MoodSums sums{};
    std::uint8_t mood = 0;
  };
  std::uint16_t set = 0;
  TermUnits units;
  std::vector<std::uint8_t> parts;  // of each token: TermPart
  std::vector<Marked> terms;
};

struct TermSet {
  std::string name;
  std::vector<TermSentence> held;  // every fifth sentence, never learned from
};

struct TermData {
  std::vector<TermExample> learn;
  std::vector<TermSet> sets;
  std::vector<std::string> missing;  // files that were not there
  std::int64_t skipped = 0;          // lines that could not be read
  std::uint64_t digest = 0;          // of what is learned from
};

// Reads the sets of `folder` that are there; none is an error. `fast` gives the numbers about the
// words around a term.
Result<TermData> read_term_data(const std::string& folder, const FastModel& fast,
                                const Lexicon& lexicon);

}  // namespace plumbline
