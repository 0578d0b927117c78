// Whether a text carries a claim of the plumb line, or says the opposite.
#pragma once

#include <string>
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

// A claim and each of its other wordings is reduced to terms (nlp/claim_terms.h). A sentence
// carries it when it holds at least 65 % of their weight, or a wording of one or two terms whole.
// It denies it by a negation beside the terms, by their opposites, by a longer time than the
// claim's ("in three weeks" for "in three days"), by words of disappointment, and where nothing
// else tells, in a short document, by its sentiment. A question carries nothing, unless it is
// answered at once
// ("Pays for itself in a year? Not with us.").
class ClaimMatcher {
 public:
  explicit ClaimMatcher(const std::vector<Claim>& claims);
  // One entry per claim at most: its strongest sentence. `analysis` is that of the document.
  std::vector<Resonance> match(const Document& document, const Analysis& analysis) const;
  // Beginnings of words, of which a text must hold at least one to match claim `index`, folded and
  // without accents; for a store's full-text search by prefix.
  const std::vector<std::string>& words(int index) const {
    return words_[static_cast<std::size_t>(index)];
  }

  // One wording, reduced.
  struct Side {
    struct Term {
      std::string name;
      bool opposite = false;
      double weight = 1;
    };
    std::vector<Term> terms;
    double hours = 0;      // the claim's promise of time; 0 without
    double weight = 0;     // of all terms and the time
    bool negated = false;  // "No hidden costs"
    bool whole = false;    // too short to match in part
    std::string unspaced;  // a wording in a script without blanks, looked for as it stands
  };

 private:
  std::vector<std::vector<Side>> sides_;  // per claim: its text and each of its other wordings
  std::vector<std::vector<std::string>> words_;
};

}  // namespace plumbline
