// Wants, needs, pains and fears grouped by what they are about; shared by the metrics that show
// them for all, for a cluster of consumers and for a focus group.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "market/quotes.h"
#include "market/view.h"
#include "model/report.h"

namespace plumbline {

struct StatementGroup {
  std::size_t section = 0;
  StatementRow row;                                // without quotes
  std::vector<QuotePicker::Candidate> candidates;  // newest first, one per voice, no copies
};

struct StatementLimits {
  std::size_t per_kind = 100;  // groups of a kind in a section; the smallest are dropped first
  std::size_t candidates = 5;
};

// Groups by section, kind and what it is about (market/alike.h). `section_of` puts a mention into a
// section (a cluster, a session) or says -1 for none. Sorted by section, kind, then authors and
// mentions; within a group a mention counts once, however many sentences it has.
std::vector<StatementGroup> group_statements(
    const View& view, const std::function<int(const MentionRow&)>& section_of,
    const StatementLimits& limits);

}  // namespace plumbline
