#include <nlohmann/json.hpp>

#include <cmath>

#include "app/trends.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Result<Unit> unit_of(const std::string& word) {
  if (word == "day") return Unit::day;
  if (word == "week") return Unit::week;
  if (word == "month") return Unit::month;
  return fail(ErrorCode::invalid, "--by wants day, week or month, not '" + word + "'");
}

Json as_json(const Trend& trend) {
  Json rows = Json::array();
  for (const TrendPoint& point : trend.points) {
    const Estimate& e = point.net_sentiment;
    rows.push_back({{"start", format_day(point.start)},
                    {"brand", trend.brand},
                    {"n", point.counts.n},
                    {"distinct", point.counts.distinct},
                    {"authors", point.counts.authors},
                    {"net_sentiment",
                     {{"value", e.value},
                      {"lo", e.lo},
                      {"hi", e.hi},
                      {"n", e.n},
                      {"authors", e.authors},
                      {"method", e.method}}},
                    {"price_talk", point.price_talk},
                    {"value_talk", point.value_talk},
                    {"partial", point.partial}});
  }
  return rows;
}

Result<int> run_trends(const Arguments& arguments) {
  const Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::read));
  const ReportWish wish = PLUMBLINE_TRY(wish_of(arguments));
  const Unit unit = PLUMBLINE_TRY(unit_of(arguments.get("--by", "week")));
  const Trend trend = PLUMBLINE_TRY(trend_of(workspace, wish, unit));
  if (!trend.note.empty()) say("note: " + trend.note);
  if (arguments.has("--json")) {
    print(as_json(trend).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return 0;
  }
  std::vector<std::vector<std::string>> rows{
      {"start", "mentions", "authors", "net sentiment", "95 %", "price talk", "value talk", ""}};
  for (const TrendPoint& point : trend.points) {
    const Estimate& e = point.net_sentiment;
    const bool felt = may_be_said(e.authors), talked = may_be_said(point.counts.authors);
    rows.push_back({format_day(point.start), std::to_string(point.counts.n),
                    std::to_string(point.counts.authors),
                    felt ? fmt::format("{:+.2f}", e.value) : "too few to say",
                    felt ? fmt::format("{:+.2f} to {:+.2f}", e.lo, e.hi) : "-",
                    talked ? fmt::format("{:.0f} %", point.price_talk * 100) : "-",
                    talked ? fmt::format("{:.0f} %", point.value_talk * 100) : "-",
                    point.partial ? "a source was missing" : ""});
  }
  print(table(rows, 1) + "too few to say: fewer than 30 authors; read the posts\n");
  return 0;
}

}  // namespace

extern const Command trends_command;
const Command trends_command = {
    "trends",
    "[--by day|week|month] [--brand NAME] [--from DAY] [--to DAY] [--json]",
    "mentions, authors and net sentiment over time, with interval",
    "",
    "  plumbline trends --by month\n  plumbline trends --from 2026-08-01 --by day --json\n",
    {{"--by", "UNIT", "day, week (default) or month"},
     {"--from", "DAY", "first day; default: a year before the newest mention"},
     {"--to", "DAY", "last day; default: that of the newest mention up to tomorrow"},
     {"--brand", "NAME", "default: the workspace's own"},
     {"--json", "", "the same numbers as JSON"}},
    0,
    0,
    run_trends};

}  // namespace plumbline
