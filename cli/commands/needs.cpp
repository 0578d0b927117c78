#include "cli/shared.h"

namespace plumbline {

extern const Command needs_command;
const Command needs_command = {
    "needs",
    "[--from DAY] [--to DAY] [--brand NAME] [--json]",
    "wants, needs, pains and fears, the most voiced first",
    "",
    "  plumbline needs\n  plumbline needs --from 2026-01-01 --json\n",
    period_options(),
    0,
    0,
    [](const Arguments& arguments) { return print_report_part(arguments, "statements"); }};

}  // namespace plumbline
