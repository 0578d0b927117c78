// Clusters of consumers: authors grouped by what they write about and how, never by who they are.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/mention.h"

namespace plumbline {

struct ClusterOptions {
  std::uint64_t seed = 1;
  int fewest_authors = 60;  // below: no clusters, and the note says so
  int most_clusters = 12;
  int resamples = 40;  // bootstrap runs for the stability figure
};

struct Clusters {
  std::vector<std::pair<std::int64_t, std::int32_t>>
      cluster_of;  // voice -> cluster 0..k-1, the largest first
  int count = 0;
  double stability =
      0;  // mean adjusted Rand index between the clusters and those of bootstrap samples, 0..1
  std::string note;  // "5 clusters, stability 0.71", "too few authors for clusters (23 of 60)", "no
                     // stable clusters"
};

// Features per author (with two mentions or more of their own words, copies left out): square root
// of topic shares, mean sentiment, log-odds of value against price talk, rates of wants, needs,
// pains, fears shrunk to the mean by n/(n+10). Spherical k-means, k by stability and silhouette.
Clusters find_clusters(const MentionTable& table, const ClusterOptions& options);

}  // namespace plumbline
