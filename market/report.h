// Builds the numbers of the page for marketing. Pure: takes values, returns values, asks for texts
// through a function.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/claim.h"
#include "model/mention.h"
#include "model/report.h"

namespace plumbline {

// A claim found in a mention (from nlp/resonance.h, joined by app).
struct ClaimHit {
  std::uint32_t row = 0;  // index into MentionTable::rows
  int claim = 0;
  double strength = 0;
  bool contradicts = false;
  Span span;
  bool quotable = true;  // the mood of its sentence and the next agrees with what it counts for
};

// A mention that names the own brand and another one (from nlp/comparisons.h, joined by app).
struct ComparisonHit {
  std::uint32_t row = 0;  // index into MentionTable::rows
  std::string rival;
  Polarity own = Polarity::neutral;  // positive: puts the own brand above it, negative: below it
  Span span;                         // the sentence that says so
};

// The stretch of a document to be quoted; an empty span asks for the best beginning of it.
struct QuoteWish {
  std::int64_t id = 0;  // MentionRow::id
  Span span;
};

struct ReportInput {
  std::string brand;  // own
  std::vector<std::string>
      competitors;  // in the order of the configuration; brands only seen in the data come after
  Day from = 0, to = 0;
  std::string zone = "UTC";
  Seconds made_at = kNoTime;
  std::string note, analyzer;
  const MentionTable* table = nullptr;  // all brands, the days from..to
  std::vector<Claim> claims;
  std::vector<ClaimHit> claim_hits;            // own brand
  std::vector<ComparisonHit> comparison_hits;  // by row
  std::vector<CoverageDay> coverage;
  std::string clusters_note;
  double cluster_stability = 0;
  // Texts for the quotes chosen; called once with all wishes.
  std::function<std::vector<Quote>(const std::vector<QuoteWish>&)> quotes;
};

Report build_report(const ReportInput& input);

}  // namespace plumbline
