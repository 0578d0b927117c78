#include "market/metric.h"
#include "market/tally.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan&) {
  VoiceTally tally(1);
  for (const std::uint32_t index : view.own_by_voice) tally.add(0, view.table.rows[index]);
  const TallyCell& cell = tally.finish().front();
  report.mentions = cell.counts;
  report.unscored = cell.unscored;
}

}  // namespace

extern const Metric mentions_metric = {
    "mentions", "mentions, authors",
    "How much is said about the brand: every mention, copies counted once, and voices.", 10, fill};

}  // namespace plumbline
