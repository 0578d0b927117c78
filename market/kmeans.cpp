#include "market/kmeans.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plumbline {
namespace {

constexpr int kMostRounds = 30;

void put_author(Centres& centres, int centre, const AuthorFeatures& author) {
  const std::size_t row = static_cast<std::size_t>(centre) * centres.dimensions;
  for (const auto& value : author.values) centres.values[row + value.dimension] += value.value;
}

// k-means++: the next seed is far from the former ones, by squared distance.
Centres seed_centres(const Sample& sample, int clusters, Random& random) {
  Centres centres{0, sample.space->dimensions, {}};
  centres.values.assign(static_cast<std::size_t>(clusters) * centres.dimensions, 0);
  const std::size_t size = sample.members.size();
  std::vector<double> distance(size, 2);
  std::size_t chosen = random.below(size);
  for (int c = 0; c < clusters; ++c) {
    put_author(centres, c, sample.at(chosen));
    centres.count = c + 1;
    double total = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const double near = std::max(0.0, 1.0 - centres.likeness(c, sample.at(i)));
      distance[i] = std::min(distance[i], near);
      total += distance[i];
    }
    double goal = random.unit() * total;
    chosen = size - 1;
    for (std::size_t i = 0; i < size; ++i) {
      goal -= distance[i];
      if (goal >= 0) continue;
      chosen = i;
      break;
    }
  }
  return centres;
}

void normalise(Centres& centres, int centre) {
  const auto begin = centres.values.begin() + static_cast<std::ptrdiff_t>(centre) *
                                                  static_cast<std::ptrdiff_t>(centres.dimensions);
  const auto end = begin + static_cast<std::ptrdiff_t>(centres.dimensions);
  double length = 0;
  for (auto at = begin; at != end; ++at) length += static_cast<double>(*at) * *at;
  if (length <= 0) return;
  const auto scale = static_cast<float>(1 / std::sqrt(length));
  for (auto at = begin; at != end; ++at) *at *= scale;
}

// Moves the centres until no member changes sides. Returns the sum of likenesses: more is better.
double settle(const Sample& sample, Centres& centres) {
  std::vector<int> side(sample.members.size(), -1);
  double total = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    std::size_t moved = 0;
    total = 0;
    std::size_t worst = 0;
    float worst_likeness = 2;
    for (std::size_t i = 0; i < side.size(); ++i) {
      const int best = centres.nearest(sample.at(i));
      const float likeness = centres.likeness(best, sample.at(i));
      total += likeness;
      if (likeness < worst_likeness) {
        worst_likeness = likeness;
        worst = i;
      }
      if (best != side[i]) ++moved;
      side[i] = best;
    }
    if (moved <= side.size() / 2000) break;
    std::fill(centres.values.begin(), centres.values.end(), 0.0F);
    std::vector<std::size_t> sizes(static_cast<std::size_t>(centres.count), 0);
    for (std::size_t i = 0; i < side.size(); ++i) {
      put_author(centres, side[i], sample.at(i));
      ++sizes[static_cast<std::size_t>(side[i])];
    }
    for (int c = 0; c < centres.count; ++c) {
      if (sizes[static_cast<std::size_t>(c)] == 0) put_author(centres, c, sample.at(worst));
      normalise(centres, c);
    }
  }
  return total;
}

double pairs(double n) { return n * (n - 1) / 2; }

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

double Random::unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

std::size_t Random::below(std::size_t limit) {
  return std::min(limit - 1, static_cast<std::size_t>(unit() * static_cast<double>(limit)));
}

float Centres::likeness(int centre, const AuthorFeatures& author) const {
  const float* row = values.data() + static_cast<std::size_t>(centre) * dimensions;
  float sum = 0;
  for (const auto& value : author.values) sum += value.value * row[value.dimension];
  return sum;
}

int Centres::nearest(const AuthorFeatures& author) const {
  int best = 0;
  float best_likeness = -2;
  for (int c = 0; c < count; ++c) {
    const float here = likeness(c, author);
    if (here <= best_likeness) continue;
    best = c;
    best_likeness = here;
  }
  return best;
}

Centres spherical_kmeans(const Sample& sample, int clusters, int starts, Random& random) {
  Centres best;
  double best_total = -1e300;
  for (int start = 0; start < starts; ++start) {
    Centres centres = seed_centres(sample, clusters, random);
    const double total = settle(sample, centres);
    if (total <= best_total) continue;
    best_total = total;
    best = std::move(centres);
  }
  return best;
}

std::vector<int> assign(const Sample& sample, const Centres& centres) {
  std::vector<int> out(sample.members.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = centres.nearest(sample.at(i));
  return out;
}

double silhouette(const Sample& sample, const Centres& centres) {
  double sum = 0;
  for (std::size_t i = 0; i < sample.members.size(); ++i) {
    double first = 3;
    double second = 3;
    for (int c = 0; c < centres.count; ++c) {
      const double distance = std::max(0.0, 1.0 - centres.likeness(c, sample.at(i)));
      if (distance < first) {
        second = first;
        first = distance;
      } else if (distance < second) {
        second = distance;
      }
    }
    if (second > 1e-12) sum += (second - first) / second;
  }
  return sum / static_cast<double>(std::max<std::size_t>(1, sample.members.size()));
}

double adjusted_rand(const std::vector<int>& a, const std::vector<int>& b) {
  if (a.empty()) return 1;
  const auto width_a = static_cast<std::size_t>(*std::max_element(a.begin(), a.end()) + 1);
  const auto width_b = static_cast<std::size_t>(*std::max_element(b.begin(), b.end()) + 1);
  std::vector<double> joint(width_a * width_b, 0), in_a(width_a, 0), in_b(width_b, 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto x = static_cast<std::size_t>(a[i]);
    const auto y = static_cast<std::size_t>(b[i]);
    ++joint[x * width_b + y];
    ++in_a[x];
    ++in_b[y];
  }
  double together = 0, sum_a = 0, sum_b = 0;
  for (const double n : joint) together += pairs(n);
  for (const double n : in_a) sum_a += pairs(n);
  for (const double n : in_b) sum_b += pairs(n);
  const double all = pairs(static_cast<double>(a.size()));
  const double chance = all > 0 ? sum_a * sum_b / all : 0;
  const double most = (sum_a + sum_b) / 2;
  return most - chance < 1e-12 ? 1 : (together - chance) / (most - chance);
}

}  // namespace plumbline
