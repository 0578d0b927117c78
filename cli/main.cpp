// The program: words in, text out. Everything else is a row of the command table.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace plumbline {
namespace {

constexpr const char* kVersion = "plumbline " PLUMBLINE_VERSION;

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid: return 2;
    case ErrorCode::partial: return 3;
    case ErrorCode::denied: return 4;
    case ErrorCode::disk_full: return 6;
    default: return 1;
  }
}

std::string help_of(const Command& command) {
  std::string text =
      fmt_line("plumbline {} {}\n\n{}\n", command.name, command.usage, command.summary);
  if (!command.details.empty()) text += "\n" + std::string(command.details) + "\n";
  text += "\nOptions:\n";
  for (const Option& option : command.options) text += option_line(option);
  text += option_line(
      {"--workspace", "DIR", "folder with plumbline.toml; default: the nearest one upward"});
  text += option_line({"--help", "", "this text"});
  text += "\nExamples:\n" + std::string(command.examples);
  return text;
}

std::string overview() {
  std::string text = std::string(kVersion) +
                     "\nListens to what people say in public about a brand: a report for "
                     "marketing, a brief for sales.\n\n";
  for (const Command* command : all_commands())
    text += fmt_line("  {:<11} {}\n", command->name, command->summary);
  return text +
         "\nplumbline COMMAND --help explains one, with examples. Begin with: plumbline demo\n";
}

// What the parser filled for one command.
struct Slot {
  const Command* command = nullptr;
  CLI::App* app = nullptr;
  std::vector<std::string> words;
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, bool> flags;
};

void add_option(Slot& slot, const Option& option) {
  const std::string name(option.name);
  if (option.value.empty()) {
    slot.app->add_flag(name, slot.flags[name]);
    return;
  }
  CLI::Option* added = slot.app->add_option(name, slot.values[name]);
  added->expected(1);
  added->multi_option_policy(option.many ? CLI::MultiOptionPolicy::TakeAll
                                         : CLI::MultiOptionPolicy::TakeLast);
  added->allow_extra_args(false);
}

Arguments arguments_of(const Slot& slot) {
  Arguments arguments;
  arguments.words = slot.words;
  for (const auto& [name, values] : slot.values)
    if (!values.empty()) arguments.options[name] = values;
  for (const auto& [name, set] : slot.flags)
    if (set) arguments.options[name] = {};
  return arguments;
}

int usage_error(const std::string& message, std::string_view command) {
  say_error(message);
  say_error(command.empty() ? "see: plumbline --help"
                            : "see: plumbline " + std::string(command) + " --help");
  return 2;
}

// CLI11's message, with the closest known word beside an unknown one.
int parse_failure(const CLI::ParseError& error, const std::vector<std::unique_ptr<Slot>>& slots,
                  const std::vector<std::string>& words) {
  const Slot* used = nullptr;
  for (const auto& slot : slots)
    if (slot->app->parsed()) used = slot.get();
  std::vector<std::string_view> known;
  if (used) {
    for (const Option& option : used->command->options) known.push_back(option.name);
  } else {
    for (const Command* command : all_commands()) known.push_back(command->name);
  }
  for (const std::string& word : words) {
    const std::string bare = word.substr(0, word.find('='));
    const bool option = word.rfind("--", 0) == 0;
    if (used ? !option : option) continue;
    if (std::find(known.begin(), known.end(), bare) != known.end()) continue;
    const std::string_view near = closest(bare, known);
    if (!near.empty())
      return usage_error("unknown " + std::string(used ? "option " : "command ") +
                             escape_terminal(bare) + "; did you mean " + std::string(near) + "?",
                         used ? used->command->name : "");
    if (!used) return usage_error("unknown command " + escape_terminal(bare), "");
  }
  return usage_error(escape_terminal(error.what()), used ? used->command->name : "");
}

// What was printed must arrive, or the exit code says so.
int finish(int code) {
  const Status printed = flush_output();
  if (printed) return code;
  say_error(describe(printed.error()));
  return exit_code_of(printed.error().code);
}

int run_command(const Slot& slot) {
  const Command& command = *slot.command;
  const int words = static_cast<int>(slot.words.size());
  if (words < command.least_words)
    return usage_error("something is missing: plumbline " + std::string(command.name) + " " +
                           std::string(command.usage),
                       command.name);
  if (command.most_words >= 0 && words > command.most_words)
    return usage_error(
        "too many words: " +
            escape_terminal(slot.words[static_cast<std::size_t>(command.most_words)]),
        command.name);
  const Result<int> result = command.run(arguments_of(slot));
  if (result) return finish(*result);
  static_cast<void>(flush_output());  // the command's own trouble matters more
  say_error(describe(result.error()));
  return exit_code_of(result.error().code);
}

int run(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print(overview());
    return finish(words.empty() ? 2 : 0);
  }
  if (words[0] == "--version") return print(std::string(kVersion) + "\n"), finish(0);
  CLI::App app("plumbline");
  app.set_help_flag();
  app.require_subcommand(1);
  std::vector<std::unique_ptr<Slot>> slots;
  for (const Command* command : all_commands()) {
    auto slot = std::make_unique<Slot>();
    slot->command = command;
    slot->app = app.add_subcommand(std::string(command->name), std::string(command->summary));
    slot->app->set_help_flag();
    slot->app->add_flag("--help,-h", slot->flags["--help"]);
    for (const Option& option : command->options) add_option(*slot, option);
    add_option(*slot, {"--workspace", "DIR", ""});
    if (command->most_words != 0) slot->app->add_option("words", slot->words)->expected(0, 1 << 20);
    slots.push_back(std::move(slot));
  }
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return parse_failure(error, slots, words);
  }
  for (const auto& slot : slots) {
    if (!slot->app->parsed()) continue;
    if (slot->flags["--help"]) return print(help_of(*slot->command)), finish(0);
    return run_command(*slot);
  }
  return 2;
}

}  // namespace
}  // namespace plumbline

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is seen at the write and is no error
  plumbline::catch_interrupts();
  try {
    return plumbline::run(argc, argv);
  } catch (const std::bad_alloc&) {
    plumbline::say_error("out of memory; what was committed is kept");
  } catch (const std::exception& error) {
    plumbline::say_error(std::string("this should not happen: ") + error.what());
  }
  return 1;
}
