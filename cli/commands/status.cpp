#include <nlohmann/json.hpp>

#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Json pairs(const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  Json json = Json::object();
  for (const auto& [name, count] : counts) json[name] = count;
  return json;
}

std::string line_of(std::string_view head,
                    const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  std::string line = fmt_line("{:<14}", head);
  for (std::size_t i = 0; i < counts.size() && i < 12; ++i)
    line += fmt_line("{}{} {}", i ? ", " : "", counts[i].first.empty() ? "(none)" : counts[i].first,
                     counts[i].second);
  return line + (counts.size() > 12 ? " …\n" : "\n");
}

Result<int> run_status(const Arguments& arguments) {
  const Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::read));
  const StoreStatus s = PLUMBLINE_TRY(workspace.store->status(workspace.analyzer->version()));
  const Zone& zone = workspace.config.zone;
  if (arguments.has("--json")) {
    const Json json = {{"workspace", workspace.config.workspace},
                       {"store", s.path},
                       {"schema", s.schema},
                       {"bytes", s.bytes},
                       {"mentions", s.documents},
                       {"distinct", s.distinct},
                       {"authors", s.authors},
                       {"without_author", s.without_author},
                       {"not_analysed", s.not_analysed},
                       {"analyzer", workspace.analyzer->version()},
                       {"oldest", format_utc(s.oldest)},
                       {"newest", format_utc(s.newest)},
                       {"last_fetched", format_utc(s.last_fetched)},
                       {"sources", pairs(s.by_source)},
                       {"brands", pairs(s.by_brand)},
                       {"languages", pairs(s.by_lang)}};
    print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return 0;
  }
  std::string out =
      fmt_line("{:<14}{} ({:.1f} MB)\n", "store", s.path, static_cast<double>(s.bytes) / 1e6);
  out += fmt_line("{:<14}{} ({} distinct texts) by {} authors", "mentions", s.documents, s.distinct,
                  s.authors);
  if (s.without_author > 0)
    out += fmt_line("; {} name none, and each counts as an author of its own", s.without_author);
  out += "\n";
  if (s.newest != kNoTime)
    out += fmt_line("{:<14}{} to {} ({})\n", "published", zone.format(s.oldest),
                    zone.format(s.newest), zone.name());
  if (s.last_fetched != kNoTime)
    out += fmt_line("{:<14}{}\n", "last added", zone.format(s.last_fetched));
  out += line_of("sources", s.by_source) + line_of("brands", s.by_brand) +
         line_of("languages", s.by_lang);
  out += s.not_analysed == 0
             ? fmt_line("{:<14}all, by {}\n", "analysed", workspace.analyzer->version())
             : fmt_line("{:<14}{} are waiting; plumbline nightly does it\n", "analysed",
                        s.not_analysed);
  print(out);
  return 0;
}

}  // namespace

extern const Command status_command;
const Command status_command = {"status",
                                "[--json]",
                                "what is kept here, and how far it is analysed",
                                "",
                                "  plumbline status\n  plumbline status --json\n",
                                {{"--json", "", "as JSON"}},
                                0,
                                0,
                                run_status};

}  // namespace plumbline
