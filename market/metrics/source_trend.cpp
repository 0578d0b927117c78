#include "market/metric.h"
#include "market/periods.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan&) {
  const Periods periods(view);
  const std::size_t sources = view.table.sources.size();
  VoiceTally tally(sources * periods.count());
  for (const std::uint32_t index : view.own_by_voice) {
    const MentionRow& row = view.table.rows[index];
    if (row.source < sources) tally.add(row.source * periods.count() + periods.of(row.day), row);
  }
  const std::vector<TallyCell>& cells = tally.finish();
  for (std::size_t i = 0; i < sources; ++i) {
    std::int64_t n = 0;
    for (std::size_t p = 0; p < periods.count(); ++p) n += cells[i * periods.count() + p].counts.n;
    if (n == 0) continue;
    const std::string& name = view.table.sources[i];
    report.by_source.push_back(
        {name, view.unit(), periods.points(cells, i * periods.count(), name), {}});
  }
}

}  // namespace

extern const Metric source_trend_metric = {
    "source_trend", "net sentiment and mentions per source and period",
    "The own brand's trend in each source alone, because sources differ in temper.", 55, fill};

}  // namespace plumbline
