// Leaves a source alone that failed in many runs in a row, and says when it is asked again.
#pragma once

#include <string>

#include "app/config.h"
#include "base/result.h"
#include "base/time.h"
#include "store/store.h"

namespace plumbline {

// After the fifth failed run in a row a source rests for an hour, after each further one twice as
// long as before, a week at most. A run that succeeds, and any change of url, query or options,
// begins anew. Kept among the store's notes.
struct Breaker {
  int failures = 0;            // runs in a row
  Seconds next_try = kNoTime;  // rests until then

  bool rests(Seconds now) const { return next_try != kNoTime && now < next_try; }
  Breaker after(bool failed, Seconds now) const;  // as it stands after one more run
};

Breaker parse_breaker(const std::string& note);  // what cannot be read: never failed
std::string print(const Breaker& breaker);       // empty if it never failed

}  // namespace plumbline
