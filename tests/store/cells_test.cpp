#include <cmath>
#include <map>
#include <random>
#include <set>

#include "tests/store/fixture.h"

namespace plumbline {
namespace {

constexpr Day kFrom = 19000, kTo = 21000;
using CellKey = std::pair<std::string, Day>;

// The cells counted the plain way, from the documents themselves.
std::map<CellKey, Cell> recount(const Store& store, Unit unit, const std::string& source,
                                const Zone& zone) {
  struct Voice {
    int labels = 0, sum = 0;
  };
  std::map<CellKey, Cell> cells;
  std::map<CellKey, std::map<std::string, Voice>> voices;
  for (const StoredDocument& kept : value_of(store.after(0, 1000000))) {
    const Document& document = kept.document;
    if (document.published_at == kNoTime || document.from_session) continue;
    if (!source.empty() && document.source != source) continue;
    const CellKey key{document.brand, period_start(zone.day_of(document.published_at), unit)};
    Cell& cell = cells[key];
    ++cell.counts.n;
    if (kept.copy_of == 0) ++cell.counts.distinct;
    const std::string who = document.author.id.empty() ? "row " + std::to_string(kept.row)
                                                       : document.source + " " + document.author.id;
    Voice& voice = voices[key][who];
    if (kept.analysis.price_talk >= 0.5F) ++cell.price_talk;
    if (kept.analysis.value_talk >= 0.5F) ++cell.value_talk;
    if (kept.analysis.version.empty() || !kept.analysis.scored) continue;
    const int label = static_cast<int>(kept.analysis.sentiment.label);
    ++(label > 0 ? cell.positive : label < 0 ? cell.negative : cell.neutral);
    if (kept.copy_of != 0) continue;
    ++voice.labels;
    voice.sum += label;
  }
  for (const auto& [key, people] : voices) {
    Cell& cell = cells[key];
    for (const auto& [who, voice] : people) {
      ++cell.counts.authors;
      if (voice.labels == 0) continue;
      const double mean = static_cast<double>(voice.sum) / voice.labels;
      ++cell.votes;
      cell.vote_sum += mean;
      cell.vote_squares += mean * mean;
    }
  }
  return cells;
}

void expect_same(const Store& store, const Zone& zone, const std::string& when) {
  for (Unit unit : {Unit::day, Unit::week, Unit::month}) {
    for (const char* source : {"", "forum", "blog"}) {
      const auto want = recount(store, unit, source, zone);
      const auto got = value_of(store.cells({"", source, kFrom, kTo, unit}));
      ASSERT_EQ(got.size(), want.size()) << when << " " << source;
      for (const Cell& cell : got) {
        const auto found = want.find({cell.brand, cell.start});
        ASSERT_NE(found, want.end()) << when << " " << cell.brand << " " << cell.start;
        const Cell& same = found->second;
        EXPECT_EQ(cell.counts.n, same.counts.n) << when;
        EXPECT_EQ(cell.counts.distinct, same.counts.distinct) << when;
        EXPECT_EQ(cell.counts.authors, same.counts.authors) << when;
        EXPECT_EQ(cell.positive, same.positive) << when;
        EXPECT_EQ(cell.neutral, same.neutral) << when;
        EXPECT_EQ(cell.negative, same.negative) << when;
        EXPECT_EQ(cell.price_talk, same.price_talk) << when;
        EXPECT_EQ(cell.value_talk, same.value_talk) << when;
        EXPECT_EQ(cell.votes, same.votes) << when;
        EXPECT_NEAR(cell.vote_sum, same.vote_sum, 1e-9) << when;
        EXPECT_NEAR(cell.vote_squares, same.vote_squares, 1e-9) << when;
      }
    }
  }
}

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int below(int most) { return static_cast<int>(engine_() % static_cast<unsigned>(most)); }

  Entry entry() {
    static const char* const kBrands[] = {"Acme", "Bolt", ""};
    Entry made = entry_of(std::to_string(below(120)), below(5) == 0 ? "" : people(), 20000,
                          "text " + std::to_string(below(1000)));
    Document& document = made.document;
    document.source = below(2) == 0 ? "forum" : "blog";
    document.published_at = noon(20000 + below(70)) + below(86400) - 43200;
    if (below(25) == 0) document.published_at = kNoTime;
    document.brand = kBrands[below(3)];
    document.from_session = below(15) == 0;
    if (below(3) > 0) {
      made.fingerprint.folded = static_cast<std::uint64_t>(below(30) + 1);
      made.fingerprint.bands = {static_cast<std::uint32_t>(below(30))};
      made.fingerprint.sketch = std::string(64, static_cast<char>('a' + below(6)));
    }
    if (below(4) > 0) made.analysis = analysis();
    return made;
  }
  Analysis analysis() {
    Analysis made = analysis_of(static_cast<Polarity>(below(3) - 1));
    made.scored = below(6) > 0;
    made.price_talk = below(2) == 0 ? 0.9F : 0.1F;
    made.value_talk = below(3) == 0 ? 0.5F : 0.0F;
    return made;
  }
  std::string people() { return "user" + std::to_string(below(12)); }

