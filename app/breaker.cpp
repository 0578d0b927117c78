#include "app/breaker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace plumbline {
namespace {

constexpr int kFailuresBeforeRest = 5;
constexpr Seconds kFirstRest = 3600, kLongestRest = 7 * 86400;

}  // namespace

Breaker Breaker::after(bool failed, Seconds now) const {
  if (!failed) return {};
  Breaker next{std::min(failures + 1, 1000), kNoTime};
  if (next.failures >= kFailuresBeforeRest) {
    const int doubled = std::min(next.failures - kFailuresBeforeRest, 10);
    next.next_try = now + std::min(kFirstRest << doubled, kLongestRest);
  }
  return next;
}

Breaker parse_breaker(const std::string& note) {
  Breaker breaker;
  long long next = 0;
  const int read = std::sscanf(note.c_str(), "%d %lld", &breaker.failures, &next);
  if (read < 1 || breaker.failures < 0) return {};
  if (read == 2) breaker.next_try = next;
  return breaker;
}

std::string print(const Breaker& breaker) {
  if (breaker.failures == 0) return {};
  if (breaker.next_try == kNoTime) return fmt::format("{}", breaker.failures);
  return fmt::format("{} {}", breaker.failures, breaker.next_try);
}

}  // namespace plumbline
