#include "cli/shared.h"

#include <nlohmann/json.hpp>

#include "app/group.h"
#include "base/text.h"

namespace plumbline {

using Json = nlohmann::ordered_json;

std::vector<Option> brand_options(std::vector<Option> more) {
  std::vector<Option> options = {
      {"--brand", "NAME", "a brand to look for, with handles and misspellings", true},
      {"--alias", "NAME=WORD", "another spelling of a brand", true},
      {"--product", "NAME=WORD", "a product of a brand", true},
      {"--context", "NAME=WORD", "a word that speaks for a brand near its name", true},
  };
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

BrandWish brand_wish_of(const Arguments& arguments) {
  return {arguments.all("--brand"), arguments.all("--alias"), arguments.all("--product"),
          arguments.all("--context")};
}

std::vector<Option> period_options() {
  return {
      {"--from", "DAY", "first day; default: a year before the newest mention"},
      {"--to", "DAY", "last day; default: that of the newest mention up to tomorrow"},
      {"--brand", "NAME", "default: the workspace's own"},
      {"--json", "", "the same numbers as JSON"},
  };
}

Result<Workspace> open_here(const Arguments& arguments, Access access) {
  Workspace workspace = PLUMBLINE_TRY(open_workspace(arguments.get("--workspace"), access));
  for (const std::string& warning : workspace.config.warnings) say("note: " + warning);
  return workspace;
}

Result<Workspace> open_current(const Arguments& arguments) {
  Workspace reader = PLUMBLINE_TRY(open_here(arguments, Access::read));
  if (!PLUMBLINE_TRY(is_out_of_date(reader))) return reader;
  auto writer = open_workspace(arguments.get("--workspace"), Access::write);
  if (!writer) {
    if (writer.error().code != ErrorCode::conflict && writer.error().code != ErrorCode::file)
      return tl::unexpected(writer.error());
    say(writer.error().code == ErrorCode::conflict
            ? "note: a run is under way, so topics and clusters are those of the last one"
            : "note: nothing may be written here, so topics and clusters are those of the last "
              "run");
    if (const std::int64_t waiting = PLUMBLINE_TRY(reader.store->unindexed()); waiting > 0)
      say(
          fmt_line("note: {} mentions wait for their analysis, so stories and searches for words "
                   "miss them; plumbline nightly analyses them",
                   waiting));
    return reader;
  }
  const auto progress = make_progress();
  PLUMBLINE_CHECK(bring_up_to_date(*writer, *progress));
  return std::move(*writer);
}

Result<ReportWish> wish_of(const Arguments& arguments) {
  ReportWish wish;
  wish.now = now();
  wish.brand = arguments.get("--brand");
  if (arguments.has("--from"))
    wish.from = PLUMBLINE_TRY(parse_day(arguments.get("--from")).map_error([](Error e) {
      return Error{ErrorCode::invalid, "--from: " + e.message, {}};
    }));
  if (arguments.has("--to"))
    wish.to = PLUMBLINE_TRY(parse_day(arguments.get("--to")).map_error([](Error e) {
      return Error{ErrorCode::invalid, "--to: " + e.message, {}};
    }));
  return wish;
}

Result<Seconds> moment_of(const Workspace& workspace, const std::string& text) {
  if (const auto day = parse_day(text)) return workspace.config.zone.start_of(*day);
  return parse_time(text).map_error([](Error e) {
    return Error{ErrorCode::invalid, e.message, {}};
  });
}

namespace {

std::string cell_of(const Json& value) {
  if (value.is_string()) return shorten(fold_space(value.get<std::string>()), 60);
  if (value.is_number_float()) return fmt::format("{:.3f}", value.get<double>());
  if (value.is_array()) {
    std::string joined;
    for (const Json& item : value)
      if (item.is_primitive()) joined += (joined.empty() ? "" : ", ") + cell_of(item);
    return shorten(joined, 60);
  }
  if (value.is_object() && value.contains("value")) {
    if (!may_be_said(value.value("authors", std::int64_t{0}))) return "too few to say";
    return fmt::format("{:.2f} [{:.2f}, {:.2f}]", value.value("value", 0.0), value.value("lo", 0.0),
                       value.value("hi", 0.0));
  }
  return value.is_object() ? "" : value.dump();
}

std::string table_of(const Json& rows) {
  if (!rows.is_array() || rows.empty())
    return rows.is_array() ? "nothing here\n" : rows.dump(2) + "\n";
  std::vector<std::string> keys;
  for (const auto& [key, value] : rows.front().items())
    if (key != "quotes" && key != "contradicting" &&
        !(value.is_array() && !value.empty() && value.front().is_object()))
      keys.push_back(key);
  std::vector<std::vector<std::string>> lines{keys};
  for (const Json& row : rows) {
    std::vector<std::string> line;
    for (const std::string& key : keys) line.push_back(row.contains(key) ? cell_of(row[key]) : "");
    lines.push_back(std::move(line));
  }
  return table(lines, keys.size());
}

}  // namespace

Result<int> print_report_part(const Arguments& arguments, std::string_view key) {
  const Workspace workspace = PLUMBLINE_TRY(open_current(arguments));
  const Report report = PLUMBLINE_TRY(make_report(workspace, PLUMBLINE_TRY(wish_of(arguments))));
  const Json whole = Json::parse(PLUMBLINE_TRY(render_report(report, "json")));
  const Json part = whole.value(std::string(key), Json::array());
  if (arguments.has("--json")) {
    print(part.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } else {
    if (!report.note.empty()) print(escape_terminal(report.note) + "\n");
    print(table_of(part));
  }
  return 0;
}

}  // namespace plumbline
