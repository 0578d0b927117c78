#include "market/statements.h"

#include <utility>

#include "market/metric.h"

namespace plumbline {
namespace {

constexpr std::size_t kQuotes = 3;

void fill(const View& view, Report& report, QuotePlan& plan) {
  auto groups =
      group_statements(view, [&](const MentionRow& row) { return view.is_own(row) ? 0 : -1; }, {});
  for (StatementGroup& group : groups) {
    const std::size_t place = report.statements.size();
    const int kind = static_cast<int>(group.row.kind);
    report.statements.push_back(std::move(group.row));
    plan.wish(
        std::move(group.candidates), kQuotes,
        [place](Report& out) { return &out.statements[place].quotes; }, kind);
  }
}

}  // namespace

extern const Metric statements_metric = {
    "statements", "mentions, authors",
    "What authors want, need, suffer from and fear, what it costs them and what they expect.", 80,
    fill};

}  // namespace plumbline
