#include "market/audit.h"

#include <algorithm>
#include <cmath>

#include "market/interval.h"

namespace plumbline {
namespace {

constexpr int kSamples = 2000;
constexpr std::size_t kSides = 3;

using Texts = std::vector<const AuditedText*>;
using Shares = std::array<double, kSides>;

// y or f of a text, as shares of its mentions times their number.
Shares said_of(const AuditedText& text) {
  Shares out{};
  out[side_of(text.label)] = static_cast<double>(text.mentions);
  return out;
}
Shares counted_of(const AuditedText& text) {
  Shares out{};
  for (std::size_t c = 0; c < kSides; ++c) out[c] = static_cast<double>(text.counted[c]);
  return out;
}

// Steps of splitmix64, the same on every machine.
std::uint64_t next_number(std::uint64_t& state) {
  std::uint64_t x = state += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

// Over the sides that people gave; -1 where they gave none.
double macro_recall(const std::array<SideCounts, kSides>& confusion) {
  double sum = 0;
  int sides = 0;
  for (std::size_t c = 0; c < kSides; ++c) {
    const std::int64_t all = confusion[c][0] + confusion[c][1] + confusion[c][2];
    if (all == 0) continue;
    sum += static_cast<double>(confusion[c][c]) / static_cast<double>(all);
    ++sides;
  }
  return sides == 0 ? -1 : sum / sides;
}

void agree(const Texts& texts, std::uint64_t seed, AuditFigures& out) {
  std::int64_t right = 0;
  for (const AuditedText* text : texts) {
    ++out.confusion[side_of(text->label)][side_of(text->machine)];
    if (text->label == text->machine) ++right;
  }
  const auto count = static_cast<std::int64_t>(texts.size());
  out.accuracy = share_of_authors(right, count, count);
  out.accuracy.method = "share of labelled texts, Wilson interval";
  out.macro_recall = {0, 0, 1, count, 0, "mean recall of the sides, bootstrap interval"};
  if (texts.empty()) return;
  out.macro_recall.value = macro_recall(out.confusion);
  std::vector<double> drawn;
  drawn.reserve(kSamples);
  for (int sample = 0; sample < kSamples; ++sample) {
    std::array<SideCounts, kSides> confusion{};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const AuditedText& text = *texts[next_number(seed) % texts.size()];
      ++confusion[side_of(text.label)][side_of(text.machine)];
    }
    drawn.push_back(macro_recall(confusion));
  }
  std::sort(drawn.begin(), drawn.end());
  out.macro_recall.lo = std::min(out.macro_recall.value, drawn[kSamples / 40]);
  out.macro_recall.hi = std::max(out.macro_recall.value, drawn[kSamples - 1 - kSamples / 40]);
}

// cov(y, f) / var(f) over all sides together, cut to 0..1.
double trust_in(const Texts& texts) {
  Shares y{}, f{};
  for (const AuditedText* text : texts)
    for (std::size_t c = 0; c < kSides; ++c) {
      y[c] += said_of(*text)[c] / static_cast<double>(texts.size());
      f[c] += counted_of(*text)[c] / static_cast<double>(texts.size());
    }
  double together = 0, alone = 0;
  for (const AuditedText* text : texts)
    for (std::size_t c = 0; c < kSides; ++c) {
      const double move = counted_of(*text)[c] - f[c];
      together += (said_of(*text)[c] - y[c]) * move;
      alone += move * move;
    }
  return alone > 0 ? std::clamp(together / alone, 0.0, 1.0) : 0;
}

// What is summed up for one brand: the estimate and the variance of a sum of sides with factors.
struct Weighed {
  double value = 0, variance = 0;
};

struct Stratum {
  Texts texts;
  const AuditFrame* frame = nullptr;
  double trust = 0;
  Shares whole{};  // mentions by side, each text as it is compared

  void count() {
    for (std::size_t c = 0; c < kSides; ++c) whole[c] = static_cast<double>(frame->counted[c]);
    for (const AuditedText* text : texts)
      for (std::size_t c = 0; c < kSides; ++c) whole[c] += static_cast<double>(text->moved[c]);
  }

