#include <nlohmann/json.hpp>

#include "app/group.h"
#include "app/nightly.h"
#include "app/open_http.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Json as_json(const SourceRun& run) {
  Json json = {{"source", run.label},        {"seen", run.seen},       {"added", run.put.added},
               {"updated", run.put.updated}, {"known", run.put.known}, {"copies", run.put.copies},
               {"deleted", run.put.deleted}, {"skipped", run.skipped}, {"pages", run.pages},
               {"unchanged", run.unchanged}};
  if (!run.gap.empty()) json["gap"] = run.gap;
  if (!run.status) json["error"] = describe(run.status.error());
  return json;
}

Result<int> run_fetch(const Arguments& arguments) {
  Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::write));
  ReadOptions options;
  options.now = now();
  options.dry_run = arguments.has("--dry-run");
  options.limit = PLUMBLINE_TRY(arguments.number("--limit", 0, 1, INT64_MAX));
  if (arguments.has("--since"))
    options.since =
        PLUMBLINE_TRY(moment_of(workspace, arguments.get("--since")).map_error([](Error e) {
          return Error{e.code, "--since: " + e.message, {}};
        }));
  if (workspace.config.sources.empty())
    return fail(ErrorCode::invalid,
                "no [[source]] in the configuration; see: plumbline source list",
                workspace.config.file);
  const auto progress = make_progress();
  const auto http =
      PLUMBLINE_TRY(open_http(workspace.config, *progress,
                              {arguments.get("--record"), arguments.get("--replay")}, options.now));
  const auto runs =
      PLUMBLINE_TRY(fetch_sources(workspace, *http, arguments.words, options, *progress));
  if (!options.dry_run) PLUMBLINE_CHECK(workspace.store->roll_up());
  NightlyOutcome outcome;
  outcome.sources = runs;
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows{
      {"source", "read", "new", "known", "edited", "skipped", ""}};
  for (const SourceRun& one : runs) {
    json.push_back(as_json(one));
    rows.push_back({one.label, std::to_string(one.seen), std::to_string(one.put.added),
                    std::to_string(one.put.known), std::to_string(one.put.updated),
                    std::to_string(one.skipped),
                    one.status ? one.unchanged ? "unchanged" : "" : describe(one.status.error())});
  }
  print(arguments.has("--json") ? json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                                : table(rows, 1, 6));
  return outcome.denied() ? 4 : outcome.partial() ? 3 : 0;
}

}  // namespace

extern const Command fetch_command;
const Command fetch_command = {
    "fetch",
    "[SOURCE...] [--since DATE] [--limit N] [--dry-run]",
    "ask the configured sources for what is new",
    "SOURCE is a kind or label of the configuration; without one all are asked. Exit code 3: some "
    "source broke off; 4: credentials.",
    "  plumbline fetch\n  plumbline fetch hackernews --since 2026-01-01 --limit 500\n",
    {{"--since", "DATE", "nothing older than this"},
     {"--limit", "N", "keep at most so many new documents of each source"},
     {"--dry-run", "", "ask for the first page, keep nothing"},
     {"--record", "FOLDER", "keep the raw replies there"},
     {"--replay", "FOLDER", "answer from recorded replies; no network"},
     {"--json", "", "the outcome as JSON"}},
    0,
    -1,
    run_fetch};

}  // namespace plumbline
