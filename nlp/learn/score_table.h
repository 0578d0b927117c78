// Counts of said against true classes, and of confidence against truth: what both tiers are
// measured by.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace plumbline {

class ScoreTable {
 public:
  explicit ScoreTable(std::size_t classes) : counts_(classes, std::vector<double>(classes)) {}

  // `confidence` is the share that the class said was given, 0..1.
  void add(std::size_t truth, std::size_t said, double confidence, bool for_calibration);

  std::int64_t texts() const { return texts_; }
  // Means over the classes that are there, each weighing the same. NaN where nothing was added.
  double macro_recall() const;
  double macro_f1() const;
  double accuracy() const;
  // Expected calibration error over 15 bins (Guo and others 2017), of what was for calibration.
  double calibration() const;
  // What that error would be, on average, if every confidence were exactly the chance of being
  // right: with few texts the bins are off by luck alone. The mean absolute deviation of a normal
  // variable with the variance of each bin's count of right ones, sqrt(2 / pi) of its deviation.
  double calibration_by_chance() const;

 private:
  static constexpr std::size_t kBins = 15;
  struct Bin {
    double count = 0, confidence = 0, right = 0, variance = 0;
  };
  double row(std::size_t c) const;
  double mean(const std::function<double(std::size_t)>& of) const;

  std::vector<std::vector<double>> counts_;
  std::array<Bin, kBins> bins_{};
  std::int64_t texts_ = 0;
};

}  // namespace plumbline
