// What is kept, as files for a spreadsheet or another program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/workspace.h"

namespace plumbline {

// `what` is mentions, analyses, people or rollups; `form` csv, jsonl or parquet-ready-csv (no text
// folded, no guard against formulas, empty for absent: what a columnar loader wants). The file
// appears whole or not at all. Returns the rows written.
Result<std::int64_t> export_rows(const Workspace& workspace, std::string_view what,
                                 std::string_view form, const std::string& path);

}  // namespace plumbline
