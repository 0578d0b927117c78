#include "market/change.h"

namespace plumbline {

std::vector<RateMix> split_change(const std::vector<GroupPeriod>& before,
                                  const std::vector<GroupPeriod>& after) {
  double total_before = 0;
  for (const GroupPeriod& group : before) total_before += group.weight * group.mean;
  std::vector<RateMix> parts(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    const GroupPeriod& was = before[i];
    const GroupPeriod& is = after[i];
    const double mean_after = is.weight > 0 ? is.mean : was.mean;
    const double mean_before = was.weight > 0 ? was.mean : mean_after;
    parts[i].rate = was.weight * (mean_after - mean_before);
    parts[i].mix = (is.weight - was.weight) * (mean_after - total_before);
  }
  return parts;
}

}  // namespace plumbline
