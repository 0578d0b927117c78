#include <nlohmann/json.hpp>

#include "app/doctor.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Result<int> run_doctor(const Arguments& arguments) {
  const auto progress = make_progress(true);
  const Thoroughness how{arguments.has("--network"), arguments.has("--store")};
  const std::vector<Finding> findings = examine(arguments.get("--workspace"), how, *progress);
  Json json = Json::array();
  bool bad = false;
  for (const Finding& finding : findings) {
    bad = bad || finding.state == Finding::State::bad;
    const char* word = finding.state == Finding::State::good  ? "ok  "
                       : finding.state == Finding::State::bad ? "BAD "
                                                              : "note";
    json.push_back({{"check", finding.check},
                    {"state", std::string(trim(word))},
                    {"seen", finding.seen},
                    {"fix", finding.fix}});
    if (arguments.has("--json")) continue;
    print(escape_terminal(fmt_line("{} {:<14} {}", word, finding.check, finding.seen)) + "\n");
    if (!finding.fix.empty())
      print(escape_terminal("                    fix: " + finding.fix) + "\n");
  }
  if (arguments.has("--json"))
    print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  return bad ? 1 : 0;
}

}  // namespace

extern const Command doctor_command;
const Command doctor_command = {
    "doctor",
    "[--store] [--network] [--json]",
    "look for what is wrong here, with a fix for each finding",
    "--store reads the whole store: pages, full-text index, counts; seconds to minutes. --network "
    "also asks every configured source once.",
    "  plumbline doctor --store\n  plumbline doctor --network --json\n",
    {{"--store", "", "read the whole store too"},
     {"--network", "", "ask the sources too"},
     {"--json", "", "as JSON"}},
    0,
    0,
    run_doctor};

}  // namespace plumbline
