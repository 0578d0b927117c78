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

// Whether the text names no brand but `rival`, and that only as what something else is measured by:
// its mood is the opposite of what it says of `rival` ("so much worse than Bolt").
bool is_only_measure(const Workspace& workspace, const Document& document, const Analysis& analysis,
                     const std::string& rival);

}  // namespace plumbline
