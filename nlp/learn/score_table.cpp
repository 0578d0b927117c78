#include "nlp/learn/score_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace plumbline {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void ScoreTable::add(std::size_t truth, std::size_t said, double confidence, bool for_calibration) {
  counts_[truth][said] += 1;
  ++texts_;
  if (!for_calibration) return;
  Bin& bin = bins_[std::min(kBins - 1, static_cast<std::size_t>(confidence * kBins))];
  bin.count += 1;
  bin.confidence += confidence;
  bin.right += truth == said ? 1 : 0;
  bin.variance += confidence * (1 - confidence);
}

double ScoreTable::macro_recall() const {
  return mean([this](std::size_t c) { return counts_[c][c] / row(c); });
}

double ScoreTable::macro_f1() const {
  return mean([this](std::size_t c) {
    double column = 0;
    for (const auto& said : counts_) column += said[c];
    return 2 * counts_[c][c] / (row(c) + column);
  });
}

double ScoreTable::accuracy() const {
  double right = 0;
  for (std::size_t c = 0; c < counts_.size(); ++c) right += counts_[c][c];
  return texts_ > 0 ? right / static_cast<double>(texts_) : kNone;
}

double ScoreTable::calibration() const {
  double all = 0, error = 0;
  for (const Bin& bin : bins_) {
    all += bin.count;
    error += std::fabs(bin.right - bin.confidence);
  }
  return all > 0 ? error / all : kNone;
}

double ScoreTable::calibration_by_chance() const {
  double all = 0, error = 0;
  for (const Bin& bin : bins_) {
    all += bin.count;
    error += std::sqrt(2 * std::numbers::inv_pi * bin.variance);
  }
  return all > 0 ? error / all : kNone;
}

double ScoreTable::row(std::size_t c) const {
  double sum = 0;
  for (const double n : counts_[c]) sum += n;
  return sum;
}

double ScoreTable::mean(const std::function<double(std::size_t)>& of) const {
  double sum = 0, classes = 0;
  for (std::size_t c = 0; c < counts_.size(); ++c) {
    if (row(c) <= 0) continue;
    sum += of(c);
    ++classes;
  }
  return classes > 0 ? sum / classes : kNone;
}

}  // namespace plumbline