  // The corrected value of sum_c factor(c) * share(c).
  Weighed corrected(const Shares& factors) const {
    const auto m = static_cast<double>(texts.size());
    double mentions = 0, apart = 0, total = 0;
    const auto left_of = [&](const AuditedText& text) {
      double sum = 0;
      for (std::size_t c = 0; c < kSides; ++c)
        sum += factors[c] * (said_of(text)[c] - trust * counted_of(text)[c]);
      return sum;
    };
    for (const AuditedText* text : texts) {
      mentions += static_cast<double>(text->mentions);
      apart += left_of(*text);
    }
    apart /= mentions;
    for (std::size_t c = 0; c < kSides; ++c) total += factors[c] * whole[c];
    double squares = 0;
    for (const AuditedText* text : texts) {
      const double left = left_of(*text) - static_cast<double>(text->mentions) * apart;
      squares += left * left;
    }
    const double unseen =
        std::max(0.0, 1 - m / static_cast<double>(std::max<std::int64_t>(frame->texts, 1)));
    return {trust * total / static_cast<double>(frame->mentions) + apart,
            unseen * m / (m - 1) * squares / (mentions * mentions)};
  }
};

// What as many texts without an exception leave open: Wilson's upper bound of no hit.
double least_half(std::int64_t labelled, std::int64_t texts) {
  const double open = share_of_authors(0, labelled, labelled).hi;
  const double seen =
      static_cast<double>(labelled) / static_cast<double>(std::max<std::int64_t>(texts, 1));
  return open * std::sqrt(std::max(0.0, 1 - seen));
}

Estimate over(const std::vector<Stratum>& strata, const Shares& factors, double least, double low,
              const AuditFigures& of) {
  Estimate out{0,           0, 0,
               of.labelled, 0, "difference estimator over texts drawn at random, t interval"};
  double variance = 0;
  for (const Stratum& stratum : strata) {
    const double share =
        static_cast<double>(stratum.frame->mentions) / static_cast<double>(of.mentions);
    const Weighed one = stratum.corrected(factors);
    out.value += share * one.value;
    variance += share * share * one.variance;
  }
  const auto freedom = static_cast<double>(of.labelled) - static_cast<double>(strata.size());
  const double half = std::max(least, t_limit(freedom) * std::sqrt(variance));
  out.value = std::clamp(out.value, low, 1.0);
  out.lo = std::max(low, out.value - half);
  out.hi = std::min(1.0, out.value + half);
  return out;
}

AuditFigures figures_of(const std::vector<Stratum>& strata, const std::string& brand,
                        std::uint64_t seed) {
  AuditFigures out;
  out.brand = brand;
  Texts texts;
  SideCounts counted{};
  for (const Stratum& stratum : strata) {
    texts.insert(texts.end(), stratum.texts.begin(), stratum.texts.end());
    out.texts += stratum.frame->texts;
    out.mentions += stratum.frame->mentions;
    for (std::size_t c = 0; c < kSides; ++c) counted[c] += stratum.frame->counted[c];
  }
  out.labelled = static_cast<std::int64_t>(texts.size());
  agree(texts, seed, out);
  for (const Stratum& stratum : strata)
    out.trust += stratum.trust * static_cast<double>(stratum.frame->mentions) /
                 static_cast<double>(out.mentions);
  const double least = least_half(out.labelled, out.texts);
  for (std::size_t c = 0; c < kSides; ++c) {
    out.counted[c] = static_cast<double>(counted[c]) / static_cast<double>(out.mentions);
    Shares only{};
    only[c] = 1;
    out.corrected[c] = over(strata, only, least, 0, out);
  }
  out.net_counted = out.counted[2] - out.counted[0];
  out.net_corrected = over(strata, {-1, 0, 1}, least, -1, out);
  return out;
}

}  // namespace

AuditOutcome audit_figures(std::span<const AuditedText> labelled,
                           std::span<const AuditFrame> frames, std::uint64_t seed) {
  AuditOutcome out;
  std::vector<Stratum> strata;
  for (const AuditFrame& frame : frames) {
    Stratum stratum;
    stratum.frame = &frame;
    for (const AuditedText& text : labelled)
      if (text.brand == frame.brand) stratum.texts.push_back(&text);
    if (static_cast<std::int64_t>(stratum.texts.size()) < kLeastLabels) {
      out.left_out.push_back(frame.brand);
      continue;
    }
    stratum.trust = trust_in(stratum.texts);
    stratum.count();
    strata.push_back(std::move(stratum));
  }
  if (strata.size() > 1) out.figures.push_back(figures_of(strata, {}, seed));
  for (const Stratum& stratum : strata)
    out.figures.push_back(figures_of({stratum}, stratum.frame->brand, seed));
  return out;
}

}  // namespace plumbline
