#include "model/fingerprint.h"

#include <algorithm>

namespace plumbline {

double sketch_similarity(std::string_view a, std::string_view b) {
  if (a.empty() || a.size() != b.size()) return 0;
  std::size_t equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
  constexpr double kChance = 1.0 / 256;
  const double share = static_cast<double>(equal) / static_cast<double>(a.size());
  return std::max(0.0, (share - kChance) / (1 - kChance));
}

}  // namespace plumbline
