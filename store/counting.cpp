#include "store/counting.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/text.h"
#include "store/rollup.h"
#include "store/rows.h"
#include "store/sqlite.h"
#include "store/writing.h"

namespace plumbline {
namespace {

using CellMap = std::map<std::pair<Day, std::int64_t>, Cell>;  // start, brand

struct CellRange {
  int unit = 0;
  std::int64_t brand = 0, source = 0;  // 0: all
  Day from = 0, to = 0;
};

Result<CellMap> kept_cells(Database& db, const CellRange& range) {
  SqlStatement query = PLUMBLINE_TRY(db.prepare(
      range.brand == 0
          ? "SELECT start, brand, n, firsts, positive, neutral, negative, price, value, authors, "
            "votes, vote_sum, vote_squares FROM cell WHERE unit = ?1 AND brand IN (SELECT id FROM "
            "name WHERE kind = 2) AND source = ?3 AND start BETWEEN ?4 AND ?5"
          : "SELECT start, brand, n, firsts, positive, neutral, negative, price, value, authors, "
            "votes, vote_sum, vote_squares FROM cell WHERE unit = ?1 AND brand = ?2 "
            "AND source = ?3 AND start BETWEEN ?4 AND ?5"));
  query.bind(1, range.unit);
  query.bind(2, range.brand);
  query.bind(3, range.source);
  query.bind(4, range.from);
  query.bind(5, range.to);
  CellMap out;
  while (PLUMBLINE_TRY(query.step())) {
    Cell& cell = out[{static_cast<Day>(query.integer(0)), query.integer(1)}];
    cell.counts = {query.integer(2), query.integer(3), query.integer(9)};
    cell.positive = query.integer(4);
    cell.neutral = query.integer(5);
    cell.negative = query.integer(6);
    cell.price_talk = query.integer(7);
    cell.value_talk = query.integer(8);
    cell.votes = query.integer(10);
    cell.vote_sum = query.real(11);
    cell.vote_squares = query.real(12);
  }
  return out;
}

// Periods whose kept cells cannot be trusted.
Result<std::vector<Day>> open_periods(const ReaderGround& ground, const CellRange& range,
                                      bool cells_hold) {
  std::vector<Day> out;
  if (cells_hold) {
    SqlStatement query = PLUMBLINE_TRY(
        ground.db.prepare("SELECT start FROM dirty WHERE unit = ? AND start BETWEEN ? AND ?"));
    query.bind(1, range.unit);
    query.bind(2, range.from);
    query.bind(3, range.to);
    while (PLUMBLINE_TRY(query.step())) out.push_back(static_cast<Day>(query.integer(0)));
    return out;
  }
  // All periods between the oldest and the newest mention.
  SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT min(published_at), max(published_at) FROM mention WHERE published_at IS NOT NULL"));
  PLUMBLINE_TRY(query.step());
  if (query.is_null(0)) return out;
  const auto unit = static_cast<Unit>(range.unit);
  const Day last = std::min(range.to, ground.zone.day_of(query.integer(1)));
  Day start = std::max(range.from, period_start(ground.zone.day_of(query.integer(0)), unit));
  for (; start <= last; start = period_next(start, unit)) out.push_back(start);
  return out;
}

}  // namespace

Result<std::vector<Cell>> read_cells(const ReaderGround& ground, const CellQuery& query,
                                     bool cells_hold) {
  CellRange range;
  range.unit = static_cast<int>(query.unit);
  range.from = period_start(sane_day(query.from), query.unit);
  range.to = sane_day(query.to);
  std::vector<Cell> out;
  if (!query.brand.empty()) {
    range.brand = PLUMBLINE_TRY(ground.names.find(NameKind::brand, query.brand));
    if (range.brand == 0) return out;
  }
  if (!query.source.empty()) {
    range.source = PLUMBLINE_TRY(ground.names.find(NameKind::source, query.source));
    if (range.source == 0) return out;
  }
  CellMap cells;
  if (cells_hold) cells = PLUMBLINE_TRY(kept_cells(ground.db, range));
  for (Day start : PLUMBLINE_TRY(open_periods(ground, range, cells_hold))) {
    const PeriodCells counted =
        PLUMBLINE_TRY(count_period(ground.db, ground.zone, query.unit, start));
    for (const auto& [key, cell] : counted) {
      if (key.second != range.source || (range.brand != 0 && key.first != range.brand)) continue;
      cells[{start, key.first}] = cell;
    }
  }
  out.reserve(cells.size());
  for (auto& [key, cell] : cells) {
    cell.start = key.first;
    cell.brand = PLUMBLINE_TRY(ground.names.text(key.second));
    out.push_back(std::move(cell));
  }
  return out;
}

Result<std::vector<CoverageDay>> read_coverage(Database& db, Day from, Day to) {
  std::vector<CoverageDay> out;
  SqlStatement query = PLUMBLINE_TRY(
      db.prepare("SELECT source, day, state, reason, documents, skipped FROM coverage "
                 "WHERE day BETWEEN ? AND ? ORDER BY day, source"));
  query.bind(1, from);
  query.bind(2, to);
  while (PLUMBLINE_TRY(query.step()))
    out.push_back({std::string(query.text(0)), static_cast<Day>(query.integer(1)),
                   static_cast<CoverageState>(query.integer(2)), std::string(query.text(3)),
                   query.integer(4), query.integer(5)});
  return out;
}

Result<StoreStatus> read_status(const ReaderGround& ground, std::string_view version) {
  Database& db = ground.db;
  StoreStatus out;
  out.path = db.path();
  out.schema = static_cast<int>(PLUMBLINE_TRY(db.number("PRAGMA user_version")));
  out.by_source = PLUMBLINE_TRY(ground.names.counted(NameKind::source));
  out.by_brand = PLUMBLINE_TRY(ground.names.counted(NameKind::brand));
  out.by_lang = PLUMBLINE_TRY(ground.names.counted(NameKind::lang));
  for (const auto& [source, n] : out.by_source) out.documents += n;
  out.distinct = PLUMBLINE_TRY(meta_number(db, "distinct"));
  out.changes = PLUMBLINE_TRY(meta_number(db, "changes"));
  out.authors = PLUMBLINE_TRY(db.number("SELECT count(*) FROM author"));
  out.without_author =
      out.documents - PLUMBLINE_TRY(db.number("SELECT count(*) FROM mention WHERE author > 0"));
  out.not_analysed = out.documents;
  for (const auto& [name, n] : PLUMBLINE_TRY(ground.names.counted(NameKind::version)))
    if (!name.empty() && (version.empty() || name == version)) out.not_analysed -= n;
  for (const char* suffix : {"", "-wal"}) {
    struct stat file {};
    if (stat((db.path() + suffix).c_str(), &file) == 0) out.bytes += file.st_size;
  }
  // Row order is day order, so the ends lie within one day each.
  SqlStatement ends = PLUMBLINE_TRY(db.prepare(
      "SELECT (SELECT min(published_at) FROM mention WHERE row BETWEEN lo AND lo | 33554431), "
      "(SELECT max(published_at) FROM mention WHERE row BETWEEN hi & ~33554431 AND hi) FROM "
      "(SELECT (SELECT min(row) FROM mention WHERE row > 33554431) AS lo, "
      "(SELECT max(row) FROM mention) AS hi)"));
  PLUMBLINE_TRY(ends.step());
  if (!ends.is_null(0)) out.oldest = ends.integer(0);
  if (!ends.is_null(1)) out.newest = ends.integer(1);
  SqlStatement fetched = PLUMBLINE_TRY(db.prepare("SELECT max(day) FROM coverage WHERE state < 2"));
  PLUMBLINE_TRY(fetched.step());
  if (!fetched.is_null(0))
    out.last_fetched = ground.zone.start_of(static_cast<Day>(fetched.integer(0)));
  SqlStatement noted =
      PLUMBLINE_TRY(db.prepare("SELECT value FROM note WHERE key = 'last_fetched'"));
  if (PLUMBLINE_TRY(noted.step())) {
    const auto when = parse_time(noted.text(0));
    if (when) out.last_fetched = *when;
  }
  return out;
}

Result<StoreEnd> read_end(const ReaderGround& ground, Seconds until) {
  // Rows without a date come before all others; the last day is read to the moment.
  SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT max(published_at) FILTER (WHERE published_at <= ?1), "
      "count(*) FILTER (WHERE published_at > ?1), max(published_at) FROM mention WHERE row >= "
      "(SELECT max(row) FROM mention WHERE row BETWEEN ?2 AND ?3 AND published_at <= ?1) & ~?2"));
  query.bind(1, until);
  query.bind(2, (std::int64_t{1} << kSequenceBits) - 1);
  query.bind(3, last_row_of(until));
  PLUMBLINE_TRY(query.step());
  StoreEnd out;
  if (!query.is_null(0)) out.newest = query.integer(0);
  out.later = query.integer(1);
  if (out.later > 0) out.latest = query.integer(2);
  return out;
}

}  // namespace plumbline