 private:
  std::mt19937 engine_;
};

void random_step(Store& store, Chance& chance) {
  const int kind = chance.below(10);
  if (kind < 6) {
    Batch batch;
    for (int i = chance.below(20); i >= 0; --i) batch.entries.push_back(chance.entry());
    batch.update_known = chance.below(2) == 0;
    if (chance.below(3) == 0)
      batch.deleted = {{"forum", std::to_string(chance.below(120))},
                       {"blog", std::to_string(chance.below(120))}};
    value_of(store.put(batch));
  } else if (kind < 8) {
    std::vector<std::pair<std::int64_t, Analysis>> analyses;
    for (const StoredDocument& kept : value_of(store.after(0, 1000)))
      if (chance.below(8) == 0) analyses.emplace_back(kept.row, chance.analysis());
    EXPECT_TRUE(holds(store.put_analyses(analyses)));
  } else if (kind == 8) {
    static_cast<void>(store.forget(chance.below(2) == 0 ? "forum" : "blog", chance.people()));
  } else {
    EXPECT_TRUE(holds(store.roll_up()));
  }
}

TEST(Cells, EqualARecountAfterAnyChanges) {
  const Zone oslo = value_of(Zone::find("Europe/Oslo"));
  for (unsigned seed = 1; seed <= 12; ++seed) {
    Folder folder;
    const Zone zone = seed % 2 == 0 ? oslo : Zone();
    auto store = open_writer(folder.file(), zone);
    Chance chance(seed);
    for (int step = 0; step < 25; ++step) {
      random_step(*store, chance);
      if (step % 6 != 5 && step != 24) continue;
      const std::string when = "seed " + std::to_string(seed) + " step " + std::to_string(step);
      expect_same(*store, zone, when + " before roll_up");
      ASSERT_TRUE(holds(store->roll_up()));
      expect_same(*store, zone, when + " after roll_up");
      if (::testing::Test::HasFailure()) return;
    }
    const StoreStatus status = value_of(store->status("v1"));
    std::int64_t documents = 0, firsts = 0, analysed = 0;
    std::set<std::string> authors;
    for (const StoredDocument& kept : value_of(store->after(0, 100000))) {
      ++documents;
      if (kept.copy_of == 0) ++firsts;
      if (!kept.analysis.version.empty()) ++analysed;
      if (!kept.document.author.id.empty())
        authors.insert(kept.document.source + kept.document.author.id);
    }
    EXPECT_EQ(status.documents, documents);
    EXPECT_EQ(status.distinct, firsts);
    EXPECT_EQ(status.not_analysed, documents - analysed);
    EXPECT_EQ(status.authors, static_cast<std::int64_t>(authors.size()));
  }
}

TEST(Cells, CountDaysOfTheZone) {
  Folder folder;
  Entry late = entry_of("1", "ada", 20000, "late in the evening");
  late.document.published_at = Seconds{20000} * kSecondsPerDay + 23 * 3600 + 1800;
  put(*open_writer(folder.file()), {late});
  const Zone oslo = value_of(Zone::find("Europe/Oslo"));
  {
    auto reader = open_reader(folder.file(), oslo);
    const auto cells = value_of(reader->cells({"", "", kFrom, kTo, Unit::day}));
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0].start, 20001) << "a reader of another zone counts for itself";
  }
  {
    auto writer = open_writer(folder.file(), oslo);
    const auto cells = value_of(writer->cells({"", "", kFrom, kTo, Unit::day}));
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0].start, 20001);
    EXPECT_EQ(value_of(writer->table(20001, 20001, "")).rows.size(), 1U);
    EXPECT_TRUE(value_of(writer->table(20000, 20000, "")).rows.empty());
  }
  const auto cells =
      value_of(open_reader(folder.file(), oslo)->cells({"", "", kFrom, kTo, Unit::day}));
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].start, 20001);
}

