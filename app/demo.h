// A filled workspace from the built-in, invented sample, so that everything can be seen before
// anything is set up.
#pragma once

#include <string>
#include <vector>

#include "app/progress.h"
#include "base/result.h"

namespace plumbline {

struct DemoOutcome {
  std::string workspace;
  std::string report;               // HTML
  std::vector<std::string> briefs;  // HTML, one per prospect of the sample
  std::int64_t mentions = 0;
};

// Fills `folder`, which is made if need be; a folder that holds another workspace is refused. Twice
// gives the same.
Result<DemoOutcome> make_demo(const std::string& folder, Progress& progress);

}  // namespace plumbline
