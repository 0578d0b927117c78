#include "market/metric.h"
#include "market/tally.h"

namespace plumbline {
namespace {

// Sums one author's distinct mentions per brand into the ratio sums of all brands.
class BrandRatios {
 public:
  explicit BrandRatios(std::size_t brands) : sums_(brands), parts_(brands, 0) {}

  void add(std::int64_t voice, std::size_t brand) {
    if (voice != voice_) close();
    voice_ = voice;
    if (parts_[brand] == 0) touched_.push_back(brand);
    ++parts_[brand];
    ++whole_;
  }

  const std::vector<RatioSums>& finish() {
    close();
    for (RatioSums& sums : sums_) {
      sums.authors = total_.authors;
      sums.whole = total_.whole;
      sums.whole_squares = total_.whole_squares;
    }
    return sums_;
  }

 private:
  void close() {
    if (whole_ > 0) total_.add(0, whole_);
    for (const std::size_t brand : touched_) {
      sums_[brand].add(parts_[brand], whole_);
      parts_[brand] = 0;
    }
    touched_.clear();
    whole_ = 0;
  }

  std::vector<RatioSums> sums_;
  RatioSums total_;
  std::vector<int> parts_;
  std::vector<std::size_t> touched_;
  std::int64_t voice_ = 0;
  int whole_ = 0;
};

void fill(const View& view, Report& report, QuotePlan&) {
  VoiceTally tally(view.brands.size());
  BrandRatios ratios(view.brands.size());
  for (const std::uint32_t index : view.by_voice) {
    const MentionRow& row = view.table.rows[index];
    const auto brand = static_cast<std::size_t>(view.brand_of(row));
    tally.add(brand, row);
    if (!row.copy) ratios.add(row.voice, brand);
  }
  const std::vector<TallyCell>& cells = tally.finish();
  const std::vector<RatioSums>& sums = ratios.finish();
  for (std::size_t i = 0; i < view.brands.size(); ++i) {
    report.share_of_voice.push_back({view.brands[i], cells[i].counts,
                                     ratio_by_author(sums[i], cells[i].counts.distinct),
                                     cells[i].net_sentiment()});
  }
}

}  // namespace

extern const Metric share_of_voice_metric = {
    "share_of_voice", "share, 0..1",
    "The brand's part of the distinct mentions of all brands listened to.", 30, fill};

}  // namespace plumbline
