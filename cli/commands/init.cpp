#include <filesystem>
#include <iostream>

#include "app/config.h"
#include "app/files.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

std::string ask(const std::string& question) {
  say(question);
  std::string line;
  std::getline(std::cin, line);
  return fold_space(clean_utf8(line));
}

// What was not given is asked for, where somebody is there to answer.
void ask_for_the_rest(Config& config) {
  if (config.brand.name.empty()) config.brand.name = ask("Which brand do you listen for?");
  if (config.competitors.empty())
    for (const std::string_view name :
         split(ask("Competitors, with commas between (may stay empty):"), ','))
      if (!trim(name).empty()) config.competitors.push_back({std::string(trim(name)), {}, {}, {}});
  while (config.claims.size() < 5) {
    const std::string claim =
        ask(fmt_line("Claim {} of your plumb line (empty when done):", config.claims.size() + 1));
    if (claim.empty()) break;
    config.claims.push_back({claim, {}, {}, {}});
  }
}

Result<int> run_init(const Arguments& arguments) {
  const std::string folder = arguments.get("--workspace", ".");
  const std::string file = folder + "/plumbline.toml";
  if (std::filesystem::exists(file))
    return fail(ErrorCode::invalid,
                "is there already; edit it, or choose another folder with --workspace", file);
  Config config;
  config.brand.name = fold_space(clean_utf8(arguments.get("--brand")));
  for (const std::string& name : arguments.all("--competitor"))
    config.competitors.push_back({fold_space(clean_utf8(name)), {}, {}, {}});
  for (const std::string& text : arguments.all("--plumb-line"))
    config.claims.push_back({fold_space(clean_utf8(text)), {}, {}, {}});
  if (!arguments.has("--yes") && is_terminal(0)) ask_for_the_rest(config);
  if (config.brand.name.empty()) return fail(ErrorCode::invalid, "--brand NAME is missing");
  const std::string text = example_config(config);
  PLUMBLINE_TRY(parse_config(text, file));
  PLUMBLINE_CHECK(make_folder(folder));
  PLUMBLINE_CHECK(write_file(file, text));
  print(file + "\n");
  say("next: plumbline import FILE (an export you have), or add a [[source]] and run: plumbline "
      "fetch");
  return 0;
}

}  // namespace

extern const Command init_command;
const Command init_command = {"init",
                              "[--brand N] [--competitor N]... [--plumb-line TEXT]... [--yes]",
                              "make a workspace: writes plumbline.toml",
                              "Asks for what is missing on a terminal; with --yes it asks nothing.",
                              "  plumbline init --brand \"Acme Pumps\" --competitor Hydra "
                              "--plumb-line \"Pays for itself in a year\" --yes\n"
                              "  plumbline init --workspace acme --brand Acme --yes\n",
                              {{"--brand", "N", "the brand to listen for"},
                               {"--competitor", "N", "a brand to compare with", true},
                               {"--plumb-line", "TEXT", "a claim of your message", true},
                               {"--yes", "", "ask nothing"}},
                              0,
                              0,
                              run_init};

}  // namespace plumbline
