#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_report(const Arguments& arguments) {
  const Workspace workspace = PLUMBLINE_TRY(open_current(arguments));
  const Report report = PLUMBLINE_TRY(make_report(workspace, PLUMBLINE_TRY(wish_of(arguments))));
  const std::string out = arguments.get("--out");
  if (out.empty() || out == "-") {
    print(PLUMBLINE_TRY(render_report(report, arguments.has("--json") ? "json" : "md")));
    return 0;
  }
  PLUMBLINE_CHECK(save_report(report, out));
  print(out + "\n");
  return 0;
}

}  // namespace

extern const Command report_command;
const Command report_command = {
    "report",
    "[--from DAY] [--to DAY] [--brand NAME] [--out FILE.html|.pdf|.json|.csv|.md]",
    "the page for marketing: reputation, what moved it, topics, clusters, claims",
    "Without --out the report is printed as Markdown, or as JSON with --json.",
    "  plumbline report --out report.html\n  plumbline report --from 2026-01-01 --to 2026-06-30 "
    "--json\n",
    {{"--from", "DAY", "first day; default: a year before the newest mention"},
     {"--to", "DAY", "last day; default: that of the newest mention up to tomorrow"},
     {"--brand", "NAME", "default: the workspace's own"},
     {"--out", "FILE", "where to; the ending names the form"},
     {"--json", "", "print as JSON"}},
    0,
    0,
    run_report};

}  // namespace plumbline
