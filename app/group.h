// The step that looks at everything at once: topics of mentions and clusters of consumers.
#pragma once

#include "app/workspace.h"

namespace plumbline {

// Analyses what has no analysis of the present version. Returns how many documents that were.
Result<std::int64_t> analyze_stale(Workspace& workspace, Progress& progress);

// Finds topics and clusters anew if anything was added since the last time; ids follow those of the
// last time where the mentions are largely the same. True if it did.
Result<bool> regroup(Workspace& workspace, Progress& progress, bool always = false);

// Both, and the roll-ups: what must have run before a report is true.
Status bring_up_to_date(Workspace& workspace, Progress& progress);

// True when a reader would see a grouping or analyses that do not cover what is kept.
Result<bool> is_out_of_date(const Workspace& workspace);

}  // namespace plumbline
