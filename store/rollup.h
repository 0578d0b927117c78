// Counts per brand, source and period, kept beside the mentions so that a year is answered without
// reading them.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "base/result.h"
#include "base/time.h"
#include "store/store.h"

namespace plumbline {

class Database;

// Days of a zone for moments that come roughly in order: asks the zone once a day.
class DayClock {
 public:
  explicit DayClock(const Zone& zone) : zone_(&zone) {}
  Day day_of(Seconds when);

 private:
  const Zone* zone_;
  Seconds begin_ = 0, end_ = 0;
  Day day_ = 0;
};

// One mention as the counts see it.
struct Counted {
  Seconds published_at = kNoTime;
  std::int64_t brand = 0, source = 0;  // numbers of names
  std::int64_t mark = 0;
  bool copy = false;
};

// Gathers the changes of one transaction to the additive part of the cells and marks the periods
// whose author part must be counted again. Undated mentions and those from sessions stand in no
// cell.
class CellChanges {
 public:
  explicit CellChanges(const Zone& zone) : clock_(zone) {}
  void add(const Counted& mention) { change(mention, 1); }
  void subtract(const Counted& mention) { change(mention, -1); }
  Status write(Database& db);
  void drop() { days_.clear(); }

 private:
  struct Sums {
    std::int64_t n = 0, firsts = 0, positive = 0, neutral = 0, negative = 0, price = 0, value = 0;
    void operator+=(const Sums& other);
  };
  using Key = std::tuple<int, std::int64_t, std::int64_t, Day>;  // unit, brand, source, start
  void change(const Counted& mention, int sign);
  static Status write_sums(Database& db, const std::map<Key, Sums>& cells);

  DayClock clock_;
  std::map<std::tuple<Day, std::int64_t, std::int64_t>, Sums> days_;
};

// The cells of one period by (brand, source), counted from the mentions. Source 0: all together.
using PeriodCells = std::map<std::pair<std::int64_t, std::int64_t>, Cell>;
Result<PeriodCells> count_period(Database& db, const Zone& zone, Unit unit, Day start);

// Counts the author part of every marked period anew; in the caller's transaction.
Status roll_up_marked(Database& db, const Zone& zone);
// Every cell from nothing, for another zone; in the caller's transaction.
Status rebuild_cells(Database& db, const Zone& zone);

}  // namespace plumbline
