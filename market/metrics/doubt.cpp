#include "market/metric.h"
#include "market/tally.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan&) {
  VoiceTally positive(1), doubtful(1);
  RatioSums sums;
  const auto& rows = view.own_by_voice;
  for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    const std::int64_t voice = view.table.rows[rows[begin]].voice;
    int part = 0, whole = 0;
    for (; end < rows.size() && view.table.rows[rows[end]].voice == voice; ++end) {
      const MentionRow& row = view.table.rows[rows[end]];
      if (!row.scored || row.label != Polarity::positive) continue;
      positive.add(0, row);
      if (row.doubtful) doubtful.add(0, row);
      if (row.copy) continue;
      ++whole;
      part += row.doubtful ? 1 : 0;
    }
    sums.add(part, whole);
  }
  Doubt& doubt = report.doubt;
  doubt.positive = positive.finish().front().counts;
  doubt.doubtful = doubtful.finish().front().counts;
  doubt.share = ratio_by_author(sums, doubt.positive.distinct);
}

}  // namespace

extern const Metric doubt_metric = {
    "doubt", "share, 0..1",
    "How much of what reads as praise may be meant ironically; it counts as praise all the same.",
    25, fill};

}  // namespace plumbline
