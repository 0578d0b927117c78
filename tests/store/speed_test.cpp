// How fast the store is. Runs only when asked:
//   PLUMBLINE_SPEED_ROWS=1000000 build/release/tests/store_test --gtest_filter='Speed.*'
// PLUMBLINE_SPEED_SHUFFLED=1 dates the mentions at random in the year instead of in order.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>

#include <fmt/format.h>

#include "store/sqlite.h"
#include "tests/store/fixture.h"

namespace plumbline {
namespace {

double seconds_now() {
  using Clock = std::chrono::steady_clock;
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

long peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

// Mentions of about 290 bytes with a Zipf vocabulary of 60,000 words; one in five a near copy; 60 %
// of the authors evenly, 40 % by Zipf; one in twelve not ASCII; 5 brands, 12 sources, a year.
class Talk {
 public:
  Talk(int rows, bool shuffled) : rows_(rows), shuffled_(shuffled) {
    for (int i = 0; i < 60000; ++i) {
      std::string word;
      for (unsigned n = 2 + random() % 8; n > 0; --n)
        word += static_cast<char>('a' + random() % 26);
      words_.push_back(word);
    }
  }

  Entry next() {
    Entry entry;
    Document& document = entry.document;
    const int row = made_++;
    document.source = fmt::format("source{}", random() % 12);
    document.id = fmt::format("{:x}", random() | (std::uint64_t{static_cast<unsigned>(row)} << 32));
    document.url = "https://forum.example/" + document.id;
    const int people = std::max(rows_ / 8, 10);
    const int who = random() % 10 < 6 ? static_cast<int>(random() % static_cast<unsigned>(people))
                                      : zipf(people);
    document.author = {fmt::format("u{}", who), fmt::format("user{}", who), ""};
    const double place = shuffled_ ? static_cast<double>(random() % 1000000) / 1e6
                                   : static_cast<double>(row) / rows_;
    document.published_at = 1735689600 + static_cast<Seconds>(place * 365 * 86400);
    document.brand = fmt::format("Brand{}", random() % 5);
    document.lang = "en";
    while (document.text.size() < 285) {
      if (!document.text.empty()) document.text += ' ';
      document.text += words_[static_cast<std::size_t>(zipf(60000))];
    }
    if (row % 12 == 0) document.text += " mémoire 数据";
    print_of(entry.fingerprint);
    entry.analysis = analysis_of(static_cast<Polarity>(static_cast<int>(random() % 3) - 1));
    if (random() % 2 == 0)
      entry.analysis->statements = {
          {static_cast<StatementKind>(random() % 7), "delivery", {0, 40}}};
    if (random() % 5 == 0) entry.analysis->price_talk = 0.75F;
    return entry;
  }

 private:
  unsigned random() { return static_cast<unsigned>(engine_()); }
  int zipf(int most) {
    const double u = static_cast<double>(random() % 1000000 + 1) / 1e6;
    return std::min(most - 1, static_cast<int>(std::pow(most, u)) - 1);
  }
  void print_of(Fingerprint& print) {
    if (!recent_.empty() && random() % 5 == 0) {
      print = recent_[random() % recent_.size()];
      return;
    }
    print.folded = (std::uint64_t{random()} << 32) | random();
    for (int i = 0; i < 6; ++i) print.bands.push_back(random());
    for (int i = 0; i < 64; ++i) print.sketch += static_cast<char>(random());
    if (recent_.size() < 5000) {
      recent_.push_back(print);
    } else {
      recent_[random() % recent_.size()] = print;
    }
  }

  int rows_, made_ = 0;
  bool shuffled_;
  std::mt19937 engine_{11};
  std::vector<std::string> words_;
  std::vector<Fingerprint> recent_;
};

void timed(const std::string& what, const std::function<std::size_t()>& work) {
  std::vector<double> times;
  std::size_t found = 0;
  for (int i = 0; i < 5; ++i) {
    const double start = seconds_now();
    found = work();
    times.push_back((seconds_now() - start) * 1000);
  }
  std::sort(times.begin(), times.end());
  std::printf("%-52s %10.2f ms median %10.2f min  (%zu)\n", what.c_str(), times[2], times[0],
              found);
}

void measure_reading(const std::string& path) {
  auto store = open_reader(path);
  const Day from = 20089, to = 20089 + 400;
  for (Unit unit : {Unit::day, Unit::week, Unit::month})
    timed(fmt::format("cells of a year, all brands, unit {}", static_cast<int>(unit)), [&] {
      return value_of(store->cells({"", "", from, to, unit})).size();
    });
  timed("cells of a year, one brand and source, days", [&] {
    return value_of(store->cells({"Brand1", "source3", from, to, Unit::day})).size();
  });
  timed("table of everything", [&] { return value_of(store->table(from, to, "")).rows.size(); });
  timed("table of one month", [&] { return value_of(store->table(20200, 20230, "")).rows.size(); });
  const std::string common = value_of(store->documents_of("source3", "user0", 1))[0].document.text;
  std::vector<std::string> words;
  for (std::string_view w : split(common, ' ')) words.emplace_back(w);
  const auto both = joined(SearchNode::Kind::both, {word(words[0]), word(words[1])});
  timed("newest 20 of a word", [&] { return value_of(store->search(word(words[0]), 20)).size(); });
  timed("newest 20 of two words", [&] { return value_of(store->search(both, 20)).size(); });
  const auto filtered =
      joined(SearchNode::Kind::both, {word(words[0]), field("brand", "Brand2"),
                                      field("sentiment", "negative"), field("source", "source5"),
                                      field("after", "2025-04-01"), field("before", "2025-07-01")});
  timed("newest 20, word, quarter, brand, source, sentiment",
        [&] { return value_of(store->search(filtered, 20)).size(); });
  timed("count of the same",
        [&] { return static_cast<std::size_t>(value_of(store->count(filtered))); });
  timed("count of a word",
        [&] { return static_cast<std::size_t>(value_of(store->count(word(words[0])))); });
  timed("newest 500 of the busiest author",
        [&] { return value_of(store->documents_of("source3", "user0", 500)).size(); });
  timed("accounts that hold user12",
        [&] { return value_of(store->accounts("user12", 20)).size(); });
  timed("busiest accounts", [&] { return value_of(store->busiest_accounts(20)).size(); });
  timed("stale, nothing is", [&] { return value_of(store->stale("v1", 0, 1000)).size(); });
  timed("status", [&] { return value_of(store->status("v1")).by_source.size(); });
}

TEST(Speed, OfAFullStore) {
  const char* asked = std::getenv("PLUMBLINE_SPEED_ROWS");
  if (asked == nullptr) GTEST_SKIP() << "set PLUMBLINE_SPEED_ROWS to measure";
  const int rows = std::atoi(asked);
  constexpr int kBatch = 10000;
  Folder folder;
  const std::string path = folder.file();
  Talk talk(rows, std::getenv("PLUMBLINE_SPEED_SHUFFLED") != nullptr);
  auto store = open_writer(path);
  double wall = 0, cpu = 0;
  std::int64_t copies = 0;
  for (int done = 0; done < rows;) {
    Batch batch;
    for (int i = 0; i < kBatch; ++i) batch.entries.push_back(talk.next());
    const double start = seconds_now(), start_cpu = cpu_seconds();
    copies += value_of(store->put(batch)).copies;
    const double took = seconds_now() - start;
    wall += took;
    cpu += cpu_seconds() - start_cpu;
    done += kBatch;
    if (done == kBatch || done % 100000 == 0)
      std::printf(
          "%8d rows: last batch %6.0f rows/s, so far %6.0f rows/s wall, %6.0f per CPU s, "
          "peak %ld MB\n",
          done, kBatch / took, done / wall, done / cpu, peak_megabytes());
    std::fflush(stdout);
  }
  std::printf("copies %lld of %d\n", static_cast<long long>(copies), rows);
  double start = seconds_now();
  ASSERT_TRUE(holds(store->roll_up()));
  std::printf("roll_up of everything %.2f s\n", seconds_now() - start);
  start = seconds_now();
  EXPECT_GT(value_of(store->forget("source3", "user1")), 0);
  std::printf("forget one author %.2f s\n", seconds_now() - start);
  std::printf("bytes %.3f GB\n", static_cast<double>(value_of(store->status("v1")).bytes) / 1e9);
  store.reset();
  start = seconds_now();
  store = open_writer(path);
  put(*store, {talk.next()});
  std::printf("open and first put %.2f s\n", seconds_now() - start);
  ASSERT_TRUE(holds(store->roll_up()));
  store.reset();
  measure_reading(path);
}

}  // namespace
}  // namespace plumbline
