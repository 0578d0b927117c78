// Why a mean moved: splits the change of net sentiment between two periods into parts that sum to
// it exactly.
#pragma once

#include <vector>

namespace plumbline {

// What a group (a topic, a source) was of a period: `weight` its share of the votes (each author's
// one vote is spread evenly over their mentions), `mean` how those votes felt.
struct GroupPeriod {
  double weight = 0;
  double mean = 0;
};

struct RateMix {
  double rate = 0;  // weight before x change of mean: the same group felt otherwise
  double mix = 0;  // change of weight x (mean after - total before): more or less talk from a group
                   // that is above or below the rest
};

// One entry per group; the weights of each period sum to 1 or are all 0. The sum of all rates and
// mixes is total after - total before, to rounding. A group absent from one period is all mix.
std::vector<RateMix> split_change(const std::vector<GroupPeriod>& before,
                                  const std::vector<GroupPeriod>& after);

}  // namespace plumbline
