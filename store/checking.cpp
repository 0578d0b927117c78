#include <fmt/format.h>

#include "store/lock.h"
#include "store/rows.h"
#include "store/sqlite.h"
#include "store/sqlite_store.h"
#include "store/tokenizer.h"

namespace plumbline {
namespace {

struct Rule {
  const char* broken;  // what it means when the query finds something
  const char* sql;
};

// What the writer keeps true with every transaction. 8 is mark::kSession: focus groups are kept but
// counted apart.
constexpr Rule kRules[] = {
    {"mentions without their text",
     "SELECT count(*) FROM mention WHERE row NOT IN (SELECT row FROM document)"},
    {"texts without their mention",
     "SELECT count(*) FROM document WHERE row NOT IN (SELECT row FROM mention)"},
    {"copies of a text that is not there",
     "SELECT count(*) FROM mention WHERE copy_of > 0 AND copy_of NOT IN (SELECT row FROM mention)"},
    {"statements of a text that is not there",
     "SELECT count(*) FROM statement WHERE row NOT IN (SELECT row FROM document)"},
    {"periods whose roll-up differs from a recount in brand or number",
     "WITH kept AS (SELECT brand, count(*) AS n FROM mention WHERE published_at IS NOT NULL AND "
     "mark & 8 = 0 GROUP BY brand), rolled AS (SELECT unit, brand, sum(n) AS n FROM cell WHERE "
     "source = 0 GROUP BY unit, brand) SELECT (SELECT count(*) FROM rolled r LEFT JOIN kept k "
     "USING (brand) WHERE r.n IS NOT k.n) + (SELECT 3 * (SELECT count(*) FROM kept) <> "
     "(SELECT count(*) FROM rolled))"},
    // 64 is mark::kUnindexed.
    {"mentions too many or too few are said to wait for the full-text index",
     "SELECT abs((SELECT count(*) FROM mention WHERE mark & 64) - (SELECT "
     "coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE key = 'unindexed'))"},
};

// The index is compared with all texts at once, so those that wait for it go in first; leaving the
// transaction takes them out again.
Result<bool> index_agrees(Database& db) {
  const Transaction transaction = PLUMBLINE_TRY(Transaction::write(db));
  PLUMBLINE_CHECK(db.run(fmt::format(
      "INSERT INTO words(rowid, title, text) SELECT d.row, d.title, d.text FROM mention m "
      "JOIN document d ON d.row = m.row WHERE m.mark & {} ORDER BY m.row",
      mark::kUnindexed)));
  return db.run("INSERT INTO words(words, rank) VALUES('integrity-check', 1)").has_value();
}

}  // namespace

Result<std::vector<std::string>> check_sqlite(const std::string& path) {
  const WriterLock lock = PLUMBLINE_TRY(WriterLock::take(path));
  const auto db = PLUMBLINE_TRY(Database::open(path, false));
  PLUMBLINE_CHECK(register_words(*db));
  std::vector<std::string> wrong;
  SqlStatement pages = PLUMBLINE_TRY(db->prepare("PRAGMA integrity_check(20)"));
  while (PLUMBLINE_TRY(pages.step()))
    if (pages.text(0) != "ok") wrong.emplace_back(pages.text(0));
  if (!wrong.empty()) return wrong;  // counting in broken pages says nothing
  if (!PLUMBLINE_TRY(index_agrees(*db)))
    wrong.emplace_back("the full-text index differs from the texts");
  for (const Rule& rule : kRules)
    if (const std::int64_t count = PLUMBLINE_TRY(db->number(rule.sql)); count > 0)
      wrong.push_back(fmt::format("{} {}", count, rule.broken));
  return wrong;
}

}  // namespace plumbline
