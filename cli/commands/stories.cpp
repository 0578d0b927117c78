#include "cli/shared.h"

namespace plumbline {

extern const Command stories_command;
const Command stories_command = {
    "stories",
    "[--from DAY] [--to DAY] [--brand NAME] [--json]",
    "which claims of the plumb line the talk carries or denies",
    "",
    "  plumbline stories\n  plumbline stories --from 2026-01-01 --json\n",
    period_options(),
    0,
    0,
    [](const Arguments& arguments) { return print_report_part(arguments, "stories"); }};

}  // namespace plumbline
