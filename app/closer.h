// Reading closer: the nightly cascade. What the fast tier said with least sureness is said again by
// the full tier, as much of it as the time given allows.
#pragma once

#include <cstdint>

#include "app/workspace.h"

namespace plumbline {

struct ReadCloser {
  std::int64_t read = 0;  // mentions that the full tier read
  std::int64_t left = 0;  // that it would have read, had there been time
  float sureness = 0;     // of the fast tier where it stopped: all below were read; 0..1
};

// Mentions of which the fast tier alone put its likeliest class ahead of the next by less than this
// share are read, the least sure first.
inline constexpr float kSureEnough = 0.8F;

// For at most `seconds`; 0: nothing is read. What was read stays so until its text or the analyzer
// changes. On the user's wish to stop: an error of code partial; what was read is kept.
Result<ReadCloser> read_closer(Workspace& workspace, double seconds, Progress& progress);

}  // namespace plumbline
