// Numbers that look random and are the same on every machine: for learning, whose outcome must be.
#pragma once

#include <cstdint>

namespace plumbline {

// splitmix64 (Steele and others 2014): one step from any state, all 64 bits well mixed.
inline std::uint64_t stirred(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

}  // namespace plumbline
