#include "cli/shared.h"

namespace plumbline {

extern const Command topics_command;
const Command topics_command = {
    "topics",
    "[--from DAY] [--to DAY] [--brand NAME] [--json]",
    "what is talked about, with net sentiment and authors",
    "",
    "  plumbline topics\n  plumbline topics --from 2026-08-01 --to 2026-08-31 --json\n",
    period_options(),
    0,
    0,
    [](const Arguments& arguments) { return print_report_part(arguments, "topics"); }};

}  // namespace plumbline
