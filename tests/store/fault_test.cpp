// What must hold when the process dies, the disk is full, or many read while one writes.
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <random>
#include <thread>

#include "store/sqlite.h"
#include "store/tokenizer.h"
#include "tests/store/fixture.h"

namespace plumbline {
namespace {

void expect_sound(const std::string& path) {
  auto db = value_of(Database::open(path, false));
  ASSERT_TRUE(holds(register_words(*db)));
  EXPECT_EQ(value_of(db->number("SELECT count(*) FROM pragma_integrity_check "
                                "WHERE integrity_check <> 'ok'")),
            0);
  EXPECT_TRUE(holds(db->run("INSERT INTO words(words, rank) VALUES('integrity-check', 1)")));
}

constexpr int kBatchSize = 40;

Batch numbered_batch(int number) {
  Batch batch;
  for (int i = 0; i < kBatchSize; ++i) {
    const int id = number * kBatchSize + i;
    Entry entry = entry_of(std::to_string(id), "user" + std::to_string(id % 17), 20000 + id % 50,
                           "pump text number " + std::to_string(id));
    entry.analysis = analysis_of(Polarity::positive);
    batch.entries.push_back(std::move(entry));
  }
  batch.notes = {{"cursor", std::to_string(number + 1)}};
  return batch;
}

// Writes batches from the kept cursor on and says on the pipe when each is safe.
[[noreturn]] void write_until_killed(const std::string& path, int pipe_end) {
  auto store = open_sqlite({path, false, true, {}});
  if (!store) _exit(3);
  for (int number = std::atoi((*store)->note("cursor").value_or("0").c_str());; ++number) {
    if (!(*store)->put(numbered_batch(number))) _exit(4);
    if (write(pipe_end, &number, sizeof number) != sizeof number) _exit(5);
  }
}

TEST(Kill, LosesNothingAcknowledged) {
  const char* asked = std::getenv("PLUMBLINE_KILLS");
  const int kills = asked == nullptr ? 15 : std::atoi(asked);
  Folder folder;
  const std::string path = folder.file();
  std::mt19937 random(static_cast<unsigned>(kills));
  int acknowledged = 0;
  for (int kill_number = 0; kill_number < kills; ++kill_number) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      close(ends[0]);
      write_until_killed(path, ends[1]);
    }
    close(ends[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 200));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer gave up with " << WEXITSTATUS(status);
    for (int number = 0; read(ends[0], &number, sizeof number) == sizeof number;)
      acknowledged = number + 1;
    close(ends[0]);

    auto store = open_writer(path);
    ASSERT_TRUE(store);
    const int cursor = std::atoi(value_of(store->note("cursor")).c_str());
    EXPECT_GE(cursor, acknowledged);
    EXPECT_LE(cursor, acknowledged + 1) << "one batch may be kept and not yet acknowledged";
    acknowledged = cursor;  // we have seen it now
    const std::int64_t want = std::int64_t{cursor} * kBatchSize;
    EXPECT_EQ(value_of(store->status("v1")).documents, want);
    EXPECT_EQ(value_of(store->count(word("pump"))), want);
    std::int64_t counted = 0;
    for (const Cell& cell : value_of(store->cells({"", "", 0, 30000, Unit::month})))
      counted += cell.counts.n;
    EXPECT_EQ(counted, want);
    store.reset();
    expect_sound(path);
    if (::testing::Test::HasFailure()) return;
    acknowledged = cursor;  // what was found is known: the next round may add one more
  }
  EXPECT_GT(acknowledged, 0);
  std::printf("%d kills, %d batches acknowledged, none lost\n", kills, acknowledged);
}

Entry bulky(int id) {
  std::string text = "pump";
  std::mt19937 random(static_cast<unsigned>(id));
  while (text.size() < 3000) text += " w" + std::to_string(random());
  return entry_of("b" + std::to_string(id), "ada", 20000 + id % 9, text);
}

