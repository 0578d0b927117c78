// Answers from what is counted already: cells, coverage, the grouping, the state of the store.
#pragma once

#include <string_view>
#include <vector>

#include "store/reading.h"

namespace plumbline {

// `cells_hold` false: the kept cells count days of another zone, so all is counted from the
// mentions. Else only the author part of periods marked as changed is.
Result<std::vector<Cell>> read_cells(const ReaderGround& ground, const CellQuery& query,
                                     bool cells_hold);
Result<std::vector<CoverageDay>> read_coverage(Database& db, Day from, Day to);
Result<Grouping> read_grouping(Database& db);
Status write_grouping(Database& db, const Grouping& grouping);  // in the caller's transaction
Result<StoreStatus> read_status(const ReaderGround& ground, std::string_view version);
// As Store::end_at.
Result<StoreEnd> read_end(const ReaderGround& ground, Seconds until);

}  // namespace plumbline
