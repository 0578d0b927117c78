// Which source answered on which day, and why not: so that a gap in the talk is not taken for
// silence.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

namespace plumbline {

enum class CoverageState { complete, partial, missing };

struct CoverageDay {
  std::string source;
  Day day = 0;
  CoverageState state = CoverageState::complete;
  std::string reason;          // empty when complete; else what went wrong and what helps
  std::int64_t documents = 0;  // seen that day, known ones included
  std::int64_t skipped = 0;    // read but not kept (no text, broken row); the reason says why
  // What was read reaches back to what was known: days since the last complete one on which nothing
  // or only a part was read are complete with it. Not kept.
  bool catches_up = false;
};

}  // namespace plumbline
