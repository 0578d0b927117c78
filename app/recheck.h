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
// most. What is asked for and does not come back is deleted here too, but only where the site has
// shown that it understands the question: by giving something that was asked for, if need be a
// document that came by itself a moment ago. A site that gives what was not asked for, will not
// answer, or would take 20 documents and leave none, ends the round without an error. Where two
// sites of one kind are configured whose ids do not say their site, nothing is asked. The outcome
// is added to `put`.
Status recheck(Workspace& workspace, const SourceConfig& source, Http& http, RecheckWish wish,
               PutOutcome& put);

}  // namespace plumbline
