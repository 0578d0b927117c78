#include "crawler/pace.h"

#include <algorithm>
#include <cmath>

namespace plumbline {
namespace {

constexpr double kSlowest = 1e-4;  // requests per second: one in three hours

Millis interval(double requests_per_second) {
  if (!(requests_per_second > 0)) requests_per_second = 1;
  return static_cast<Millis>(std::ceil(1000 / std::max(requests_per_second, kSlowest)));
}

}  // namespace

Millis Pace::take_place(const std::string& host, double requests_per_second, Millis now) {
  Host& line = hosts_[host];
  const Millis place = std::max({now, line.free, line.blocked});
  line.free = place + interval(requests_per_second);
  return place;
}

void Pace::block(const std::string& host, Millis until) {
  Host& line = hosts_[host];
  line.blocked = std::max(line.blocked, until);
}

Millis Pace::blocked_until(const std::string& host) const {
  auto found = hosts_.find(host);
  return found == hosts_.end() ? 0 : found->second.blocked;
}

}  // namespace plumbline
