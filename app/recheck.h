// Asks a source again for documents that are kept, so that edits and deletions are seen.
#pragma once

#include <set>
#include <string>

#include "app/read_source.h"
#include "crawler/http.h"

namespace plumbline {

struct RecheckWish {
  SourceQuery query;
  double requests_per_second = 1;
  std::set<std::string> seen;  // ids that came by themselves in this run
};

// The newest first, then, run by run, all the rest: one minute's requests, 20 at least and 200 at
// most. What is asked for and does not come back is deleted here too. A source that will not answer
// ends the round without an error: the next run asks again. Nothing is deleted by a reply that
// would take 20 documents and leave none. The outcome is added to `put`.
Status recheck(Workspace& workspace, const SourceConfig& source, Http& http, RecheckWish wish,
               PutOutcome& put);

}  // namespace plumbline
