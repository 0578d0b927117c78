#include "app/export.h"

#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_export(const Arguments& arguments) {
  const std::string out = arguments.get("--out");
  if (out.empty()) return fail(ErrorCode::invalid, "--out FILE is missing");
  const Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::read));
  const std::int64_t rows = PLUMBLINE_TRY(export_rows(
      workspace, arguments.get("--what", "mentions"), arguments.get("--format", "csv"), out));
  print(fmt_line("{}: {} rows\n", out, rows));
  return 0;
}

}  // namespace

extern const Command export_command;
const Command export_command = {
    "export",
    "[--what mentions|analyses|people|rollups] [--format csv|jsonl|parquet-ready-csv] --out FILE",
    "what is kept, as a file for a spreadsheet or another program",
    "In csv a cell that a spreadsheet would take for a formula gets a ' before it.",
    "  plumbline export --out mentions.csv\n  plumbline export --what rollups --format jsonl --out "
    "days.jsonl\n",
    {{"--what", "WHAT", "mentions (default), analyses, people or rollups"},
     {"--format", "FORM", "csv (default), jsonl or parquet-ready-csv"},
     {"--out", "FILE", "where to"}},
    0,
    0,
    run_export};

}  // namespace plumbline
