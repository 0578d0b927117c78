#include "market/metric.h"
#include "market/periods.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan&) {
  const Periods periods(view);
  VoiceTally tally(view.brands.size() * periods.count());
  for (const std::uint32_t index : view.by_voice) {
    const MentionRow& row = view.table.rows[index];
    const auto brand = static_cast<std::size_t>(view.brand_of(row));
    tally.add(brand * periods.count() + periods.of(row.day), row);
  }
  const std::vector<TallyCell>& cells = tally.finish();
  for (std::size_t i = 0; i < view.brands.size(); ++i)
    report.trends.push_back(
        {view.brands[i], view.unit(), periods.points(cells, i * periods.count(), {}), {}});
}

}  // namespace

extern const Metric trend_metric = {
    "trend", "net sentiment, mentions and talk per day, week or month",
    "How each brand's mentions, feeling and price or value talk went over time.", 50, fill};

}  // namespace plumbline
