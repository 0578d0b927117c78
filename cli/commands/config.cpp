#include "app/config.h"

#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_config(const Arguments& arguments) {
  const std::string& verb = arguments.words.front();
  if (verb != "check" && verb != "dump")
    return fail(ErrorCode::invalid,
                "config knows check and dump, not '" + escape_terminal(verb) + "'");
  const Config config = PLUMBLINE_TRY(
      read_config(arguments.has("--workspace") ? arguments.get("--workspace") + "/plumbline.toml"
                                               : PLUMBLINE_TRY(find_config("."))));
  if (verb == "check")
    print(fmt_line("{} is good: brand {}, {} competitors, {} claims, {} sources, {} people\n\n",
                   config.file, config.brand.name, config.competitors.size(), config.claims.size(),
                   config.sources.size(), config.people.size()));
  print(dump_config(config));
  for (const std::string& warning : config.warnings) say("note: " + warning);
  return 0;
}

}  // namespace

extern const Command config_command;
const Command config_command = {"config",
                                "check | dump",
                                "check plumbline.toml and show what was understood",
                                "Both print every key with its value or default, secrets left out.",
                                "  plumbline config check\n  plumbline config dump > full.toml\n",
                                {},
                                1,
                                1,
                                run_config};

}  // namespace plumbline
