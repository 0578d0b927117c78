// Whether a text carries a claim of the plumb line, or says the opposite.
#pragma once

#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "model/claim.h"
#include "model/document.h"

namespace plumbline {

struct Resonance {
  int claim = 0;        // index into the claims
  double strength = 0;  // 0 nothing of the claim, 1 the same words; not comparable across languages
  bool contradicts = false;  // the sentence speaks of the claim's matter and denies it
  Span span;                 // the sentence
};

class ClaimMatcher {
 public:
  explicit ClaimMatcher(const std::vector<Claim>& claims);
  // One entry per claim at most: its strongest sentence. `analysis` is that of the document.
  std::vector<Resonance> match(const Document& document, const Analysis& analysis) const;
  // Words of which a text must hold at least one to match claim `index`, folded; for a store's
  // full-text search.
  const std::vector<std::string>& words(int index) const {
    return words_[static_cast<std::size_t>(index)];
  }

 private:
  struct Side {
    std::vector<std::string> stems;
    double weight = 0;
  };
  std::vector<std::vector<Side>> sides_;  // per claim: its text and each of its other wordings
  std::vector<std::vector<std::string>> words_;
};

}  // namespace plumbline
