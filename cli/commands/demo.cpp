#include "app/demo.h"

#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_demo(const Arguments& arguments) {
  const auto progress = make_progress();
  const DemoOutcome demo =
      PLUMBLINE_TRY(make_demo(arguments.get("--dir", "plumbline-demo"), *progress));
  print(fmt_line("A workspace with {} invented mentions lies in {}\n\n", demo.mentions,
                 demo.workspace));
  print("report  " + demo.report + "\n");
  for (const std::string& brief : demo.briefs) print("brief   " + brief + "\n");
  print(
      fmt_line("\nGo on in there:\n  cd {}\n  plumbline search 'price sentiment:negative'\n  "
               "plumbline people\n  plumbline trends --by month\n",
               demo.workspace));
  return 0;
}

}  // namespace

extern const Command demo_command;
const Command demo_command = {"demo",
                              "[--dir DIR]",
                              "a filled workspace from the built-in invented sample",
                              "Needs no network. Running it again gives the same.",
                              "  plumbline demo\n  plumbline demo --dir try\n",
                              {{"--dir", "DIR", "where to; default plumbline-demo"}},
                              0,
                              0,
                              run_demo};

}  // namespace plumbline
