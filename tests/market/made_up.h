// An invented market for the tests: two brands and a half, three moods, one focus group.
#pragma once

#include <string>
#include <vector>

#include "market/cluster.h"
#include "market/report.h"

namespace plumbline::made_up {

// A seeded stream of numbers that is the same with every standard library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 2654435761U + 88172645463325252U) {}
  std::uint64_t next();
  double unit();  // 0 <= x < 1
  int below(int limit) { return static_cast<int>(unit() * limit); }
  double normal();

 private:
  std::uint64_t state_;
};

struct Market {
  MentionTable table;
  ReportInput input;  // points to `table`; texts are made from the wish
};

struct MarketOptions {
  std::uint64_t seed = 1;
  int authors = 600;
  int mentions = 4000;
  int days = 120;
  bool clusters = true;
};

// Not to be moved: the input points into it.
void fill_market(Market& market, const MarketOptions& options);

inline constexpr Day kFirstDay = 20659;  // 2026-07-25

}  // namespace plumbline::made_up
