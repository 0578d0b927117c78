#include "market/metric.h"
#include "market/tally.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan&) {
  const std::size_t brands = view.brands.size();
  const auto days = static_cast<std::size_t>(view.days());
  VoiceTally tally(days * brands);
  for (const std::uint32_t index : view.by_voice) {
    const MentionRow& row = view.table.rows[index];
    const auto day = static_cast<std::size_t>(row.day - view.from);
    tally.add(day * brands + static_cast<std::size_t>(view.brand_of(row)), row);
  }
  const std::vector<TallyCell>& cells = tally.finish();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const TallyCell& cell = cells[i];
    if (cell.counts.n == 0) continue;
    report.daily.push_back({view.from + static_cast<Day>(i / brands), view.brands[i % brands],
                            cell.counts, cell.positive, cell.neutral, cell.negative});
  }
}

}  // namespace

extern const Metric daily_metric = {
    "daily", "mentions per day",
    "Mentions of each brand on each day by how they feel; days without any are left out.", 40,
    fill};

}  // namespace plumbline
