#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "store/reading.h"
#include "store/rollup.h"
#include "store/rows.h"
#include "store/sqlite.h"

namespace plumbline {
namespace {

// Numbers of names turned into places of one list of the table.
class Places {
 public:
  Places(Names& names, std::vector<std::string>& list) : names_(&names), list_(&list) {}

  Result<std::uint16_t> of(std::int64_t number) {
    const auto at = static_cast<std::size_t>(number);
    if (at < places_.size() && places_[at] >= 0) return static_cast<std::uint16_t>(places_[at]);
    if (list_->size() > 0xffff)
      return fail(ErrorCode::store, "more than 65536 sources, brands or languages in one table");
    if (at >= places_.size()) places_.resize(at + 1, -1);
    places_[at] = static_cast<std::int32_t>(list_->size());
    list_->push_back(PLUMBLINE_TRY(names_->text(number)));
    return static_cast<std::uint16_t>(places_[at]);
  }

 private:
  Names* names_;
  std::vector<std::string>* list_;
  std::vector<std::int32_t> places_;
};

using Clusters = std::unordered_map<std::int64_t, std::int32_t>;

Result<Clusters> read_clusters(Database& db) {
  Clusters out;
  SqlStatement query = PLUMBLINE_TRY(db.prepare("SELECT voice, cluster FROM member"));
  while (PLUMBLINE_TRY(query.step()))
    out.emplace(query.integer(0), static_cast<std::int32_t>(query.integer(1)));
  return out;
}

struct Range {
  Seconds from = 0, to = 0;  // [from, to)
  std::int64_t brand = 0;    // 0: all
};

Status read_rows(const ReaderGround& ground, const Range& range, MentionTable& table) {
  const Clusters clusters = PLUMBLINE_TRY(read_clusters(ground.db));
  Places brands(ground.names, table.brands), sources(ground.names, table.sources),
      langs(ground.names, table.langs);
  DayClock clock(ground.zone);
  std::map<std::int64_t, std::int64_t> of_version;
  SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT row, published_at, author, source, brand, lang, mark, copy_of, topic, score, price, "
      "value, rating, version FROM mention WHERE row BETWEEN ?1 AND ?2 AND published_at >= ?3 "
      "AND published_at < ?4 AND (?5 = 0 OR brand = ?5)"));
  query.bind(1, first_row_of(range.from));
  query.bind(2, last_row_of(range.to));
  query.bind(3, range.from);
  query.bind(4, range.to);
  query.bind(5, range.brand);
  while (PLUMBLINE_TRY(query.step())) {
    MentionRow& row = table.rows.emplace_back();
    row.id = query.integer(0);
    row.published_at = query.integer(1);
    row.day = clock.day_of(row.published_at);
    row.voice = query.integer(2) > 0 ? query.integer(2) : -row.id;
    row.source = PLUMBLINE_TRY(sources.of(query.integer(3)));
    row.brand = PLUMBLINE_TRY(brands.of(query.integer(4)));
    row.lang = PLUMBLINE_TRY(langs.of(query.integer(5)));
    const std::int64_t bits = query.integer(6);
    row.label = mark::label(bits);
    row.scored = (bits & mark::kScored) != 0;
    row.session = (bits & mark::kSession) != 0;
    row.doubtful = (bits & mark::kDoubtful) != 0;
    row.copy = query.integer(7) != 0;
    if (!query.is_null(8)) row.topic = static_cast<std::int32_t>(query.integer(8));
    if (auto member = clusters.find(row.voice); member != clusters.end())
      row.cluster = member->second;
    row.score = static_cast<float>(query.real(9));
    row.price_talk = static_cast<float>(query.real(10));
    row.value_talk = static_cast<float>(query.real(11));
    if (!query.is_null(12)) row.rating = static_cast<float>(query.real(12));
    ++of_version[query.integer(13)];
  }
  for (const auto& [number, n] : of_version)
    table.versions.emplace_back(PLUMBLINE_TRY(ground.names.text(number)), n);
  return {};
}

// Both lists are in row order here, so one pass joins them.
Status read_statements(Database& db, MentionTable& table) {
  table.statement_topics.emplace_back();
  if (table.rows.empty()) return {};
  std::unordered_map<std::string, std::uint32_t> topics;
  topics.emplace("", 0U);
  SqlStatement query = PLUMBLINE_TRY(
      db.prepare("SELECT row, kind, topic, begin, finish FROM statement WHERE row BETWEEN ? AND ? "
                 "ORDER BY row, place"));
  query.bind(1, table.rows.front().id);
  query.bind(2, table.rows.back().id);
  std::size_t at = 0;
  while (PLUMBLINE_TRY(query.step())) {
    const std::int64_t row = query.integer(0);
    while (at < table.rows.size() && table.rows[at].id < row) ++at;
    if (at == table.rows.size()) break;
    if (table.rows[at].id != row) continue;
    auto [topic, is_new] = topics.try_emplace(
        std::string(query.text(2)), static_cast<std::uint32_t>(table.statement_topics.size()));
    if (is_new) table.statement_topics.push_back(topic->first);
    table.statements.push_back({static_cast<std::uint32_t>(at),
                                stated::kind(query.integer(1)),
                                topic->second,
                                {static_cast<std::uint32_t>(query.integer(3)),
                                 static_cast<std::uint32_t>(query.integer(4))}});
  }
  return {};
}

// Row order is day order; within a day the clock decides.
void sort_by_time(MentionTable& table) {
  std::vector<std::uint32_t> order(table.rows.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
    const MentionRow &x = table.rows[a], &y = table.rows[b];
    return x.published_at != y.published_at ? x.published_at < y.published_at : x.id < y.id;
  };
  if (std::is_sorted(order.begin(), order.end(), earlier)) return;
  std::sort(order.begin(), order.end(), earlier);
  std::vector<std::uint32_t> place(order.size());
  std::vector<MentionRow> rows;
  rows.reserve(table.rows.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    rows.push_back(table.rows[order[i]]);
  }
  table.rows = std::move(rows);
  for (MentionStatement& statement : table.statements) statement.row = place[statement.row];
  std::stable_sort(
      table.statements.begin(), table.statements.end(),
      [](const MentionStatement& a, const MentionStatement& b) { return a.row < b.row; });
}

}  // namespace

Status read_topics(Database& db, std::vector<TopicInfo>& out) {
  SqlStatement query = PLUMBLINE_TRY(db.prepare("SELECT id, label, words FROM topic ORDER BY id"));
  while (PLUMBLINE_TRY(query.step())) {
    TopicInfo& topic = out.emplace_back();
    topic.id = static_cast<int>(query.integer(0));
    topic.label = query.text(1);
    const std::string_view words = query.text(2);
    if (words.empty()) continue;
    for (std::string_view word : split(words, '\n')) topic.words.emplace_back(word);
  }
  return {};
}

Result<MentionTable> read_table(const ReaderGround& ground, const TableQuery& query) {
  MentionTable table;
  Range range;
  range.from = ground.zone.start_of(sane_day(query.from));
  range.to = ground.zone.start_of(sane_day(query.to) + 1);
  PLUMBLINE_CHECK(read_topics(ground.db, table.topics));
  if (!query.brand.empty()) {
    range.brand = PLUMBLINE_TRY(ground.names.find(NameKind::brand, query.brand));
    if (range.brand == 0) range.to = range.from;
  }
  PLUMBLINE_CHECK(read_rows(ground, range, table));
  PLUMBLINE_CHECK(read_statements(ground.db, table));
  sort_by_time(table);
  return table;
}

}  // namespace plumbline
