#include <utility>

#include "market/metric.h"
#include "market/statements.h"
#include "market/tally.h"

namespace plumbline {
namespace {

constexpr std::size_t kQuotes = 4;

// Sessions on no brand are the owner's own: nobody interviews on behalf of a competitor.
bool is_session(const View& view, const MentionRow& row) {
  return row.session && view.holds(row) && view.brand_of(row) <= 0 &&
         row.source < view.table.sources.size();
}

void fill(const View& view, Report& report, QuotePlan& plan) {
  const std::size_t sources = view.table.sources.size();
  VoiceTally tally(sources);
  for (const std::uint32_t index : view.sessions)
    if (is_session(view, view.table.rows[index]))
      tally.add(view.table.rows[index].source, view.table.rows[index]);
  const std::vector<TallyCell>& cells = tally.finish();

  std::vector<int> place_of(sources, -1);
  for (std::size_t i = 0; i < sources; ++i) {
    if (cells[i].counts.n == 0) continue;
    place_of[i] = static_cast<int>(report.sessions.size());
    report.sessions.push_back(
        {view.table.sources[i], cells[i].counts, cells[i].net_sentiment(), {}, {}});
  }
  const auto section_of = [&](const MentionRow& row) {
    return is_session(view, row) ? place_of[row.source] : -1;
  };
  for (StatementGroup& group : group_statements(view, section_of, {20, 8})) {
    auto& rows = report.sessions[group.section].statements;
    rows.push_back(std::move(group.row));
    plan.wish(std::move(group.candidates), 2,
              [session = group.section, place = rows.size() - 1](Report& out) {
                return &out.sessions[session].statements[place].quotes;
              });
  }
  QuotePicker picker(report.sessions.size(), 3 * kQuotes);
  for (std::size_t i = view.table.rows.size(); i-- > 0 && !report.sessions.empty();) {
    const MentionRow& row = view.table.rows[i];
    if (const int place = section_of(row); place >= 0)
      picker.offer(static_cast<std::size_t>(place), view, {static_cast<std::uint32_t>(i), {}},
                   is_clear(row));
  }
  for (std::size_t place = 0; place < report.sessions.size(); ++place)
    plan.wish(picker.take(place), kQuotes,
              [place](Report& out) { return &out.sessions[place].quotes; });
}

}  // namespace

extern const Metric sessions_metric = {
    "sessions", "utterances, speakers, net sentiment",
    "Focus groups and interviews, beside the chatter and never averaged into it.", 120, fill};

}  // namespace plumbline