// Fills the store until it says that the disk is full; then makes room and goes on.
void fill_and_go_on(const std::string& path, const std::function<void()>& make_room) {
  auto store = open_writer(path);
  ASSERT_TRUE(store);
  std::int64_t kept = 0;
  int next = 0;
  for (;; ++next) {
    ASSERT_LT(next, 2000) << "the disk never filled";
    Batch batch;
    for (int i = 0; i < 20; ++i) batch.entries.push_back(bulky(next * 20 + i));
    batch.notes = {{"cursor", std::to_string(next + 1)}};
    const auto done = store->put(batch);
    if (done) {
      kept += done->added;
      continue;
    }
    EXPECT_EQ(done.error().code, ErrorCode::disk_full) << describe(done.error());
    EXPECT_NE(done.error().message.find(path), std::string::npos) << done.error().message;
    break;
  }
  EXPECT_GT(kept, 0);
  EXPECT_EQ(value_of(store->count({})), kept) << "the store still answers";
  EXPECT_EQ(value_of(store->note("cursor")), std::to_string(next));
  make_room();
  Batch batch;
  for (int i = 0; i < 20; ++i) batch.entries.push_back(bulky(next * 20 + i));
  EXPECT_EQ(value_of(store->put(batch)).added, 20) << "the same store goes on";
  EXPECT_EQ(value_of(store->count(word("pump"))), kept + 20);
  store.reset();
  expect_sound(path);
}

TEST(FullDisk, IsSaidAndSurvived) {
  Folder folder;
  const std::string mount_point = folder.file("small");
  std::filesystem::create_directory(mount_point);
  if (mount("tmpfs", mount_point.c_str(), "tmpfs", 0, "size=6m") == 0) {
    fill_and_go_on(mount_point + "/test.db", [&] {
      ASSERT_EQ(mount("tmpfs", mount_point.c_str(), "tmpfs", MS_REMOUNT, "size=60m"), 0);
    });
    umount(mount_point.c_str());
    return;
  }
  // Without the right to mount: a limit on the size of files says the same with another number.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit low = before;
  low.rlim_cur = 4 << 20;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &low), 0);
  fill_and_go_on(folder.file(), [&] { ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0); });
  setrlimit(RLIMIT_FSIZE, &before);
}

TEST(FullDisk, SeenThroughAFileSizeLimit) {
  Folder folder;
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit low = before;
  low.rlim_cur = 4 << 20;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &low), 0);
  fill_and_go_on(folder.file(), [&] { ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0); });
  setrlimit(RLIMIT_FSIZE, &before);
}

TEST(Concurrency, ReadersNeverFailWhileOneWrites) {
  Folder folder;
  const std::string path = folder.file();
  auto writer = open_writer(path);
  ASSERT_TRUE(writer->put(numbered_batch(0)));
  std::atomic<bool> done{false};
  std::atomic<int> rounds{0}, faults{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        auto opened = open_sqlite({path, true, false, {}});
        if (!opened) {
          ++faults;
          std::printf("%s\n", describe(opened.error()).c_str());
          continue;
        }
        const Store& store = **opened;
        for (int round = 0; round < 5; ++round) {
          const auto rows = store.table(0, 30000, "");
          const auto cells = store.cells({"", "", 0, 30000, Unit::month});
          const auto found = store.search(word("pump"), 20);
          const auto status = store.status("v1");
          const auto people = store.documents_of("forum", "user3", 20);
          if (!rows || !cells || !found || !status || !people) ++faults;
          if (rows && rows->rows.size() % kBatchSize != 0) ++faults;  // half a batch
          std::int64_t counted = 0;
          for (const Cell& cell : cells.value_or(std::vector<Cell>())) counted += cell.counts.n;
          if (counted % kBatchSize != 0) ++faults;
          ++rounds;
        }
      }
    });
  }
  for (int number = 1; number < 40; ++number) {
    if (!writer->put(numbered_batch(number))) ++faults;
    if (number % 10 == 0 && !writer->roll_up()) ++faults;
  }
  while (rounds < 8) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(faults, 0);
  EXPECT_EQ(value_of(writer->status("v1")).documents, 40 * kBatchSize);
}

}  // namespace
}  // namespace plumbline
