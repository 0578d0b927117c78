#include "cli/shared.h"

namespace plumbline {

extern const Command clusters_command;
const Command clusters_command = {
    "clusters",
    "[--from DAY] [--to DAY] [--brand NAME] [--json]",
    "clusters of consumers by what their authors write about",
    "",
    "  plumbline clusters\n  plumbline clusters --from 2026-01-01 --json\n",
    period_options(),
    0,
    0,
    [](const Arguments& arguments) { return print_report_part(arguments, "clusters"); }};

}  // namespace plumbline
