// Mentions whose words wait for their analysis.
#include "tests/store/fixture.h"

namespace plumbline {
namespace {

PutOutcome put_waiting(Store& store, std::vector<Entry> entries, bool update_known = false) {
  Batch batch;
  batch.entries = std::move(entries);
  batch.update_known = update_known;
  batch.index_with_analysis = true;
  return value_of(store.put(batch));
}

void analyse_all(Store& store) {
  std::vector<std::pair<std::int64_t, Analysis>> analyses;
  for (const StoredDocument& kept : value_of(store.stale("v1", 0, 100)))
    analyses.emplace_back(kept.row, analysis_of(Polarity::positive));
  ASSERT_TRUE(holds(store.put_analyses(analyses)));
}

std::vector<std::string> faults_of(const std::string& path) { return value_of(check_sqlite(path)); }

TEST(Unindexed, WordsFindThemOnceAnalysed) {
  Folder folder;
  {
    auto store = open_writer(folder.file());
    Entry analysed = entry_of("3", "cy", 20001, "the pump hums");
    analysed.analysis = analysis_of(Polarity::neutral);
    put_waiting(*store, {entry_of("1", "ada", 20000, "the pump leaks"),
                         entry_of("2", "bea", 20001, "a quiet pump"), analysed});
    EXPECT_EQ(value_of(store->unindexed()), 2);
    EXPECT_EQ(value_of(store->count(word("pump"))), 1);
    EXPECT_EQ(value_of(store->count(field("author", "ada"))), 1);
    // The key is known at once.
    EXPECT_EQ(put_waiting(*store, {entry_of("1", "ada", 20000, "the pump leaks")}).known, 1);
    EXPECT_EQ(value_of(store->unindexed()), 2);
  }
  EXPECT_EQ(faults_of(folder.file()), std::vector<std::string>{});
  EXPECT_EQ(value_of(open_reader(folder.file())->unindexed()), 2);  // looking changed nothing
  {
    auto store = open_writer(folder.file());
    analyse_all(*store);
    analyse_all(*store);
    EXPECT_EQ(value_of(store->unindexed()), 0);
    EXPECT_EQ(value_of(store->count(word("pump"))), 3);
    EXPECT_EQ(value_of(store->search(word("leaks"), 5)).size(), 1U);
  }
  EXPECT_EQ(faults_of(folder.file()), std::vector<std::string>{});
}

TEST(Unindexed, EditsAndDeletionsLeaveTheIndexSound) {
  Folder folder;
  {
    auto store = open_writer(folder.file());
    put_waiting(*store, {entry_of("1", "ada", 20000, "the pump leaks"),
                         entry_of("2", "bea", 20001, "a quiet pump"),
                         entry_of("3", "cy", 20001, "the pump hums")});
    EXPECT_EQ(put(*store, {entry_of("1", "ada", 20000, "the valve leaks")}, true).updated, 1);
    EXPECT_EQ(value_of(store->count(word("valve"))), 1);
    EXPECT_EQ(value_of(store->unindexed()), 2);
    Batch gone;
    gone.deleted = {{"forum", "2"}};
    EXPECT_EQ(value_of(store->put(gone)).deleted, 1);
    EXPECT_EQ(value_of(store->unindexed()), 1);
    EXPECT_EQ(value_of(store->forget("forum", "cy")), 1);
    EXPECT_EQ(value_of(store->unindexed()), 0);
  }
  EXPECT_EQ(faults_of(folder.file()), std::vector<std::string>{});
}

}  // namespace
}  // namespace plumbline
