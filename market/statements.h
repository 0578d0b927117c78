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
  StatementRow row;  // without quotes
  // What to quote, one per voice, no copies: those that feel so first, then the longer stretches,
  // then the newest. Praise that may not be meant is none.
  std::vector<QuotePicker::Candidate> candidates;
};

struct StatementLimits {
  std::size_t per_kind = 100;  // groups of a kind in a section; the smallest are dropped first
  std::size_t candidates = 12;
};

// Groups by section, kind and what it is about (market/alike.h). `section_of` puts a mention into a
// section (a cluster, a session) or says -1 for none. Sorted by section, kind, then authors and
// mentions; within a group a mention counts once, however many sentences it has. Turns of phrase
// that say nothing are left out.
std::vector<StatementGroup> group_statements(
    const View& view, const std::function<int(const MentionRow&)>& section_of,
    const StatementLimits& limits);

}  // namespace plumbline
