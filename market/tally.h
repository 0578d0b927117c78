// Counts mentions in groups, with one vote per author in each group, in a single walk.
#pragma once

#include <cstdint>
#include <vector>

#include "market/interval.h"
#include "model/mention.h"
#include "model/report.h"

namespace plumbline {

struct TallyCell {
  Counts counts;
  std::int64_t positive = 0, neutral = 0, negative = 0;  // of n; unscored mentions count as neutral
  std::int64_t unscored = 0;                             // of n
  std::int64_t scored = 0;                               // distinct mentions behind `sentiment`
  std::int64_t price = 0, value = 0;                     // distinct mentions with such talk
  std::int64_t voters = 0;                               // authors with a mention that is no copy
  std::int64_t price_authors = 0, value_authors = 0;     // of the voters
  Moments sentiment;  // one value per author: the mean of their labels as -1, 0, 1

  Estimate net_sentiment() const { return mean_of_authors(sentiment, scored); }
};

// Rows must arrive by voice (the order of View::by_voice); the groups may mix freely.
class VoiceTally {
 public:
  explicit VoiceTally(std::size_t groups) : cells_(groups), open_(groups) {}

  void add(std::size_t group, const MentionRow& row);
  // Closes the last author of each group. Nothing may be added after.
  const std::vector<TallyCell>& finish();

 private:
  struct Open {
    std::int64_t voice = 0;
    std::int32_t labels = 0, scored = 0;
    bool used = false, own_words = false, price = false, value = false;
  };
  void close(TallyCell& cell, Open& open);
  std::vector<TallyCell> cells_;
  std::vector<Open> open_;
};

}  // namespace plumbline
