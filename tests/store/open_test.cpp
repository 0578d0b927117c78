#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>

#include "store/migrations.h"
#include "store/sqlite.h"
#include "tests/store/fixture.h"

namespace plumbline {
namespace {

Error refusal(const SqliteOptions& options) {
  auto store = open_sqlite(options);
  EXPECT_FALSE(store);
  return store ? Error{} : store.error();
}

unsigned mode_of(const std::string& path) {
  struct stat file {};
  return stat(path.c_str(), &file) == 0 ? file.st_mode & 0777U : 0U;
}

TEST(OpenStore, MakesFilesForTheOwnerAlone) {
  Folder folder;
  const std::string path = folder.file();
  auto store = open_writer(path);
  put(*store, {entry_of("1", "ada", 20000, "text")});
  for (const char* suffix : {"", "-wal", "-shm", ".lock"})
    EXPECT_EQ(mode_of(path + suffix), 0600U) << suffix;
}

TEST(OpenStore, SaysWhatIsMissing) {
  Folder folder;
  EXPECT_EQ(refusal({folder.file(), false, false, {}}).code, ErrorCode::not_found);
  EXPECT_EQ(refusal({folder.file(), true, true, {}}).code, ErrorCode::not_found);
  EXPECT_NE(refusal({folder.file("no/such/dir.db"), false, true, {}}).code, ErrorCode::internal);
}

TEST(OpenStore, LetsOneWriterInAndNamesIt) {
  Folder folder;
  auto store = open_writer(folder.file());
  const Error error = refusal({folder.file(), false, true, {}});
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_NE(error.message.find(std::to_string(getpid())), std::string::npos) << error.message;
  EXPECT_TRUE(open_reader(folder.file()));
  store.reset();
  EXPECT_TRUE(open_writer(folder.file()));
}

TEST(OpenStore, LeavesOtherFilesAlone) {
  Folder folder;
  {
    std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
    const Error error = refusal({folder.file("text.db"), false, true, {}});
    EXPECT_EQ(error.code, ErrorCode::store);
    EXPECT_NE(error.message.find("not a Plumbline store"), std::string::npos) << error.message;
  }
  {
    close(open(folder.file("other.db").c_str(), O_CREAT | O_WRONLY, 0600));
    auto other = value_of(Database::open(folder.file("other.db"), false));
    ASSERT_TRUE(holds(other->run("CREATE TABLE recipe(name TEXT)")));
  }
  const Error error = refusal({folder.file("other.db"), false, true, {}});
  EXPECT_EQ(error.code, ErrorCode::invalid);
}

TEST(OpenStore, SaysWhenTheFileIsDamaged) {
  Folder folder;
  {
    auto store = open_writer(folder.file());
    std::vector<Entry> entries;
    for (int i = 0; i < 2000; ++i)
      entries.push_back(entry_of(std::to_string(i), "ada", 20000, "text " + std::to_string(i)));
    put(*store, entries);
  }
  {
    std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(8192 * 2);
    file << std::string(8192 * 20, '\x5a');
  }
  auto store = open_sqlite({folder.file(), true, false, {}});
  if (store) {
    const auto all = (*store)->after(0, 10000);
    ASSERT_FALSE(all);
    EXPECT_NE(all.error().message.find("damaged"), std::string::npos) << all.error().message;
  } else {
    EXPECT_NE(store.error().message.find("damaged"), std::string::npos) << store.error().message;
  }
}

TEST(OpenStore, ReadersCannotWrite) {
  Folder folder;
  put(*open_writer(folder.file()), {entry_of("1", "ada", 20000, "text")});
  auto reader = open_reader(folder.file());
  EXPECT_EQ(reader->put({}).error().code, ErrorCode::denied);
  EXPECT_EQ(reader->roll_up().error().code, ErrorCode::denied);
  EXPECT_EQ(reader->forget("forum", "ada").error().code, ErrorCode::denied);
  EXPECT_EQ(reader->put_grouping({}).error().code, ErrorCode::denied);
  EXPECT_EQ(value_of(reader->count({})), 1);
}

TEST(Migrations, BringAnOldFileUpToDate) {
  Folder folder;
  const std::string path = folder.file();
  put(*open_writer(path), {entry_of("1", "ada", 20000, "text")});
  auto db = value_of(Database::open(path, false));
  std::vector<Migration> steps(migrations().begin(), migrations().end());
  const int newest = schema_version();
  steps.push_back({newest + 1, "ALTER TABLE coverage ADD COLUMN extra INTEGER NOT NULL DEFAULT 5"});
  steps.push_back(
      {newest + 2, "CREATE TABLE later(x INTEGER) STRICT; INSERT INTO later VALUES(7)"});
  ASSERT_TRUE(holds(migrate(*db, steps)));
  EXPECT_EQ(value_of(db->number("PRAGMA user_version")), newest + 2);
  EXPECT_EQ(value_of(db->number("SELECT x FROM later")), 7);
  ASSERT_TRUE(holds(migrate(*db, steps))) << "a second time there is nothing to do";
  EXPECT_EQ(value_of(db->number("SELECT count(*) FROM later")), 1);
  db.reset();
  // This program does not know that later schema.
  EXPECT_EQ(refusal({path, false, true, {}}).code, ErrorCode::invalid);
  EXPECT_EQ(refusal({path, true, false, {}}).code, ErrorCode::invalid);
}

TEST(Migrations, AStepThatFailsLeavesNothing) {
  Folder folder;
  const std::string path = folder.file();
  open_writer(path);
  auto db = value_of(Database::open(path, false));
  std::vector<Migration> steps(migrations().begin(), migrations().end());
  steps.push_back({schema_version() + 1, "CREATE TABLE half(x); INSERT INTO nowhere VALUES(1)"});
  EXPECT_FALSE(migrate(*db, steps));
  EXPECT_EQ(value_of(db->number("PRAGMA user_version")), schema_version());
  EXPECT_EQ(value_of(db->number("SELECT count(*) FROM sqlite_master WHERE name = 'half'")), 0);
}

TEST(Migrations, AReaderOfAnOlderFileIsToldTheCommand) {
  Folder folder;
  const std::string path = folder.file();
  open_writer(path);
  {
    auto db = value_of(Database::open(path, false));
    ASSERT_TRUE(holds(db->run("PRAGMA user_version = 0")));
  }
  const Error error = refusal({path, true, false, {}});
  EXPECT_NE(error.message.find("plumbline nightly"), std::string::npos) << error.message;
}

TEST(Coverage, ALaterRunFillsTheGapBeforeIt) {
  Folder folder;
  auto store = open_writer(folder.file());
  constexpr Day kBegin = 20000;
  const auto put = [&](Day day, CoverageState state, bool catches_up) {
    Batch batch;
    batch.coverage = {{"forum", day, state, state == CoverageState::complete ? "" : "no answer", 1,
                       0, catches_up}};
    ASSERT_TRUE(store->put(batch));
  };
  const auto states = [&] {
    std::string out;
    for (const CoverageDay& day : value_of(store->coverage(kBegin, kBegin + 30)))
      out += "cpm"[static_cast<int>(day.state)];
    return out;
  };
  put(kBegin, CoverageState::missing, false);
  put(kBegin + 1, CoverageState::complete, false);  // began with what there was: day 0 is lost
  put(kBegin + 2, CoverageState::partial, false);
  put(kBegin + 3, CoverageState::missing, false);
  EXPECT_EQ(states(), "mcpm");
  put(kBegin + 6, CoverageState::complete, true);  // no row for 4 and 5: the computer was off
  EXPECT_EQ(states(), "mcccccc");
  EXPECT_EQ(value_of(store->coverage(kBegin + 3, kBegin + 3)).front().reason,
            "read later, on " + format_day(kBegin + 6));
  put(kBegin + 7, CoverageState::complete, true);
  EXPECT_EQ(states(), "mccccccc");
}

TEST(Notes, GoWithTheBatch) {
  Folder folder;
  auto store = open_writer(folder.file());
  Batch batch;
  batch.notes = {{"cursor forum", "abc"}, {"cursor blog", "x"}, {"etag", "1"}};
  batch.coverage = {{"forum", 20000, CoverageState::complete, "", 10, 1}};
  ASSERT_TRUE(store->put(batch));
  EXPECT_EQ(value_of(store->note("cursor forum")), "abc");
  EXPECT_EQ(value_of(store->notes("cursor ")).size(), 2U);
  batch.notes = {{"cursor blog", ""}};
  batch.coverage = {{"forum", 20000, CoverageState::missing, "broke off", 5, 0},
                    {"blog", 20000, CoverageState::missing, "no answer", 0, 0}};
  ASSERT_TRUE(store->put(batch));
  EXPECT_EQ(value_of(store->note("cursor blog")), "");
  const auto days = value_of(store->coverage(20000, 20000));
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0].source, "blog");
  EXPECT_EQ(days[0].state, CoverageState::missing);
  EXPECT_EQ(days[1].state, CoverageState::partial) << "some of it had come";
  EXPECT_EQ(days[1].documents, 15);
  EXPECT_EQ(days[1].skipped, 1);
  EXPECT_EQ(days[1].reason, "broke off");
}

}  // namespace
}  // namespace plumbline
