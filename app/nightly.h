// The nightly walk: sources -> fetch -> normalise -> drop duplicates -> keep -> analyse -> roll up
// -> report.
#pragma once

#include <string>
#include <vector>

#include "app/closer.h"
#include "app/fetch.h"
#include "app/workspace.h"
#include "crawler/http.h"

namespace plumbline {

struct NightlyOutcome {
  std::vector<SourceRun> sources;
  std::int64_t analysed = 0;
  ReadCloser closer;
  std::vector<std::string> reports;  // files written
  bool partial() const;              // some source broke off
  bool denied() const;               // every source that broke off lacked a credential
};

// A second run at the same time is refused (conflict). A run that was killed is gone on with by the
// next one.
Result<NightlyOutcome> run_nightly(Workspace& workspace, Http& http, Seconds now,
                                   Progress& progress);

}  // namespace plumbline
