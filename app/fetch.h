// Many sources at once: the first stage of the nightly walk, and the command `fetch`.
#pragma once

#include <string>
#include <vector>

#include "app/read_source.h"
#include "app/workspace.h"
#include "crawler/http.h"

namespace plumbline {

// The sources of the configuration, or those named by kind or label, at most 16 at a time and four
// of one host. A failing source is a row in the outcome and in the coverage, never the end of the
// night; one that failed in five runs in a row is left alone for a while (app/breaker.h), unless
// it is asked for by name. A full disk or a broken store ends the run. In the order of the
// configuration.
Result<std::vector<SourceRun>> fetch_sources(Workspace& workspace, Http& http,
                                             const std::vector<std::string>& wanted,
                                             const ReadOptions& options, Progress& progress);

// One line for the terminal.
std::string summary(const SourceRun& run);

}  // namespace plumbline
