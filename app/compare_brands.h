// Which mentions put the own brand above another one, or below it.
#pragma once

#include <string>
#include <vector>

#include "app/workspace.h"
#include "market/report.h"

namespace plumbline {

// Mentions of `table`, of any brand, that name the brand and one of the others, by row. Whether a
// word means a brand is judged as for any mention (nlp/brands.h).
Result<std::vector<ComparisonHit>> comparison_hits(const Workspace& workspace,
                                                   const MentionTable& table,
                                                   const std::string& brand);

}  // namespace plumbline
