#include "market/cluster.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "market/kmeans.h"

namespace plumbline {
namespace {

constexpr std::size_t kSample = 4000;  // authors the clusters are found on; the rest is assigned
constexpr std::size_t kTrials = 1500;  // authors on which the number of clusters is chosen
constexpr int kFewestClusters = 3;
constexpr int kStarts = 4;
constexpr int kTrialResamples = 8;
// Below this, a bootstrap sample moves so many authors that names for the clusters would not
// survive the next night. Data without groups stays below it; see docs/design/statistics.md.
constexpr double kStable = 0.5;
constexpr double kSmallestShare = 0.02;  // a cluster smaller than this is an outlier, not a group

// `most` of all authors, without repeats, the same for the same seed.
std::vector<std::uint32_t> draw(std::size_t all, std::size_t most, Random& random) {
  std::vector<std::uint32_t> members(all);
  std::iota(members.begin(), members.end(), 0U);
  if (all <= most) return members;
  for (std::size_t i = 0; i < most; ++i) std::swap(members[i], members[i + random.below(all - i)]);
  members.resize(most);
  return members;
}

// Mean adjusted Rand index between the grouping by `centres` and those found on samples with
// replacement, compared on every member of the sample.
double stability_of(const Sample& sample, const Centres& centres, int resamples, Random& random) {
  const std::vector<int> reference = assign(sample, centres);
  double sum = 0;
  for (int run = 0; run < resamples; ++run) {
    Sample again{sample.space, sample.members};
    for (std::uint32_t& member : again.members)
      member = sample.members[random.below(sample.members.size())];
    const Centres other = spherical_kmeans(again, centres.count, 2, random);
    sum += adjusted_rand(reference, assign(sample, other));
  }
  return resamples > 0 ? sum / resamples : 0;
}

double smallest_share(const Sample& sample, const Centres& centres) {
  std::vector<std::size_t> sizes(static_cast<std::size_t>(centres.count), 0);
  for (const int side : assign(sample, centres)) ++sizes[static_cast<std::size_t>(side)];
  return static_cast<double>(*std::min_element(sizes.begin(), sizes.end())) /
         static_cast<double>(sample.members.size());
}

// The number of clusters whose stability and silhouette together are best; of near equals (within
// 0.02) the smaller, because fewer names are easier to work with. 0 where every number leaves a
// cluster too small to be a group.
int choose_count(const Sample& sample, const ClusterOptions& options, Random& random) {
  int best = 0;
  double best_score = -1;
  const int most = std::max(kFewestClusters, options.most_clusters);
  for (int clusters = kFewestClusters; clusters <= most; ++clusters) {
    if (sample.members.size() < static_cast<std::size_t>(clusters) * 10) break;
    const Centres centres = spherical_kmeans(sample, clusters, kStarts, random);
    if (smallest_share(sample, centres) < kSmallestShare) continue;
    const double score =
        stability_of(sample, centres, kTrialResamples, random) + silhouette(sample, centres);
    if (score <= best_score + 0.02) continue;
    best = clusters;
    best_score = score;
  }
  return best;
}

// Assigns every author, not only the sample, and numbers the clusters from the largest on.
void name_clusters(const FeatureSpace& space, const Centres& centres, Clusters& out) {
  std::vector<std::size_t> sizes(static_cast<std::size_t>(centres.count), 0);
  out.cluster_of.reserve(space.authors.size());
  for (const AuthorFeatures& author : space.authors) {
    const int side = centres.nearest(author);
    ++sizes[static_cast<std::size_t>(side)];
    out.cluster_of.emplace_back(author.voice, side);
  }
  std::vector<int> order(sizes.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return sizes[static_cast<std::size_t>(a)] > sizes[static_cast<std::size_t>(b)];
  });
  std::vector<std::int32_t> number(sizes.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    number[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
  for (auto& [voice, side] : out.cluster_of) side = number[static_cast<std::size_t>(side)];
}

}  // namespace

Clusters find_clusters(const MentionTable& table, const ClusterOptions& options) {
  Clusters out;
  const FeatureSpace space = author_features(table);
  const auto fewest =
      static_cast<std::size_t>(std::max(options.fewest_authors, 10 * kFewestClusters));
  if (space.authors.size() < fewest) {
    out.note = fmt::format(
        "too few authors for clusters ({} of {}): only those with two mentions can be grouped",
        space.authors.size(), fewest);
    return out;
  }
  Random random(options.seed);
  const Sample trials{&space, draw(space.authors.size(), kTrials, random)};
  const Sample sample{&space, draw(space.authors.size(), kSample, random)};
  const int clusters = choose_count(trials, options, random);
  if (clusters == 0) {
    out.note = "no stable clusters: every grouping leaves one with hardly any authors";
    return out;
  }
  const Centres centres = spherical_kmeans(sample, clusters, 2 * kStarts, random);
  out.stability = std::clamp(stability_of(sample, centres, options.resamples, random), 0.0, 1.0);
  if (out.stability < kStable) {
    out.note = fmt::format(
        "no stable clusters: the best grouping, in {}, comes back only to {:.2f} (of 1) when "
        "authors are drawn again; {:.2f} are needed",
        clusters, out.stability, kStable);
    return out;
  }
  name_clusters(space, centres, out);
  out.count = clusters;
  out.note = fmt::format("{} clusters, stability {:.2f}", clusters, out.stability);
  return out;
}

}  // namespace plumbline
