#include "app/period.h"

#include <fmt/format.h>

#include <algorithm>

namespace plumbline {

Result<Period> period_of(const Workspace& workspace, const ReportWish& wish) {
  if (wish.from && wish.to && *wish.from <= *wish.to) return Period{*wish.from, *wish.to, {}};
  const StoreStatus status = PLUMBLINE_TRY(workspace.store->status(workspace.analyzer->version()));
  const Zone& zone = workspace.config.zone;
  Period out;
  Seconds newest = status.newest == kNoTime ? wish.now : status.newest;
  // One wrong date must not move the whole report. A store of a later time than this clock's is
  // read as it is.
  if (const Seconds tomorrow = wish.now + kSecondsPerDay; newest > tomorrow && !wish.to) {
    const StoreEnd end = PLUMBLINE_TRY(workspace.store->end_at(tomorrow));
    if (end.newest != kNoTime) {
      newest = end.newest;
      out.note =
          fmt::format("{} dated later than tomorrow, up to {}, left out: --to {} takes {} in",
                      end.later == 1 ? "1 mention is" : fmt::format("{} mentions are", end.later),
                      format_day(zone.day_of(end.latest)), format_day(zone.day_of(end.latest)),
                      end.later == 1 ? "it" : "them");
    }
  }
  out.to = wish.to.value_or(zone.day_of(newest));
  out.from = wish.from.value_or(
      std::max(out.to - 364, status.oldest == kNoTime ? out.to - 364 : zone.day_of(status.oldest)));
  if (out.from > out.to && !wish.from) out.from = out.to;
  if (out.from > out.to)
    return fail(ErrorCode::invalid, fmt::format("--from {} lies after --to {}",
                                                format_day(out.from), format_day(out.to)));
  return out;
}

}  // namespace plumbline
