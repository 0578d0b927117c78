#include "app/trends.h"

#include <algorithm>
#include <set>

#include "market/interval.h"

namespace plumbline {

Result<Trend> trend_of(const Workspace& workspace, const ReportWish& wish, Unit unit) {
  const auto [from, to, note] = PLUMBLINE_TRY(period_of(workspace, wish));
  CellQuery query;
  query.brand = wish.brand.empty() ? workspace.config.brand.name : wish.brand;
  query.from = from;
  query.to = to;
  query.unit = unit;
  std::set<Day> broken;
  for (const CoverageDay& day : PLUMBLINE_TRY(workspace.store->coverage(from, to)))
    if (day.state != CoverageState::complete) broken.insert(period_start(day.day, unit));
  Trend trend;
  trend.brand = query.brand;
  trend.note = note;
  trend.unit = unit;
  for (const Cell& cell : PLUMBLINE_TRY(workspace.store->cells(query))) {
    TrendPoint point;
    point.start = cell.start;
    point.counts = cell.counts;
    point.net_sentiment = mean_of_authors({cell.votes, cell.vote_sum, cell.vote_squares},
                                          cell.positive + cell.neutral + cell.negative);
    const auto n = static_cast<double>(std::max<std::int64_t>(1, cell.counts.n));
    point.price_talk = static_cast<double>(cell.price_talk) / n;
    point.value_talk = static_cast<double>(cell.value_talk) / n;
    point.partial = broken.count(cell.start) > 0;
    trend.points.push_back(point);
  }
  return trend;
}

}  // namespace plumbline
