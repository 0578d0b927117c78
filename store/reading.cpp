#include "store/reading.h"

#include <algorithm>
#include <unordered_map>

#include "store/findings.h"
#include "store/rows.h"
#include "store/sqlite.h"
#include "store/tokenizer.h"

namespace plumbline {
namespace {

// From the columns of the query in read_documents.
Status fill_document(const ReaderGround& ground, const SqlStatement& row, StoredDocument& out) {
  Document& document = out.document;
  out.row = row.integer(0);
  document.source = PLUMBLINE_TRY(ground.names.text(row.integer(1)));
  document.site = row.text(25);
  document.id = row.text(2).substr(document.site.empty() ? 0 : document.site.size() + 1);
  document.url = row.text(3);
  document.title = row.text(4);
  document.text = row.text(5);
  document.lang = row.text(6);
  document.parent = row.text(7);
  document.place = row.text(8);
  document.licence = row.text(24);
  if (!row.is_null(9)) document.likes = row.integer(9);
  if (!row.is_null(10)) document.shares = row.integer(10);
  if (!row.is_null(12)) document.published_at = row.integer(12);
  document.brand = PLUMBLINE_TRY(ground.names.text(row.integer(13)));
  document.author = {std::string(row.text(21)), std::string(row.text(22)),
                     std::string(row.text(23))};
  if (!row.is_null(20)) document.rating = row.real(20);
  const std::int64_t bits = row.integer(15);
  document.from_session = (bits & mark::kSession) != 0;
  out.copy_of = row.integer(16);
  Analysis& analysis = out.analysis;
  analysis.version = PLUMBLINE_TRY(ground.names.text(row.integer(14)));
  if (analysis.version.empty()) return {};
  analysis.scored = (bits & mark::kScored) != 0;
  analysis.sentiment.label = mark::label(bits);
  analysis.sentiment.score = static_cast<float>(row.real(17));
  analysis.price_talk = static_cast<float>(row.real(18));
  analysis.value_talk = static_cast<float>(row.real(19));
  unpack_findings(row.blob(11), analysis);
  return {};
}

Status fill_statements(const ReaderGround& ground, std::int64_t row, Analysis& analysis) {
  SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT kind, topic, begin, finish FROM statement WHERE row = ? ORDER BY place"));
  query.bind(1, row);
  while (PLUMBLINE_TRY(query.step()))
    analysis.statements.push_back({stated::kind(query.integer(0)),
                                   std::string(query.text(1)),
                                   {static_cast<std::uint32_t>(query.integer(2)),
                                    static_cast<std::uint32_t>(query.integer(3))},
                                   stated::holder(query.integer(0)),
                                   stated::tense(query.integer(0)),
                                   stated::condition(query.integer(0))});
  return {};
}

}  // namespace

Day sane_day(Day day) {
  constexpr Day kFirst = -106650, kLast = 106650;
  return std::clamp(day, kFirst, kLast);
}

Result<std::vector<StoredDocument>> read_documents(const ReaderGround& ground,
                                                   std::span<const std::int64_t> rows) {
  std::vector<StoredDocument> out;
  out.reserve(rows.size());
  SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT d.row, d.source, d.native, d.url, d.title, d.text, d.lang, d.parent, d.place, "
      "d.likes, d.shares, d.findings, m.published_at, m.brand, m.version, m.mark, m.copy_of, "
      "m.score, m.price, m.value, m.rating, a.native, a.handle, a.name, "
      "d.licence, d.site FROM document d JOIN mention m ON m.row = d.row LEFT JOIN author a ON "
      "a.id = "
      "m.author "
      "WHERE d.row = ?"));
  for (std::int64_t row : rows) {
    query.bind(1, row);
    if (PLUMBLINE_TRY(query.step())) {
      StoredDocument& document = out.emplace_back();
      PLUMBLINE_CHECK(fill_document(ground, query, document));
      PLUMBLINE_CHECK(fill_statements(ground, row, document.analysis));
    }
    query.reset();
  }
  return out;
}

Result<std::vector<std::pair<std::int64_t, std::string>>> read_newest_ids(
    const ReaderGround& ground, const IdQuery& query) {
  SqlStatement find = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT row, native FROM document WHERE source = ?1 AND (?2 = 0 OR row < ?2) AND "
      "substr(native, 1, length(?3)) = ?3 ORDER BY row DESC LIMIT ?4"));
  find.bind(1, PLUMBLINE_TRY(ground.names.find(NameKind::source, query.source)));
  find.bind(2, query.below);
  find.bind(3, query.prefix);
  find.bind(4, static_cast<std::int64_t>(query.limit));
  std::vector<std::pair<std::int64_t, std::string>> out;
  while (PLUMBLINE_TRY(find.step())) out.emplace_back(find.integer(0), find.text(1));
  return out;
}

Result<std::vector<std::int64_t>> find_accounts(const ReaderGround& ground, std::string_view source,
                                                std::string_view handle) {
  const std::int64_t number = PLUMBLINE_TRY(ground.names.find(NameKind::source, source));
  std::vector<std::int64_t> out;
  if (handle.starts_with('@')) handle.remove_prefix(1);
  const std::string key = fold_line(handle);
  const std::pair<std::string_view, std::string_view> ways[] = {
      {"SELECT id FROM author WHERE source = ? AND handle = ? AND handle_key = ?", handle},
      {"SELECT id FROM author WHERE source = ? AND native = ?", handle},
      {"SELECT id FROM author WHERE source = ? AND handle_key = ?", key}};
  for (const auto& [sql, value] : ways) {
    SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(sql));
    query.bind(1, number);
    query.bind(2, value);
    if (sql == ways[0].first) query.bind(3, key);
    while (PLUMBLINE_TRY(query.step())) out.push_back(query.integer(0));
    if (!out.empty()) break;
  }
  return out;
}

Result<std::vector<std::int64_t>> newest_of_authors(const ReaderGround& ground,
                                                    std::span<const std::int64_t> authors,
                                                    int limit) {
  struct Dated {
    Seconds published_at;
    std::int64_t row;
  };
  std::vector<Dated> found;
  SqlStatement query = PLUMBLINE_TRY(
      ground.db.prepare("SELECT row, published_at FROM mention WHERE author = ? AND author > 0 "
                        "ORDER BY row DESC"));
  for (std::int64_t author : authors) {
    query.bind(1, author);
    // Rows come newest day first; the day in which the limit is reached is read to its end.
    std::int64_t taken = 0, last_day = -1;
    while (PLUMBLINE_TRY(query.step())) {
      const std::int64_t row = query.integer(0);
      if (taken >= limit && day_part_of_row(row) != last_day) break;
      found.push_back({query.is_null(1) ? kNoTime : query.integer(1), row});
      last_day = day_part_of_row(row);
      ++taken;
    }
    query.reset();
  }
  std::sort(found.begin(), found.end(), [](const Dated& a, const Dated& b) {
    return a.published_at != b.published_at ? a.published_at > b.published_at : a.row > b.row;
  });
  std::vector<std::int64_t> rows;
  for (const Dated& dated : found) {
    if (static_cast<std::int64_t>(rows.size()) >= limit) break;
    rows.push_back(dated.row);
  }
  return rows;
}

}  // namespace plumbline
