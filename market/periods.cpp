#include "market/periods.h"

#include <algorithm>

namespace plumbline {

Periods::Periods(const View& view) : view_(view), from_(view.from) {
  const Unit unit = view.unit();
  of_day_.reserve(static_cast<std::size_t>(view.days()));
  for (Day day = view.from; day <= view.to; ++day) {
    if (starts_.empty() || day >= period_next(starts_.back(), unit))
      starts_.push_back(period_start(day, unit));
    of_day_.push_back(static_cast<std::uint32_t>(starts_.size() - 1));
  }
}

std::vector<TrendPoint> Periods::points(const std::vector<TallyCell>& cells, std::size_t first,
                                        std::string_view source) const {
  std::vector<TrendPoint> out(count());
  for (std::size_t i = 0; i < count(); ++i) {
    const TallyCell& cell = cells[first + i];
    const auto distinct = static_cast<double>(std::max<std::int64_t>(1, cell.counts.distinct));
    out[i] = {starts_[i],
              cell.counts,
              cell.net_sentiment(),
              static_cast<double>(cell.price) / distinct,
              static_cast<double>(cell.value) / distinct,
              starts_[i] < view_.from || period_next(starts_[i], view_.unit()) > view_.to + 1};
  }
  for (const CoverageDay& day : view_.input.coverage) {
    const bool heard = day.state == CoverageState::complete;
    if (heard || day.day < view_.from || day.day > view_.to) continue;
    if (source.empty() || day.source == source) out[of(day.day)].partial = true;
  }
  return out;
}

}  // namespace plumbline
