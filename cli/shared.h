// What several commands do alike.
#pragma once

#include <optional>
#include <string>

#include "app/entity_lines.h"
#include "app/make_report.h"
#include "app/workspace.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace plumbline {

Result<Workspace> open_here(const Arguments& arguments, Access access);

// A store brought up to date for reading: analyses, topics and clusters are made now if something
// was added since, which needs the writer's place; if another process holds that, what is there is
// used and a line says so.
Result<Workspace> open_current(const Arguments& arguments);

// --from, --to, --brand.
Result<ReportWish> wish_of(const Arguments& arguments);
Result<Seconds> moment_of(const Workspace& workspace,
                          const std::string& text);  // --at, --since: a day or a time

// Prints one part of the report: as JSON the key of the contract, else as a table made from the
// same rows.
Result<int> print_report_part(const Arguments& arguments, std::string_view key);

// --brand, --alias, --product, --context as often as wished, then `more`.
std::vector<Option> brand_options(std::vector<Option> more);
BrandWish brand_wish_of(const Arguments& arguments);

std::vector<Option> period_options();  // --from --to --brand --json

}  // namespace plumbline
