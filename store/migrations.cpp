#include "store/migrations.h"

#include <array>

#include <fmt/format.h>

#include "store/sqlite.h"

namespace plumbline {
namespace {

// mention is narrow: counting reads it alone. document holds what is read to a person.
constexpr std::string_view kFirst = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE note(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE name(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL,
  n INTEGER NOT NULL DEFAULT 0, UNIQUE(kind, text)) STRICT;
CREATE TABLE author(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, native TEXT NOT NULL,
  handle TEXT NOT NULL, name TEXT NOT NULL, handle_key TEXT NOT NULL, name_key TEXT NOT NULL,
  UNIQUE(source, native)) STRICT;
CREATE INDEX author_handle ON author(handle_key);
CREATE TABLE mention(row INTEGER PRIMARY KEY, published_at INTEGER, author INTEGER NOT NULL,
  source INTEGER NOT NULL, brand INTEGER NOT NULL, lang INTEGER NOT NULL, version INTEGER NOT NULL,
  mark INTEGER NOT NULL, copy_of INTEGER NOT NULL, topic INTEGER, score REAL NOT NULL,
  price REAL NOT NULL, value REAL NOT NULL, rating REAL) STRICT;
CREATE INDEX mention_author ON mention(author) WHERE author > 0;
CREATE INDEX mention_copy ON mention(copy_of) WHERE copy_of > 0;
CREATE TABLE document(row INTEGER PRIMARY KEY, source INTEGER NOT NULL, native TEXT NOT NULL,
  url TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, lang TEXT NOT NULL,
  parent TEXT NOT NULL, place TEXT NOT NULL, likes INTEGER, shares INTEGER,
  findings BLOB NOT NULL, UNIQUE(source, native)) STRICT;
CREATE TABLE fingerprint(row INTEGER PRIMARY KEY, first INTEGER NOT NULL, folded INTEGER NOT NULL,
  bands BLOB NOT NULL, sketch BLOB NOT NULL) STRICT;
CREATE TABLE statement(row INTEGER NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL,
  topic TEXT NOT NULL, begin INTEGER NOT NULL, finish INTEGER NOT NULL,
  PRIMARY KEY(row, place)) STRICT, WITHOUT ROWID;
CREATE TABLE cell(unit INTEGER NOT NULL, brand INTEGER NOT NULL, source INTEGER NOT NULL,
  start INTEGER NOT NULL, n INTEGER NOT NULL, firsts INTEGER NOT NULL, positive INTEGER NOT NULL,
  neutral INTEGER NOT NULL, negative INTEGER NOT NULL, price INTEGER NOT NULL,
  value INTEGER NOT NULL, authors INTEGER NOT NULL DEFAULT 0, votes INTEGER NOT NULL DEFAULT 0,
  vote_sum REAL NOT NULL DEFAULT 0, vote_squares REAL NOT NULL DEFAULT 0,
  PRIMARY KEY(unit, brand, source, start)) STRICT, WITHOUT ROWID;
CREATE TABLE dirty(unit INTEGER NOT NULL, start INTEGER NOT NULL,
  PRIMARY KEY(unit, start)) STRICT, WITHOUT ROWID;
CREATE TABLE coverage(source TEXT NOT NULL, day INTEGER NOT NULL, state INTEGER NOT NULL,
  reason TEXT NOT NULL, documents INTEGER NOT NULL, skipped INTEGER NOT NULL,
  PRIMARY KEY(day, source)) STRICT, WITHOUT ROWID;
CREATE TABLE topic(id INTEGER PRIMARY KEY, label TEXT NOT NULL, words TEXT NOT NULL) STRICT;
CREATE INDEX mention_topic ON mention(topic) WHERE topic IS NOT NULL;
CREATE TABLE member(voice INTEGER PRIMARY KEY, cluster INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE words USING fts5(title, text, content='document', content_rowid='row',
  columnsize=0, tokenize='plumbline');
INSERT INTO words(words, rank) VALUES('hashsize', 4194304);
INSERT INTO words(words, rank) VALUES('automerge', 8);
)sql";

// `native` begins with "SITE/" where there is one.
constexpr std::string_view kLicence =
    "ALTER TABLE document ADD COLUMN licence TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE document ADD COLUMN site TEXT NOT NULL DEFAULT ''";

constexpr std::string_view kNames = "CREATE INDEX author_name ON author(name_key)";

// Mentions may wait for the full-text index (mark::kUnindexed), which older programs do not know.
// Where the name is the handle, which has an index of its own, a second entry would double it.
constexpr std::string_view kOnceUnindexed =
    "INSERT INTO meta VALUES('unindexed', '0');"
    "DROP INDEX author_name;"
    "CREATE INDEX author_name ON author(name_key) WHERE name_key <> handle_key";

// Texts drawn at random for people to label: `place` counts the draws (0: labelled without being
// drawn), labels are 0 negative, 1 neutral, 2 positive; `unseen` is what an own model said of the
// text while it had not learned from it.
constexpr std::string_view kAudit =
    "CREATE TABLE audit(row INTEGER PRIMARY KEY, place INTEGER NOT NULL, label INTEGER, "
    "at INTEGER, unseen INTEGER) STRICT";

// `unseen` is that of the fast tier; the full tier's reading of the same text, shifted alike.
constexpr std::string_view kUnseenByFull = "ALTER TABLE audit ADD COLUMN unseen_full INTEGER";

constexpr std::array kSteps = {Migration{1, kFirst}, Migration{2, kLicence},
                               Migration{3, kNames}, Migration{4, kOnceUnindexed},
                               Migration{5, kAudit}, Migration{6, kUnseenByFull}};

}  // namespace

std::span<const Migration> migrations() { return kSteps; }

int schema_version() { return kSteps.back().version; }

Status migrate(Database& db, std::span<const Migration> steps) {
  const std::int64_t here = PLUMBLINE_TRY(db.number("PRAGMA user_version"));
  if (!steps.empty() && here > steps.back().version)
    return fail(ErrorCode::invalid,
                fmt::format("the store has schema {}, this program knows schemas up to {}; use the "
                            "newer program that wrote it",
                            here, steps.back().version),
                db.path());
  for (const Migration& step : steps) {
    if (step.version <= here) continue;
    Transaction transaction = PLUMBLINE_TRY(Transaction::write(db));
    PLUMBLINE_CHECK(db.run(step.sql));
    PLUMBLINE_CHECK(db.run(fmt::format("PRAGMA user_version = {}", step.version)));
    PLUMBLINE_CHECK(transaction.commit());
  }
  return {};
}

Status check_kind(Database& db, bool read_only) {
  const std::int64_t kind = PLUMBLINE_TRY(db.number("PRAGMA application_id"));
  const std::int64_t version = PLUMBLINE_TRY(db.number("PRAGMA user_version"));
  const std::int64_t tables = PLUMBLINE_TRY(db.number("SELECT count(*) FROM sqlite_master"));
  if (kind != kApplicationId && (tables > 0 || version != 0))
    return fail(ErrorCode::invalid, "this database is not a Plumbline store; name another file",
                db.path());
  if (!read_only) return {};
  if (version < schema_version())
    return fail(ErrorCode::conflict,
                fmt::format("the store has schema {}, this program needs {}; run `plumbline "
                            "nightly` once to bring it up to date",
                            version, schema_version()),
                db.path());
  return migrate(db, migrations());  // nothing to do, or refuses a later schema
}

}  // namespace plumbline
