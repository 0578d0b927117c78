// The periods that a report is cut into, and which of them were not wholly heard.
#pragma once

#include <string_view>
#include <vector>

#include "market/tally.h"
#include "market/view.h"

namespace plumbline {

class Periods {
 public:
  explicit Periods(const View& view);

  std::size_t count() const { return starts_.size(); }
  std::size_t of(Day day) const { return of_day_[static_cast<std::size_t>(day - from_)]; }

  // Points of a series whose cells are cells[first .. first + count()). A point is partial where a
  // source (this one, or any if empty) did not wholly answer, or where the report cuts the period.
  std::vector<TrendPoint> points(const std::vector<TallyCell>& cells, std::size_t first,
                                 std::string_view source) const;

 private:
  const View& view_;
  Day from_;
  std::vector<Day> starts_;
  std::vector<std::uint32_t> of_day_;
};

}  // namespace plumbline
