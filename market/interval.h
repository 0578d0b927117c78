// Values with their 95 % intervals. The unit of chance is always the author, never the mention: a
// loud author is one voice. Why, and how well each holds: docs/design/statistics.md.
#pragma once

#include <cstdint>

#include "model/report.h"

namespace plumbline {

// A sample as its sums, so that a million authors need no list. For values of about -1..1; at that
// size the cancellation in the variance stays below 1e-9.
struct Moments {
  std::int64_t count = 0;
  double sum = 0;
  double squares = 0;

  void add(double value) {
    ++count;
    sum += value;
    squares += value * value;
  }
  double mean() const;      // 0 for an empty sample
  double variance() const;  // of the sample, by count - 1; 0 for fewer than two
};

// The value that |t| of `freedom` degrees (> 0, fractions allowed) exceeds once in twenty times.
double t_limit(double freedom);

// One author, one vote: the mean of the authors' own means (each -1..1) with Student's t interval,
// cut to -1..1. Where all authors agree their variance says nothing; then the bound is how many
// dissenters Wilson's limit still allows. No author: 0 between -1 and 1. `n` is the number of
// mentions behind them.
Estimate mean_of_authors(const Moments& authors, std::int64_t n);

// After minus before by Welch's t, which asks for no equal variances. -2..2. Authors who are in
// both periods make it too wide rather than too narrow.
Estimate difference_of(const Moments& before, const Moments& after);

// Share of authors that do something, with Wilson's interval. 0 between 0 and 1 for no author.
Estimate share_of_authors(std::int64_t hits, std::int64_t authors, std::int64_t n);

// Sums over authors of `part` (their mentions of one brand) and `whole` (their mentions of all).
struct RatioSums {
  std::int64_t authors = 0;  // with whole > 0
  double part = 0, whole = 0;
  double part_squares = 0, whole_squares = 0, products = 0;

  void add(double author_part, double author_whole);
};

// part / whole with the ratio estimator's error clustered by author, and t by the effective number
// of authors, (sum whole)^2 / sum whole^2, because a few loud ones carry little freedom. Cut to
// 0..1.
Estimate ratio_by_author(const RatioSums& sums, std::int64_t n);

}  // namespace plumbline
