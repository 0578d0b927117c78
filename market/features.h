// What an author is like in their writing, as a short list of numbers; the ground on which clusters
// of consumers stand.
#pragma once

#include <cstdint>
#include <vector>

#include "model/mention.h"

namespace plumbline {

// One author's features, most of which are 0: sorted by dimension, of length 1.
struct AuthorFeatures {
  struct Value {
    std::uint32_t dimension = 0;
    float value = 0;
  };
  std::int64_t voice = 0;
  std::vector<Value> values;
};

struct FeatureSpace {
  std::vector<AuthorFeatures> authors;  // by voice; those with two mentions of their own words
  std::size_t dimensions = 0;
};

// Square roots of topic shares (their length is 1, so that a topic with half of the talk does not
// drown the others), then, each standardised over all authors and scaled to 0.25: mean sentiment,
// log-odds of value against price talk, and the rates of wants, needs, pains and fears, drawn
// toward the mean of all by n / (n + 10) because a rate of two mentions says little. How much
// somebody writes is left out: it would be the strongest and the dullest cluster.
FeatureSpace author_features(const MentionTable& table);

}  // namespace plumbline
