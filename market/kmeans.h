// Spherical k-means on sparse vectors of length 1, and how alike two groupings are.
#pragma once

#include <cstdint>
#include <vector>

#include "market/features.h"

namespace plumbline {

// The same numbers on every machine; std's distributions differ between libraries.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();  // splitmix64
  double unit();         // 0 <= x < 1
  std::size_t below(std::size_t limit);

 private:
  std::uint64_t state_;
};

struct Centres {
  int count = 0;
  std::size_t dimensions = 0;
  std::vector<float> values;  // count x dimensions, each centre of length 1 (or 0 when empty)

  float likeness(int centre, const AuthorFeatures& author) const;  // cosine
  int nearest(const AuthorFeatures& author) const;
};

// Points are given by index, so that a bootstrap sample may name one several times.
struct Sample {
  const FeatureSpace* space = nullptr;
  std::vector<std::uint32_t> members;

  const AuthorFeatures& at(std::size_t i) const { return space->authors[members[i]]; }
};

// The best of `starts` runs from k-means++ seeds.
Centres spherical_kmeans(const Sample& sample, int clusters, int starts, Random& random);

std::vector<int> assign(const Sample& sample, const Centres& centres);

// Mean over members of (a - b) / max(a, b), where a and b are the distances to the second nearest
// and the nearest centre: the silhouette's cheap sister. 0 no structure, 1 perfectly apart.
double silhouette(const Sample& sample, const Centres& centres);

// Adjusted Rand index of two groupings of the same members: 1 equal, 0 as by chance.
double adjusted_rand(const std::vector<int>& a, const std::vector<int>& b);

}  // namespace plumbline
