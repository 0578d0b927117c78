// The days that a report or a trend is about.
#pragma once

#include <optional>
#include <string>

#include "app/workspace.h"

namespace plumbline {

struct ReportWish {
  std::optional<Day> from, to;  // both included; missing: the last twelve months up to the newest
                                // mention that is not dated after tomorrow
  std::string brand;            // empty: the workspace's own
  Seconds now = kNoTime;
};

struct Period {
  Day from = 0, to = 0;
  std::string note;  // mentions that say to come from the future and were left out; mostly empty
};

// An error of code invalid where the wished days are in the wrong order, or the brand is unknown.
Result<Period> period_of(const Workspace& workspace, const ReportWish& wish);

}  // namespace plumbline