TEST(Table, ComesInTimeOrderWithItsStatements) {
  Folder folder;
  auto store = open_writer(folder.file());
  std::vector<Entry> entries;
  for (int i = 0; i < 40; ++i) {
    Entry entry = entry_of(std::to_string(i), i % 3 == 0 ? "" : "ada", 20000 + i % 4, "text");
    entry.document.published_at += (i * 7919) % 40000;
    entry.analysis = analysis_of(Polarity::positive);
    entry.analysis->statements = {{StatementKind::need, i % 2 == 0 ? "delivery" : "", {0, 4}}};
    entries.push_back(entry);
  }
  put(*store, entries);
  const MentionTable table = value_of(store->table(20001, 20002, "Acme"));
  ASSERT_EQ(table.rows.size(), 20U);
  ASSERT_EQ(table.statements.size(), 20U);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const MentionRow& row = table.rows[i];
    EXPECT_EQ(table.statements[i].row, i);
    EXPECT_TRUE(row.day == 20001 || row.day == 20002);
    EXPECT_EQ(table.brands[row.brand], "Acme");
    const auto kept = value_of(store->documents(std::vector<std::int64_t>{row.id}));
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].document.published_at, row.published_at);
    EXPECT_EQ(row.voice > 0, !kept[0].document.author.id.empty());
    EXPECT_EQ(table.statement_topics[table.statements[i].topic],
              kept[0].analysis.statements[0].topic);
    EXPECT_LE(table.rows[i == 0 ? 0 : i - 1].published_at, row.published_at);
  }
  EXPECT_TRUE(value_of(store->table(20001, 20002, "Nobody")).rows.empty());
}

TEST(Table, KnowsPraiseThatMayNotBeMeant) {
  Folder folder;
  auto store = open_writer(folder.file());
  struct Case {
    Polarity label;
    float irony;
    bool blames, doubtful;
  };
  const Case cases[] = {{Polarity::positive, 0.95F, false, true},
                        {Polarity::positive, 0.3F, true, true},
                        {Polarity::positive, 0.3F, false, false},
                        {Polarity::positive, kIronyNotJudged, true, false},
                        {Polarity::negative, 0.95F, false, false}};
  std::vector<Entry> entries;
  for (const Case& c : cases) {
    Entry entry = entry_of(std::to_string(entries.size()), "ada", 20000, "text");
    entry.analysis = analysis_of(c.label);
    entry.analysis->irony = c.irony;
    if (c.blames) entry.analysis->aspects = {{"price", Polarity::negative, {0, 4}}};
    entries.push_back(entry);
  }
  put(*store, entries);
  const auto rows = value_of(store->table(20000, 20000, "")).rows;
  ASSERT_EQ(rows.size(), std::size(cases));
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].doubtful, cases[i].doubtful) << i;
  // What is read anew is marked anew.
  const std::vector<std::pair<std::int64_t, Analysis>> anew = {
      {rows[0].id, analysis_of(Polarity::positive, "v2")}};
  ASSERT_TRUE(holds(store->put_analyses(anew)));
  EXPECT_FALSE(value_of(store->table(20000, 20000, "")).rows[0].doubtful);
}

TEST(Grouping, IsWrittenAsAWhole) {
  Folder folder;
  auto store = open_writer(folder.file());
  put(*store, {entry_of("1", "ada", 20000, "one"), entry_of("2", "", 20000, "two")});
  const auto rows = value_of(store->table(20000, 20000, "")).rows;
  Grouping grouping;
  grouping.version = "g1";
  grouping.topics = {{7, "late delivery", {"late", "delivery"}}};
  grouping.topic_of = {{rows[0].id, 7}};
  grouping.cluster_of = {{rows[0].voice, 1}, {rows[1].voice, 2}, {999, 3}};
  grouping.clusters_note = "stable";
  grouping.cluster_stability = 0.9;
  ASSERT_TRUE(holds(store->put_grouping(grouping)));
  const MentionTable table = value_of(store->table(20000, 20000, ""));
  EXPECT_EQ(table.rows[0].topic, 7);
  EXPECT_EQ(table.rows[1].topic, kNoTopic);
  EXPECT_EQ(table.rows[0].cluster, 1);
  EXPECT_EQ(table.rows[1].cluster, 2);
  ASSERT_EQ(table.topics.size(), 1U);
  EXPECT_EQ(table.topics[0].words, grouping.topics[0].words);
  EXPECT_EQ(value_of(store->count(field("topic", "delivery"))), 1);
  EXPECT_EQ(value_of(store->count(field("topic", "7"))), 1);
  const Grouping kept = value_of(store->grouping());
  EXPECT_EQ(kept.version, "g1");
  EXPECT_EQ(kept.clusters_note, "stable");
  EXPECT_EQ(kept.cluster_stability, 0.9);
  ASSERT_TRUE(holds(store->put_grouping({})));
  EXPECT_EQ(value_of(store->table(20000, 20000, "")).rows[0].topic, kNoTopic);
}

}  // namespace
}  // namespace plumbline
