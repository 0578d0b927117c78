// What a reply says about when to come back, and when we try again by ourselves.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

namespace plumbline {

// The headers that sites use to slow readers down, as they came; empty: not sent.
struct WaitHeaders {
  std::string date;         // Date
  std::string retry_after;  // Retry-After
  std::string remaining;    // X-RateLimit-Remaining, X-Rate-Limit-Remaining, RateLimit-Remaining
  std::string reset;        // X-RateLimit-Reset, X-Rate-Limit-Reset, RateLimit-Reset
  std::string rate_limit;   // RateLimit: "limit=100, remaining=0, reset=50" or "name";r=0;t=50
};

// How many seconds from its arrival the reply asks us to wait; 0: not at all. Retry-After is
// seconds or a date; a reset is seconds to go, seconds or milliseconds since 1970, or a time, and
// counts once nothing remains (`limited`: even if the number that remains was not sent). Dates are
// measured against the reply's own Date, so a wrong clock at either end does not matter. What
// cannot be read is ignored.
std::int64_t seconds_to_wait(const WaitHeaders& headers, bool limited, Seconds now);

// 429 and 503, and 403 where the headers say that nothing remains, as GitHub does it.
bool is_told_to_wait(int status, const WaitHeaders& headers);
// Statuses that may be gone in a moment: 408, 425, 429 and 5xx but 501 and 505.
bool is_passing(int status);

// The wait before attempt `attempt` + 1 in milliseconds: `first_seconds` doubled each time, at most
// 30 s, times 0.5 to 1.5 by `chance` in 0..1, so that many readers do not come back at once.
std::int64_t backoff_millis(int attempt, double first_seconds, double chance);

}  // namespace plumbline
