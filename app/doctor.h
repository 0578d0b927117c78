// Looks at a workspace the way a patient colleague would: configuration, store, disk, clock, keys,
// network.
#pragma once

#include <string>
#include <vector>

#include "app/progress.h"

namespace plumbline {

struct Finding {
  enum class State { good, note, bad };
  State state = State::good;
  std::string check;
  std::string seen;
  std::string fix;  // empty when good
};

// `network`: ask every enabled source once.
std::vector<Finding> examine(const std::string& folder, bool network, Progress& progress);

}  // namespace plumbline
