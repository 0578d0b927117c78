// The sentences that a model of aspects learns from and is measured on, read from a folder;
// docs/train.md says which public sets they are and how to place them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "nlp/full_model.h"
#include "nlp/learn/term_sets.h"
#include "nlp/term_model.h"
#include "nlp/term_sums.h"

namespace plumbline {

// A sentence made ready to learn from.
struct TermExample {
  struct Marked {
    std::vector<std::uint32_t> rows;
    MoodSums sums{};
    MoodScores moods{};  // how likely each is; as people marked it: one is 1
  };
  std::uint16_t set = 0;  // of TermData::sets; their number: the full tier marked it
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
  std::int64_t known = 0;            // taught sentences that are held out, so left out
};

// A sentence in which the full tier marked terms, or found none.
struct TaughtTerms {
  std::string text;
  std::vector<FullTerm> terms;
};

// Reads the sets of `folder` that are there; none is an error. `fast` gives the numbers about the
// words around a term. `taught` is learned from as well.
Result<TermData> read_term_data(const std::string& folder, const FastModel& fast,
                                const Lexicon& lexicon, std::span<const TaughtTerms> taught = {});

}  // namespace plumbline
