#include "store/rollup.h"

#include <algorithm>
#include <set>
#include <vector>

#include "store/rows.h"
#include "store/sqlite.h"

namespace plumbline {
namespace {

constexpr Unit kUnits[] = {Unit::day, Unit::week, Unit::month};

// What one mention means for the author part.
struct Vote {
  std::int64_t brand = 0;
  std::int64_t voice = 0;
  std::int64_t source = 0;
  int label = 0;
  bool counts = false;  // scored and no copy
};

void count_votes(std::vector<Vote>& votes, PeriodCells& cells) {
  std::sort(votes.begin(), votes.end(), [](const Vote& a, const Vote& b) {
    return std::tie(a.brand, a.voice) < std::tie(b.brand, b.voice);
  });
  for (std::size_t i = 0; i < votes.size();) {
    const Vote& first = votes[i];  // a voice speaks on one source only
    std::int64_t labels = 0, sum = 0;
    for (; i < votes.size() && votes[i].brand == first.brand && votes[i].voice == first.voice;
         ++i) {
      labels += votes[i].counts ? 1 : 0;
      sum += votes[i].counts ? votes[i].label : 0;
    }
    const double mean = labels == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(labels);
    for (std::int64_t source : {std::int64_t{0}, first.source}) {
      Cell& cell = cells[{first.brand, source}];
      ++cell.counts.authors;
      cell.votes += labels > 0 ? 1 : 0;
      cell.vote_sum += mean;
      cell.vote_squares += mean * mean;
    }
  }
}

void count_mention(const Counted& mention, Cell& cell) {
  ++cell.counts.n;
  cell.counts.distinct += mention.copy ? 0 : 1;
  cell.price_talk += (mention.mark & mark::kPrice) != 0 ? 1 : 0;
  cell.value_talk += (mention.mark & mark::kValue) != 0 ? 1 : 0;
  if ((mention.mark & mark::kScored) == 0) return;
  switch (mark::label(mention.mark)) {
    case Polarity::positive: ++cell.positive; break;
    case Polarity::neutral: ++cell.neutral; break;
    case Polarity::negative: ++cell.negative; break;
  }
}

Status write_author_part(Database& db, Unit unit, Day start, const PeriodCells& cells) {
  SqlStatement update = PLUMBLINE_TRY(
      db.prepare("UPDATE cell SET authors = ?, votes = ?, vote_sum = ?, vote_squares = ? "
                 "WHERE unit = ? AND brand = ? AND source = ? AND start = ?"));
  for (const auto& [key, cell] : cells) {
    update.bind(1, cell.counts.authors);
    update.bind(2, cell.votes);
    update.bind(3, cell.vote_sum);
    update.bind(4, cell.vote_squares);
    update.bind(5, static_cast<int>(unit));
    update.bind(6, key.first);
    update.bind(7, key.second);
    update.bind(8, start);
    PLUMBLINE_CHECK(update.run());
  }
  return {};
}

}  // namespace

Day DayClock::day_of(Seconds when) {
  if (when >= begin_ && when < end_) return day_;
  day_ = zone_->day_of(when);
  begin_ = zone_->start_of(day_);
  end_ = zone_->start_of(day_ + 1);
  return day_;
}

void CellChanges::Sums::operator+=(const Sums& other) {
  n += other.n;
  firsts += other.firsts;
  positive += other.positive;
  neutral += other.neutral;
  negative += other.negative;
  price += other.price;
  value += other.value;
}

void CellChanges::change(const Counted& mention, int sign) {
  if (mention.published_at == kNoTime || (mention.mark & mark::kSession) != 0) return;
  Cell cell;
  count_mention(mention, cell);
  days_[{clock_.day_of(mention.published_at), mention.brand, mention.source}] += Sums{
      sign * cell.counts.n, sign * cell.counts.distinct, sign * cell.positive,  sign * cell.neutral,
      sign * cell.negative, sign * cell.price_talk,      sign * cell.value_talk};
}

Status CellChanges::write(Database& db) {
  std::map<Key, Sums> cells;
  std::set<std::pair<int, Day>> periods;
  for (const auto& [key, sums] : days_) {
    const auto& [day, brand, source] = key;
    for (Unit unit : kUnits) {
      const Day start = period_start(day, unit);
      periods.emplace(static_cast<int>(unit), start);
      cells[{static_cast<int>(unit), brand, source, start}] += sums;
      cells[{static_cast<int>(unit), brand, 0, start}] += sums;
    }
  }
  days_.clear();
  PLUMBLINE_CHECK(write_sums(db, cells));
  SqlStatement mark_dirty = PLUMBLINE_TRY(db.prepare("INSERT OR IGNORE INTO dirty VALUES(?, ?)"));
  for (const auto& [unit, start] : periods) {
    mark_dirty.bind(1, unit);
    mark_dirty.bind(2, start);
    PLUMBLINE_CHECK(mark_dirty.run());
  }
  return {};
}

Status CellChanges::write_sums(Database& db, const std::map<Key, Sums>& cells) {
  SqlStatement upsert = PLUMBLINE_TRY(db.prepare(
      "INSERT INTO cell(unit, brand, source, start, n, firsts, positive, neutral, negative, price, "
      "value) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n,"
      " firsts = firsts + excluded.firsts, positive = positive + excluded.positive,"
      " neutral = neutral + excluded.neutral, negative = negative + excluded.negative,"
      " price = price + excluded.price, value = value + excluded.value"));
  SqlStatement prune = PLUMBLINE_TRY(db.prepare(
      "DELETE FROM cell WHERE unit = ? AND brand = ? AND source = ? AND start = ? AND n = 0"));
  for (const auto& [key, sums] : cells) {
    const auto& [unit, brand, source, start] = key;
    int at = 0;
    upsert.bind(++at, unit);
    for (std::int64_t part : {brand, source, std::int64_t{start}, sums.n, sums.firsts,
                              sums.positive, sums.neutral, sums.negative, sums.price, sums.value})
      upsert.bind(++at, part);
    PLUMBLINE_CHECK(upsert.run());
    if (sums.n > 0) continue;  // 0: one came and another went, perhaps the same one
    prune.bind(1, unit);
    prune.bind(2, brand);
    prune.bind(3, source);
    prune.bind(4, start);
    PLUMBLINE_CHECK(prune.run());
  }
  return {};
}

Result<PeriodCells> count_period(Database& db, const Zone& zone, Unit unit, Day start) {
  const Seconds from = zone.start_of(start);
  const Seconds to = zone.start_of(period_next(start, unit));
  SqlStatement query = PLUMBLINE_TRY(
      db.prepare("SELECT row, published_at, brand, source, author, mark, copy_of FROM mention "
                 "WHERE row BETWEEN ? AND ? AND published_at >= ? AND published_at < ?"));
  query.bind(1, first_row_of(from));
  query.bind(2, last_row_of(to));
  query.bind(3, from);
  query.bind(4, to);
  PeriodCells cells;
  std::vector<Vote> votes;
  while (PLUMBLINE_TRY(query.step())) {
    const Counted mention{query.integer(1), query.integer(2), query.integer(3), query.integer(5),
                          query.integer(6) != 0};
    if ((mention.mark & mark::kSession) != 0) continue;
    count_mention(mention, cells[{mention.brand, 0}]);
    count_mention(mention, cells[{mention.brand, mention.source}]);
    const std::int64_t author = query.integer(4);
    votes.push_back({mention.brand, author > 0 ? author : -query.integer(0), mention.source,
                     static_cast<int>(mark::label(mention.mark)),
                     (mention.mark & mark::kScored) != 0 && !mention.copy});
  }
  count_votes(votes, cells);
  for (auto& [key, cell] : cells) cell.start = start;
  return cells;
}

Status roll_up_marked(Database& db, const Zone& zone) {
  std::vector<std::pair<Unit, Day>> marked;
  {
    SqlStatement query = PLUMBLINE_TRY(db.prepare("SELECT unit, start FROM dirty"));
    while (PLUMBLINE_TRY(query.step()))
      marked.emplace_back(static_cast<Unit>(query.integer(0)), static_cast<Day>(query.integer(1)));
  }
  if (marked.empty()) return {};
  for (const auto& [unit, start] : marked) {
    const PeriodCells cells = PLUMBLINE_TRY(count_period(db, zone, unit, start));
    PLUMBLINE_CHECK(write_author_part(db, unit, start, cells));
  }
  return db.run("DELETE FROM dirty");
}

Status rebuild_cells(Database& db, const Zone& zone) {
  PLUMBLINE_CHECK(db.run("DELETE FROM cell; DELETE FROM dirty"));
  CellChanges changes(zone);
  {
    SqlStatement query =
        PLUMBLINE_TRY(db.prepare("SELECT published_at, brand, source, mark, copy_of FROM mention "
                                 "WHERE published_at IS NOT NULL"));
    while (PLUMBLINE_TRY(query.step()))
      changes.add({query.integer(0), query.integer(1), query.integer(2), query.integer(3),
                   query.integer(4) != 0});
  }
  PLUMBLINE_CHECK(changes.write(db));
  return roll_up_marked(db, zone);
}

}  // namespace plumbline
