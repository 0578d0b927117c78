// How far the machine agrees with people's labels of texts drawn at random, and what the labels
// make of its totals.
//
// Of M texts that stand for W mentions, m were drawn and labelled; text i stands for w_i mentions
// (itself and its copies), f_i(c) of which the machine counts under side c, F(c) of all W. With
// y_i(c) = w_i where the person said c, else 0, the corrected share of side c is
//   s(c) = L F(c) / W + sum_i (y_i(c) - L f_i(c)) / sum_i w_i,
// the difference estimator of sampling theory, which prediction-powered inference (Angelopoulos and
// others 2023) found anew: right on average whatever the machine says, and the closer the better
// the machine. L = cov(y, f) / var(f) over the labelled texts, all sides together, cut to 0..1: how
// far the machine is to be trusted; one for all sides, so that the shares sum to 1. The interval is
// Student's t over the residuals e_i = y_i - L f_i - w_i d, d being the second term, as of a ratio,
// times sqrt(1 - m / M) because the labelled texts are part of the whole; no narrower than Wilson's
// bound for as many texts without an exception. Several brands are strata: the shares are weighed
// by mentions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/audit.h"
#include "model/report.h"

namespace plumbline {

struct AuditFigures {
  std::string brand;                      // empty: those of all brands together
  std::int64_t labelled = 0;              // texts
  std::int64_t texts = 0, mentions = 0;   // that could be drawn
  std::array<SideCounts, 3> confusion{};  // by the person's label, then the machine's; texts
  Estimate accuracy;                      // Wilson
  Estimate macro_recall;                  // bootstrap; over the sides that people gave
  std::array<double, 3> counted{};        // shares of the mentions as the machine counts them
  std::array<Estimate, 3> corrected;      // and as the labels correct them
  double net_counted = 0;                 // positive less negative share
  Estimate net_corrected;
  double trust = 0;  // L
};

// Fewer labels of a brand correct nothing: its shares then stand between 0 and 1.
inline constexpr std::int64_t kLeastLabels = 10;

struct AuditOutcome {
  std::vector<AuditFigures> figures;  // all together first where there are several brands
  std::vector<std::string> left_out;  // brands with fewer than kLeastLabels labels
};

// The same input and seed give the same figures.
AuditOutcome audit_figures(std::span<const AuditedText> labelled,
                           std::span<const AuditFrame> frames, std::uint64_t seed);

}  // namespace plumbline
