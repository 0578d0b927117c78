// One configured source read until it has nothing new.
#pragma once

#include <cstdint>
#include <string>

#include "app/intake.h"
#include "app/workspace.h"
#include "crawler/http.h"

namespace plumbline {

struct SourceRun {
  std::string label;
  PutOutcome put;
  std::int64_t pages = 0;
  std::int64_t seen = 0;     // documents in the replies, known ones included
  std::int64_t skipped = 0;  // items that could not be read or had no text
  std::string skipped_reason;
  std::string gap;         // why something may be missing though all went well
  bool unchanged = false;  // the source said that nothing changed since the last time
  bool limited = false;    // stopped at --limit; the next run goes on from there
  Status status;           // why it broke off; what came before is kept
};

struct ReadOptions {
  Seconds since = kNoTime;       // overrides the configuration
  std::int64_t limit = 0;        // new documents at most; 0: no limit
  bool dry_run = false;          // ask and parse the first page, keep nothing
  bool even_if_resting = false;  // after many failures: see app/breaker.h
  Seconds now = kNoTime;
};

// Where the state of a source is kept among the store's notes: its cursor and what is needed to ask
// "has it changed?".
std::string cursor_key(const SourceConfig& source);

// Denied, with the name of what is not there, where a token is needed or configured but empty:
// without it a site may give less than was meant, and nobody would know.
Status check_token(const SourceConfig& source);

SourceRun read_source(Workspace& workspace, const SourceConfig& source, Http& http,
                      const ReadOptions& options, Progress& progress);

}  // namespace plumbline
