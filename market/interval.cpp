#include "market/interval.h"

#include <algorithm>
#include <cmath>

namespace plumbline {
namespace {

constexpr double kZ = 1.959963984540054;

// Continued fraction of the incomplete beta function, by Lentz's method.
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  double c = 1;
  double d = 1 - (a + b) * x / (a + 1);
  d = 1 / (std::fabs(d) < kTiny ? kTiny : d);
  double result = d;
  for (int m = 1; m <= 400; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    for (const double step : {even, odd}) {
      d = 1 + step * d;
      d = 1 / (std::fabs(d) < kTiny ? kTiny : d);
      c = 1 + step / c;
      if (std::fabs(c) < kTiny) c = kTiny;
      result *= c * d;
    }
    if (std::fabs(c * d - 1) < 1e-14) break;
  }
  return result;
}

// Log of the gamma function (Lanczos, g = 7); std::lgamma writes a global and so is not for
// threads.
double log_gamma(double x) {
  static constexpr double kTerms[] = {
      0.99999999999980993,  676.5203681218851,     -1259.1392167224028,
      771.32342877765313,   -176.61502916214059,   12.507343278686905,
      -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
  x -= 1;
  double sum = kTerms[0];
  for (int i = 1; i < 9; ++i) sum += kTerms[i] / (x + i);
  const double t = x + 7.5;
  return 0.91893853320467274 + (x + 0.5) * std::log(t) - t + std::log(sum);
}

double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) +
                                b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double both_tails(double t, double freedom) {
  return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

struct Bounds {
  double lo, hi;
};

Bounds wilson(double hits, double trials) {
  const double p = hits / trials;
  const double spread = kZ * kZ / trials;
  const double middle = (p + spread / 2) / (1 + spread);
  const double half = kZ * std::sqrt(p * (1 - p) / trials + spread / (4 * trials)) / (1 + spread);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace

double Moments::mean() const { return count == 0 ? 0 : sum / static_cast<double>(count); }

double Moments::variance() const {
  if (count < 2) return 0;
  const double size = static_cast<double>(count);
  const double left = squares - sum * sum / size;
  return left < 1e-9 ? 0 : left / (size - 1);
}

double t_limit(double freedom) {
  if (!(freedom > 0)) freedom = 0.5;
  if (freedom > 1e6) return kZ;
  double low = kZ;
  double high = 4;
  while (both_tails(high, freedom) > 0.05 && high < 1e9) high *= 2;
  for (int i = 0; i < 60 && high - low > 1e-9 * high; ++i) {
    const double middle = (low + high) / 2;
    (both_tails(middle, freedom) > 0.05 ? low : high) = middle;
  }
  return (low + high) / 2;
}

Estimate mean_of_authors(const Moments& authors, std::int64_t n) {
  Estimate out{authors.mean(), -1, 1, n, authors.count, "one author one vote, t interval"};
  if (authors.count < 2) return out;
  const double size = static_cast<double>(authors.count);
  const double variance = authors.variance();
  double half = 0;
  if (variance > 0) {
    half = t_limit(size - 1) * std::sqrt(variance / size);
  } else {
    out.method = "one author one vote, all agree, Wilson limit of dissent";
    half = (1 - wilson(size, size).lo) * (1 + std::fabs(out.value));
  }
  out.lo = std::max(-1.0, out.value - half);
  out.hi = std::min(1.0, out.value + half);
  return out;
}

Estimate difference_of(const Moments& before, const Moments& after) {
  Estimate out{after.mean() - before.mean(),
               -2,
               2,
               0,
               before.count + after.count,
               "difference of author means, Welch t interval"};
  if (before.count < 2 || after.count < 2) return out;
  const double a = before.variance() / static_cast<double>(before.count);
  const double b = after.variance() / static_cast<double>(after.count);
  double half = 0;
  if (a + b > 0) {
    const double freedom = (a + b) * (a + b) /
                           (a * a / static_cast<double>(before.count - 1) +
                            b * b / static_cast<double>(after.count - 1));
    half = t_limit(freedom) * std::sqrt(a + b);
  }
  // A side whose authors all agree shows no variance of its own; its limit of dissent is added.
  for (const Moments* side : {&before, &after}) {
    if (side->variance() > 0) continue;
    const Estimate own = mean_of_authors(*side, 0);
    half = std::hypot(half, std::max(own.hi - own.value, own.value - own.lo));
  }
  out.lo = std::max(-2.0, out.value - half);
  out.hi = std::min(2.0, out.value + half);
  return out;
}

Estimate share_of_authors(std::int64_t hits, std::int64_t authors, std::int64_t n) {
  Estimate out{0, 0, 1, n, authors, "share of authors, Wilson interval"};
  if (authors <= 0) return out;
  const double size = static_cast<double>(authors);
  out.value = static_cast<double>(hits) / size;
  const Bounds bounds = wilson(static_cast<double>(hits), size);
  out.lo = std::min(bounds.lo, out.value);
  out.hi = std::max(bounds.hi, out.value);
  return out;
}

void RatioSums::add(double author_part, double author_whole) {
  if (author_whole <= 0) return;
  ++authors;
  part += author_part;
  whole += author_whole;
  part_squares += author_part * author_part;
  whole_squares += author_whole * author_whole;
  products += author_part * author_whole;
}

Estimate ratio_by_author(const RatioSums& sums, std::int64_t n) {
  Estimate out{0, 0, 1, n, sums.authors, "share of mentions, error clustered by author"};
  if (sums.whole <= 0) return out;
  const double share = sums.part / sums.whole;
  out.value = share;
  const double effective = sums.whole * sums.whole / sums.whole_squares;
  if (sums.authors < 2 || effective <= 1 + 1e-9) return out;
  const double size = static_cast<double>(sums.authors);
  const double residue =
      sums.part_squares - 2 * share * sums.products + share * share * sums.whole_squares;
  double half = 0;
  if (residue > 1e-9) {
    half = t_limit(effective - 1) * std::sqrt(residue * size / (size - 1)) / sums.whole;
  } else {
    const Bounds bounds = wilson(share * effective, effective);
    half = std::max(share - bounds.lo, bounds.hi - share);
  }
  out.lo = std::max(0.0, share - half);
  out.hi = std::min(1.0, share + half);
  return out;
}

}  // namespace plumbline
