// The other half of Writing: taking out, analysing anew, and what else a batch brings.
#include <string>

#include <fmt/format.h>

#include <sqlite3.h>

#include "store/findings.h"
#include "store/rows.h"
#include "store/sqlite.h"
#include "store/writing.h"

namespace plumbline {

Status add_to_meta(Database& db, std::string_view key, std::int64_t change) {
  SqlStatement upsert = PLUMBLINE_TRY(
      db.prepare("INSERT INTO meta VALUES(?1, CAST(?2 AS TEXT)) ON CONFLICT DO UPDATE SET "
                 "value = CAST(CAST(value AS INTEGER) + ?2 AS TEXT)"));
  upsert.bind(1, key);
  upsert.bind(2, change);
  return upsert.run();
}

Result<std::int64_t> meta_number(Database& db, std::string_view key) {
  SqlStatement query =
      PLUMBLINE_TRY(db.prepare("SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?"));
  query.bind(1, key);
  if (!PLUMBLINE_TRY(query.step())) return 0;
  return query.integer(0);
}

Status Writing::erase_text(std::int64_t row, bool indexed) {
  Database& db = ground_.db;
  if (indexed) {
    SqlStatement unindex =
        PLUMBLINE_TRY(db.prepare("INSERT INTO words(words, rowid, title, text) "
                                 "SELECT 'delete', row, title, text FROM document WHERE row = ?"));
    unindex.bind(1, row);
    PLUMBLINE_CHECK(unindex.run());
    // The full-text index keeps deleted terms until it is rewritten; FTS5's own secure-delete
    // (SQLite 3.42) leaves some of them too, and makes files that older versions cannot read.
    PLUMBLINE_CHECK(db.run("INSERT OR REPLACE INTO meta VALUES('loose_terms', '1')"));
  } else {
    --unindexed_;  // taking out what is not in it would damage the index
  }
  for (std::string_view sql :
       {"DELETE FROM document WHERE row = ?", "DELETE FROM statement WHERE row = ?",
        "DELETE FROM member WHERE voice = -?", "DELETE FROM audit WHERE row = ?",
        "DELETE FROM mention WHERE row = ?"}) {
    SqlStatement remove = PLUMBLINE_TRY(db.prepare(sql));
    remove.bind(1, row);
    PLUMBLINE_CHECK(remove.run());
  }
  return {};
}

Status Writing::erase(std::int64_t row) {
  SqlStatement query = PLUMBLINE_TRY(
      ground_.db.prepare("SELECT published_at, brand, source, mark, copy_of, author, lang, version "
                         "FROM mention WHERE row = ?"));
  query.bind(1, row);
  if (!PLUMBLINE_TRY(query.step())) return {};
  const Counted mention{query.is_null(0) ? kNoTime : query.integer(0), query.integer(1),
                        query.integer(2), query.integer(3), query.integer(4) != 0};
  const std::int64_t author = query.integer(5);
  for (std::int64_t number : {mention.brand, mention.source, query.integer(6), query.integer(7)})
    ground_.names.count(number, -1);
  query.reset();
  cells_.subtract(mention);
  if (!mention.copy) --firsts_;
  if (author > 0) perhaps_silent_.insert(author);
  PLUMBLINE_CHECK(erase_text(row, (mention.mark & mark::kUnindexed) == 0));
  const std::int64_t heir = PLUMBLINE_TRY(ground_.copies.erase(row));
  return heir == 0 ? Status{} : promote(heir);
}

// A copy that became a first counts once more from now on.
Status Writing::promote(std::int64_t heir) {
  SqlStatement query = PLUMBLINE_TRY(
      ground_.db.prepare("SELECT published_at, brand, source, mark FROM mention WHERE row = ?"));
  query.bind(1, heir);
  if (!PLUMBLINE_TRY(query.step())) return {};
  Counted mention{query.is_null(0) ? kNoTime : query.integer(0), query.integer(1), query.integer(2),
                  query.integer(3), true};
  cells_.subtract(mention);
  mention.copy = false;
  cells_.add(mention);
  ++firsts_;
  return {};
}

Status Writing::erase_deleted(const Batch& batch, PutOutcome& outcome) {
  for (const auto& [source, id] : batch.deleted) {
    SqlStatement find = PLUMBLINE_TRY(
        ground_.db.prepare("SELECT row FROM document WHERE source = ? AND native = ?"));
    find.bind(1, PLUMBLINE_TRY(ground_.names.find(NameKind::source, source)));
    find.bind(2, id);
    if (!PLUMBLINE_TRY(find.step())) continue;
    const std::int64_t row = find.integer(0);
    find.reset();
    PLUMBLINE_CHECK(erase(row));
    ++outcome.deleted;
  }
  return {};
}

Status Writing::drop_if_silent(std::int64_t author) {
  SqlStatement speaks = PLUMBLINE_TRY(
      ground_.db.prepare("SELECT 1 FROM mention WHERE author = ? AND author > 0 LIMIT 1"));
  speaks.bind(1, author);
  if (PLUMBLINE_TRY(speaks.step())) return {};
  ground_.known_authors.drop_cached();
  for (std::string_view sql :
       {"DELETE FROM author WHERE id = ?", "DELETE FROM member WHERE voice = ?"}) {
    SqlStatement remove = PLUMBLINE_TRY(ground_.db.prepare(sql));
    remove.bind(1, author);
    PLUMBLINE_CHECK(remove.run());
  }
  return {};
}

Status Writing::put_analysis(std::int64_t row, const Analysis& analysis) {
  Database& db = ground_.db;
  Names& names = ground_.names;
  SqlStatement query = PLUMBLINE_TRY(db.prepare(
      "SELECT m.published_at, m.brand, m.source, m.mark, m.copy_of, m.lang, m.version, "
      "d.lang, d.title, d.text FROM mention m JOIN document d ON d.row = m.row WHERE m.row = ?"));
  query.bind(1, row);
  if (!PLUMBLINE_TRY(query.step())) return {};
  Counted mention{query.is_null(0) ? kNoTime : query.integer(0), query.integer(1), query.integer(2),
                  query.integer(3), query.integer(4) != 0};
  names.count(query.integer(5), -1);
  names.count(query.integer(6), -1);
  cells_.subtract(mention);
  Entry entry;
  entry.document.lang = query.text(7);
  entry.document.from_session = (mention.mark & mark::kSession) != 0;
  if ((mention.mark & mark::kUnindexed) != 0) {
    PLUMBLINE_CHECK(index_text(row, query.text(8), query.text(9)));
    --unindexed_;
  }
  query.reset();
  const AnalysisColumns columns = PLUMBLINE_TRY(columns_of(entry.document, &analysis));
  mention.mark = columns.mark;
  cells_.add(mention);
  names.count(columns.lang, 1);
  names.count(columns.version, 1);
  SqlStatement update = PLUMBLINE_TRY(
      db.prepare("UPDATE mention SET lang = ?, version = ?, mark = ?, score = ?, price = ?, "
                 "value = ? WHERE row = ?"));
  update.bind(1, columns.lang);
  update.bind(2, columns.version);
  update.bind(3, columns.mark);
  update.bind(4, static_cast<double>(analysis.sentiment.score));
  update.bind(5, static_cast<double>(analysis.price_talk));
  update.bind(6, static_cast<double>(analysis.value_talk));
  update.bind(7, row);
  PLUMBLINE_CHECK(update.run());
  pack_findings(analysis, bytes_);
  SqlStatement findings =
      PLUMBLINE_TRY(db.prepare("UPDATE document SET findings = ? WHERE row = ?"));
  findings.bind_blob(1, bytes_);
  findings.bind(2, row);
  PLUMBLINE_CHECK(findings.run());
  SqlStatement remove = PLUMBLINE_TRY(db.prepare("DELETE FROM statement WHERE row = ?"));
  remove.bind(1, row);
  PLUMBLINE_CHECK(remove.run());
  return insert_statements(row, analysis);
}

Status Writing::write_notes(const Batch& batch) {
  for (const auto& [key, value] : batch.notes) {
    SqlStatement write = PLUMBLINE_TRY(
        ground_.db.prepare(value.empty() ? "DELETE FROM note WHERE key = ?1"
                                         : "INSERT OR REPLACE INTO note VALUES(?1, ?2)"));
    write.bind(1, key);
    if (!value.empty()) write.bind(2, value);
    PLUMBLINE_CHECK(write.run());
  }
  return {};
}

// A day that broke off after some of it had come is partial; one that was missing and came later is
// what it is now.
Status Writing::write_coverage(const CoverageDay& day) {
  SqlStatement upsert = PLUMBLINE_TRY(ground_.db.prepare(
      "INSERT INTO coverage(source, day, state, reason, documents, skipped) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET "
      "state = CASE WHEN excluded.state = 2 AND (state < 2 OR documents > 0) THEN 1 "
      "ELSE excluded.state END, reason = excluded.reason, "
      "documents = documents + excluded.documents, skipped = skipped + excluded.skipped"));
  upsert.bind(1, day.source);
  upsert.bind(2, day.day);
  upsert.bind(3, static_cast<int>(day.state));
  upsert.bind(4, day.reason);
  upsert.bind(5, day.documents);
  upsert.bind(6, day.skipped);
  PLUMBLINE_CHECK(upsert.run());
  return day.catches_up ? catch_up(day) : Status{};
}

// A complete day before them ends the search: gaps behind it were there for good. Days without a
// row (the computer was off) get one, a year's at most.
Status Writing::catch_up(const CoverageDay& day) {
  const std::string reason = "read later, on " + format_day(day.day);
  SqlStatement later = PLUMBLINE_TRY(ground_.db.prepare(
      "WITH RECURSIVE "
      "last(day) AS (SELECT max(day) FROM coverage WHERE source = ?1 AND day < ?2 AND state = 0), "
      "begin(day) AS (SELECT coalesce((SELECT day FROM last) + 1, (SELECT min(day) FROM coverage "
      "WHERE source = ?1))), "
      "gap(day) AS (SELECT max((SELECT day FROM begin), ?2 - 366) UNION ALL "
      "SELECT day + 1 FROM gap WHERE day + 1 < ?2) "
      "INSERT INTO coverage(source, day, state, reason, documents, skipped) "
      "SELECT ?1, day, 0, ?3, 0, 0 FROM gap WHERE day < ?2 "
      "ON CONFLICT DO UPDATE SET state = 0, reason = excluded.reason"));
  later.bind(1, day.source);
  later.bind(2, day.day);
  later.bind(3, reason);
  return later.run();
}

Status Writing::finish() {
  for (std::int64_t author : perhaps_silent_) PLUMBLINE_CHECK(drop_if_silent(author));
  perhaps_silent_.clear();
  PLUMBLINE_CHECK(cells_.write(ground_.db));
  PLUMBLINE_CHECK(ground_.names.write_counts());
  if (firsts_ != 0) PLUMBLINE_CHECK(add_to_meta(ground_.db, "distinct", firsts_));
  firsts_ = 0;
  if (unindexed_ != 0) PLUMBLINE_CHECK(add_to_meta(ground_.db, "unindexed", unindexed_));
  unindexed_ = 0;
  return add_to_meta(ground_.db, "changes", 1);
}

}  // namespace plumbline
