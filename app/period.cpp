#include "app/period.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace plumbline {

namespace {

// A brand that neither the configuration names nor a mention is kept of.
Status check_brand(const Workspace& workspace, const std::string& brand) {
  if (brand.empty()) return {};
  std::vector<std::string> known = workspace.brands();
  const StoreStatus status = PLUMBLINE_TRY(workspace.store->status(workspace.analyzer->version()));
  for (const auto& [name, n] : status.by_brand)
    if (!name.empty() && n > 0) known.push_back(name);
  if (std::find(known.begin(), known.end(), brand) != known.end()) return {};
  std::vector<std::string_view> names;
  std::string list, near;
  for (const std::string& name : known) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    if (iequals_ascii(name, brand)) near = name;
    names.push_back(name);
    if (names.size() <= 10) list += (list.empty() ? "" : ", ") + name;
  }
  if (names.size() > 10) list += fmt::format(" and {} more", names.size() - 10);
  if (near.empty()) near = closest(brand, names);
  return fail(ErrorCode::invalid,
              escape_terminal(
                  fmt::format("no brand '{}' is known here{}; known are: {}", shorten(brand, 60),
                              near.empty() ? "" : ", did you mean " + near + "?", list)));
}

}  // namespace

Result<Period> period_of(const Workspace& workspace, const ReportWish& wish) {
  PLUMBLINE_CHECK(check_brand(workspace, wish.brand));
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
