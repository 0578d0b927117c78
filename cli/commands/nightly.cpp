#include "app/nightly.h"

#include "app/open_http.h"

#include <nlohmann/json.hpp>

#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Result<int> run_nightly(const Arguments& arguments) {
  Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::write));
  const auto progress = make_progress();
  Seconds moment = now();
  const auto http = PLUMBLINE_TRY(open_http(
      workspace.config, *progress, {arguments.get("--record"), arguments.get("--replay")}, moment));
  const NightlyOutcome outcome = PLUMBLINE_TRY(run_nightly(workspace, *http, moment, *progress));
  Json json = {{"sources", Json::array()},
               {"analysed", outcome.analysed},
               {"read_closer", {{"read", outcome.closer.read}, {"left", outcome.closer.left}}},
               {"reports", outcome.reports}};
  for (const SourceRun& one : outcome.sources) {
    Json row = {{"source", one.label},
                {"seen", one.seen},
                {"added", one.put.added},
                {"skipped", one.skipped}};
    if (!one.status) row["error"] = describe(one.status.error());
    json["sources"].push_back(row);
  }
  if (arguments.has("--json")) {
    print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } else {
    for (const std::string& file : outcome.reports) print(file + "\n");
  }
  return outcome.denied() ? 4 : outcome.partial() ? 3 : 0;
}

}  // namespace

extern const Command nightly_command;
const Command nightly_command = {
    "nightly",
    "",
    "fetch, analyse, roll up and report; what the timer runs",
    "Goes on where a killed run stopped. A second run at the same time is refused. Exit code 3: "
    "done, but some source broke off.",
    "  plumbline nightly\n  plumbline nightly --workspace /srv/acme --json\n",
    {{"--record", "FOLDER", "keep the raw replies there, so that the night can be run again"},
     {"--replay", "FOLDER", "run a recorded night again, at its time; no network"},
     {"--json", "", "the outcome as JSON"}},
    0,
    0,
    run_nightly};

}  // namespace plumbline
