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

struct Thoroughness {
  bool network = false;  // ask every enabled source once
  bool store = false;    // read the whole store: pages, full-text index, counts
};

std::vector<Finding> examine(const std::string& folder, const Thoroughness& how,
                             Progress& progress);

}  // namespace plumbline
