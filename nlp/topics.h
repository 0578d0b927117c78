// What mentions are about: clusters of short texts with words and a label each.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/mention.h"

namespace plumbline {

struct TopicOptions {
  int topics = 0;  // 0: as many as the texts carry, at most `most`
  int most = 40;
  std::uint64_t seed = 1;  // the same texts, options and seed give the same topics
  int sample = 20000;      // fitted on at most so many texts, drawn by seed; the rest is assigned
  std::vector<std::string>
      leave_out;  // brand names: every mention holds them, so they tell nothing
  std::function<void(double)> progress;  // 0..1, may be empty
};

struct Topics {
  std::vector<TopicInfo>
      topics;  // by size, the largest first; ids 0..n-1; label reads as two to four words
  std::vector<std::int32_t> topic_of;  // per text; kNoTopic only for texts without a content word
};

// `texts` are normalized; `langs` their languages (for stop words), may be empty. Collapsed Gibbs
// sampling for a Dirichlet multinomial mixture (Yin and Wang 2014, "GSDMM"), words weighted by
// class-based tf-idf for the labels.
Topics find_topics(const std::vector<std::string_view>& texts,
                   const std::vector<std::string_view>& langs, const TopicOptions& options);

}  // namespace plumbline
