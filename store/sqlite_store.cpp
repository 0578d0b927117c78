#include "store/sqlite_store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <mutex>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "store/counting.h"
#include "store/lock.h"
#include "store/migrations.h"
#include "store/reading.h"
#include "store/rows.h"
#include "store/searching.h"
#include "store/sqlite.h"
#include "store/tokenizer.h"
#include "store/writing.h"

namespace plumbline {
namespace {

class SqliteStore final : public Store {
 public:
  SqliteStore(WriterLock lock, std::unique_ptr<Database> db, const SqliteOptions& options)
      : lock_(std::move(lock)),
        db_(std::move(db)),
        zone_(options.zone),
        names_(*db_),
        copies_(*db_),
        read_only_(options.read_only) {}

  Status prepare_zone();
  Status finish_erasing();

  Result<PutOutcome> put(const Batch& batch) override;
  Status put_analyses(std::span<const std::pair<std::int64_t, Analysis>> analyses) override;
  Status put_grouping(const Grouping& grouping) override;
  Status roll_up() override;
  Result<std::int64_t> forget(std::string_view source, std::string_view handle) override;

  Result<std::string> note(std::string_view key) const override;
  Result<std::vector<std::pair<std::string, std::string>>> notes(
      std::string_view prefix) const override;
  Result<std::vector<StoredDocument>> stale(std::string_view version, std::int64_t after,
                                            int limit) const override;
  Result<std::vector<Cell>> cells(const CellQuery& query) const override;
  Result<MentionTable> table(Day from, Day to, std::string_view brand) const override;
  Result<std::vector<StoredDocument>> documents(std::span<const std::int64_t> rows) const override;
  Result<std::vector<StoredDocument>> after(std::int64_t row, int limit) const override;
  Result<std::vector<std::pair<std::int64_t, std::string>>> newest_ids(std::string_view source,
                                                                       std::string_view prefix,
                                                                       std::int64_t below,
                                                                       int limit) const override;
  Result<std::vector<StoredDocument>> documents_of(std::string_view source, std::string_view handle,
                                                   int limit) const override;
  Result<std::vector<StoredDocument>> search(const SearchNode& query, int limit) const override;
  Result<std::int64_t> count(const SearchNode& query) const override;
  Result<std::int64_t> unindexed() const override;
  Result<std::vector<AccountRow>> accounts(std::string_view words, int limit) const override;
  Result<std::vector<AccountRow>> accounts_named(std::string_view words, int limit) const override;
  Result<std::vector<AccountRow>> accounts_of(std::string_view source,
                                              std::string_view handle) const override;
  Result<std::vector<AccountRow>> busiest_accounts(int limit) const override;
  Result<std::vector<CoverageDay>> coverage(Day from, Day to) const override;
  Result<Grouping> grouping() const override;
  Result<StoreStatus> status(std::string_view version) const override;
  Result<StoreEnd> end_at(Seconds until) const override;

 private:
  ReaderGround reading() const { return {*db_, names_, zone_}; }
  // Runs `work` in a write transaction; whatever it held in memory is dropped when it fails.
  template <class Work>
  Status writing(Work work, bool more_follows = false);
  // Runs `work` on one moment of the file.
  template <class Work>
  auto at_one_moment(Work work) const -> decltype(work());
  Result<std::vector<StoredDocument>> documents_in_order(std::string_view sql,
                                                         std::string_view version,
                                                         std::int64_t after, int limit) const;

  WriterLock lock_;
  std::unique_ptr<Database> db_;
  std::optional<Transaction> open_;  // between two batches that are kept together
  Zone zone_;
  mutable Names names_;
  CopyIndex copies_;
  KnownAuthors known_authors_;
  bool read_only_;
  bool cells_hold_ = true;  // false: the file counts days of another zone than ours
  mutable std::mutex busy_;
};

template <class Work>
Status SqliteStore::writing(Work work, bool more_follows) {
  const std::lock_guard<std::mutex> guard(busy_);
  if (read_only_)
    return fail(ErrorCode::denied, "the store was opened for reading only", db_->path());
  auto run = [&]() -> Status {
    if (!open_) open_.emplace(PLUMBLINE_TRY(Transaction::write(*db_)));
    Writing changes(WriterGround{*db_, names_, copies_, known_authors_, zone_});
    PLUMBLINE_CHECK(work(changes));
    PLUMBLINE_CHECK(changes.finish());
    return more_follows ? Status{} : open_->commit();
  };
  Status done = run();
  if (!done || !more_follows) open_.reset();
  if (!done) {
    names_.drop_cached();
    copies_.drop_cached();
    known_authors_.drop_cached();
  }
  return done;
}

template <class Work>
auto SqliteStore::at_one_moment(Work work) const -> decltype(work()) {
  const std::lock_guard<std::mutex> guard(busy_);
  if (open_) return work();
  Transaction transaction = PLUMBLINE_TRY(Transaction::read(*db_));
  return work();
}

// Days belong to a zone, so cells of another zone are counted anew. A reader that may not write
// counts from the mentions whenever it is asked.
Status SqliteStore::prepare_zone() {
  std::string kept;
  {
    SqlStatement query = PLUMBLINE_TRY(db_->prepare("SELECT value FROM meta WHERE key = 'zone'"));
    if (PLUMBLINE_TRY(query.step())) kept = query.text(0);
  }
  if (kept == zone_.name()) return {};
  if (read_only_) {
    cells_hold_ = kept.empty();
    return {};
  }
  Transaction transaction = PLUMBLINE_TRY(Transaction::write(*db_));
  PLUMBLINE_CHECK(rebuild_cells(*db_, zone_));
  SqlStatement write = PLUMBLINE_TRY(db_->prepare("INSERT OR REPLACE INTO meta VALUES('zone', ?)"));
  write.bind(1, zone_.name());
  PLUMBLINE_CHECK(write.run());
  return transaction.commit();
}

Result<PutOutcome> SqliteStore::put(const Batch& batch) {
  PutOutcome outcome;
  PLUMBLINE_CHECK(
      writing([&](Writing& changes) { return changes.put(batch, outcome); }, batch.more_follows));
  return outcome;
}

Status SqliteStore::put_analyses(std::span<const std::pair<std::int64_t, Analysis>> analyses) {
  if (analyses.empty()) return {};
  return writing([&](Writing& changes) -> Status {
    for (const auto& [row, analysis] : analyses)
      PLUMBLINE_CHECK(changes.put_analysis(row, analysis));
    return {};
  });
}

Status SqliteStore::put_grouping(const Grouping& grouping) {
  const std::lock_guard<std::mutex> guard(busy_);
  if (read_only_)
    return fail(ErrorCode::denied, "the store was opened for reading only", db_->path());
  Transaction transaction = PLUMBLINE_TRY(Transaction::write(*db_));
  PLUMBLINE_CHECK(write_grouping(*db_, grouping));
  return transaction.commit();
}

Status SqliteStore::roll_up() {
  const std::lock_guard<std::mutex> guard(busy_);
  if (read_only_)
    return fail(ErrorCode::denied, "the store was opened for reading only", db_->path());
  if (PLUMBLINE_TRY(db_->number("SELECT 1 FROM dirty LIMIT 1")) == 0) return {};
  Transaction transaction = PLUMBLINE_TRY(Transaction::write(*db_));
  PLUMBLINE_CHECK(roll_up_marked(*db_, zone_));
  return transaction.commit();
}

Result<std::int64_t> SqliteStore::forget(std::string_view source, std::string_view handle) {
  std::int64_t erased = 0;
  const Status done = writing([&](Writing& changes) -> Status {
    const std::vector<std::int64_t> accounts =
        PLUMBLINE_TRY(find_accounts(reading(), source, handle));
    if (accounts.empty())
      return fail(ErrorCode::not_found, fmt::format("no account {}:{} is kept", source, handle));
    if (accounts.size() > 1)
      return fail(ErrorCode::ambiguous,
                  fmt::format("several accounts of {} are written like {}; write the letters "
                              "exactly as in the one that is meant",
                              source, handle));
    std::vector<std::int64_t> rows;
    {
      SqlStatement query = PLUMBLINE_TRY(
          db_->prepare("SELECT row FROM mention WHERE author = ? AND author > 0 ORDER BY row"));
      query.bind(1, accounts[0]);
      while (PLUMBLINE_TRY(query.step())) rows.push_back(query.integer(0));
    }
    for (std::int64_t row : rows) PLUMBLINE_CHECK(changes.erase(row));
    PLUMBLINE_CHECK(changes.drop_if_silent(accounts[0]));
    erased = static_cast<std::int64_t>(rows.size());
    return db_->run("INSERT OR REPLACE INTO meta VALUES('erasing', '1')");
  });
  if (!done) return tl::unexpected<Error>(done.error());
  PLUMBLINE_CHECK(roll_up());  // the periods of a busy account would be slow to count when asked
  const std::lock_guard<std::mutex> guard(busy_);
  PLUMBLINE_CHECK(finish_erasing());
  return erased;
}

// What deleting alone leaves behind: terms in the full-text index, pages in the log. A mark in the
// file sees to it that an erasure cut short is finished at the next opening.
Status SqliteStore::finish_erasing() {
  if (PLUMBLINE_TRY(meta_number(*db_, "erasing")) == 0) return {};
  if (PLUMBLINE_TRY(meta_number(*db_, "loose_terms")) != 0) {
    Transaction transaction = PLUMBLINE_TRY(Transaction::write(*db_));
    PLUMBLINE_CHECK(db_->run("INSERT INTO words(words) VALUES('optimize')"));
    PLUMBLINE_CHECK(db_->run("DELETE FROM meta WHERE key = 'loose_terms'"));
    PLUMBLINE_CHECK(transaction.commit());
  }
  SqlStatement checkpoint = PLUMBLINE_TRY(db_->prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
  PLUMBLINE_TRY(checkpoint.step());
  const bool blocked = checkpoint.integer(0) != 0;
  checkpoint.reset();
  if (blocked)
    return fail(ErrorCode::partial,
                "erased, but another program is still reading an older state of the store; close "
                "it and run the same command again to clear the log",
                db_->path());
  PLUMBLINE_CHECK(db_->run("DELETE FROM meta WHERE key = 'erasing'"));
  return {};
}

Result<std::string> SqliteStore::note(std::string_view key) const {
  return at_one_moment([&]() -> Result<std::string> {
    SqlStatement query = PLUMBLINE_TRY(db_->prepare("SELECT value FROM note WHERE key = ?"));
    query.bind(1, key);
    if (!PLUMBLINE_TRY(query.step())) return std::string();
    return std::string(query.text(0));
  });
}

Result<std::vector<std::pair<std::string, std::string>>> SqliteStore::notes(
    std::string_view prefix) const {
  using Notes = std::vector<std::pair<std::string, std::string>>;
  return at_one_moment([&]() -> Result<Notes> {
    Notes out;
    SqlStatement query =
        PLUMBLINE_TRY(db_->prepare("SELECT key, value FROM note WHERE key >= ? ORDER BY key"));
    query.bind(1, prefix);
    while (PLUMBLINE_TRY(query.step()) && query.text(0).starts_with(prefix))
      out.emplace_back(query.text(0), query.text(1));
    return out;
  });
}

Result<std::vector<StoredDocument>> SqliteStore::documents_in_order(std::string_view sql,
                                                                    std::string_view version,
                                                                    std::int64_t after,
                                                                    int limit) const {
  return at_one_moment([&]() -> Result<std::vector<StoredDocument>> {
    std::vector<std::int64_t> rows;
    SqlStatement query = PLUMBLINE_TRY(db_->prepare(sql));
    query.bind(1, after);
    query.bind(2, std::max(limit, 0));
    query.bind(3, version.empty() ? std::int64_t{0}
                                  : PLUMBLINE_TRY(names_.find(NameKind::version, version)));
    while (PLUMBLINE_TRY(query.step())) rows.push_back(query.integer(0));
    return read_documents(reading(), rows);
  });
}

Result<std::vector<StoredDocument>> SqliteStore::stale(std::string_view version, std::int64_t after,
                                                       int limit) const {
  return documents_in_order(
      "SELECT row FROM mention WHERE row > ?1 AND version <> ?3 ORDER BY row LIMIT ?2", version,
      after, limit);
}

Result<std::vector<StoredDocument>> SqliteStore::after(std::int64_t row, int limit) const {
  return documents_in_order(
      "SELECT row FROM mention WHERE row > ?1 AND ?3 = 0 ORDER BY row LIMIT ?2", {}, row, limit);
}

Result<std::vector<Cell>> SqliteStore::cells(const CellQuery& query) const {
  return at_one_moment([&] { return read_cells(reading(), query, cells_hold_); });
}

Result<MentionTable> SqliteStore::table(Day from, Day to, std::string_view brand) const {
  return at_one_moment([&] { return read_table(reading(), {from, to, brand}); });
}

Result<std::vector<StoredDocument>> SqliteStore::documents(
    std::span<const std::int64_t> rows) const {
  return at_one_moment([&] { return read_documents(reading(), rows); });
}

Result<std::vector<StoredDocument>> SqliteStore::documents_of(std::string_view source,
                                                              std::string_view handle,
                                                              int limit) const {
  return at_one_moment([&]() -> Result<std::vector<StoredDocument>> {
    const auto accounts = PLUMBLINE_TRY(find_accounts(reading(), source, handle));
    const auto rows = PLUMBLINE_TRY(newest_of_authors(reading(), accounts, limit));
    return read_documents(reading(), rows);
  });
}

Result<std::vector<std::pair<std::int64_t, std::string>>> SqliteStore::newest_ids(
    std::string_view source, std::string_view prefix, std::int64_t below, int limit) const {
  return at_one_moment([&] { return read_newest_ids(reading(), {source, prefix, below, limit}); });
}

Result<std::vector<StoredDocument>> SqliteStore::search(const SearchNode& query, int limit) const {
  return at_one_moment([&]() -> Result<std::vector<StoredDocument>> {
    const auto rows = PLUMBLINE_TRY(search_rows(reading(), query, limit));
    return read_documents(reading(), rows);
  });
}

Result<std::int64_t> SqliteStore::count(const SearchNode& query) const {
  return at_one_moment([&] { return count_rows(reading(), query); });
}

Result<std::int64_t> SqliteStore::unindexed() const {
  return at_one_moment([&] { return meta_number(*db_, "unindexed"); });
}

Result<std::vector<AccountRow>> SqliteStore::accounts(std::string_view words, int limit) const {
  return at_one_moment([&] { return read_accounts(reading(), words, limit); });
}

Result<std::vector<AccountRow>> SqliteStore::accounts_named(std::string_view words,
                                                            int limit) const {
  return at_one_moment([&] { return read_accounts_named(reading(), words, limit); });
}

Result<std::vector<AccountRow>> SqliteStore::accounts_of(std::string_view source,
                                                         std::string_view handle) const {
  return at_one_moment([&] { return read_accounts_of(reading(), source, handle); });
}

Result<std::vector<AccountRow>> SqliteStore::busiest_accounts(int limit) const {
  return at_one_moment([&] { return read_busiest(reading(), limit); });
}

Result<std::vector<CoverageDay>> SqliteStore::coverage(Day from, Day to) const {
  return at_one_moment([&] { return read_coverage(*db_, from, to); });
}

Result<Grouping> SqliteStore::grouping() const {
  return at_one_moment([&] { return read_grouping(*db_); });
}

Result<StoreEnd> SqliteStore::end_at(Seconds until) const {
  return at_one_moment([&] { return read_end(reading(), until); });
}

Result<StoreStatus> SqliteStore::status(std::string_view version) const {
  return at_one_moment([&] { return read_status(reading(), version); });
}

Status make_file(const SqliteOptions& options) {
  struct stat file {};
  if (stat(options.path.c_str(), &file) == 0) return {};
  if (errno != ENOENT || !options.create)
    return fail(
        ErrorCode::not_found,
        fmt::format("there is no store ({}); `plumbline init` makes one", std::strerror(errno)),
        options.path);
  const int made = open(options.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0)
    return fail(errno == ENOSPC || errno == EDQUOT ? ErrorCode::disk_full : ErrorCode::file,
                fmt::format("the store cannot be made: {}", std::strerror(errno)), options.path);
  close(made);
  return {};
}

Status prepare_writer(Database& db) {
  PLUMBLINE_CHECK(
      db.run("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;"
             "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
             "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
             // A checkpoint writes each page of the indexes anew, so a large import wants few.
             "PRAGMA wal_autocheckpoint = 32000; PRAGMA journal_size_limit = 268435456"));
  if (PLUMBLINE_TRY(db.number("PRAGMA application_id")) != kApplicationId)
    PLUMBLINE_CHECK(db.run(fmt::format("PRAGMA application_id = {}", kApplicationId)));
  return migrate(db, migrations());
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options) {
  PLUMBLINE_CHECK(
      make_file(options.read_only ? SqliteOptions{options.path, true, false, {}} : options));
  WriterLock lock;
  if (!options.read_only) lock = PLUMBLINE_TRY(WriterLock::take(options.path));
  auto db = PLUMBLINE_TRY(Database::open(options.path, options.read_only));
  PLUMBLINE_CHECK(register_words(*db));
  PLUMBLINE_CHECK(check_kind(*db, options.read_only));
  if (options.read_only)
    PLUMBLINE_CHECK(db->run("PRAGMA query_only = ON; PRAGMA cache_size = -32768"));
  else
    PLUMBLINE_CHECK(prepare_writer(*db));
  auto store = std::make_unique<SqliteStore>(std::move(lock), std::move(db), options);
  PLUMBLINE_CHECK(store->prepare_zone());
  if (!options.read_only) {
    // A reader elsewhere may keep the log for now; that is no reason not to open.
    if (Status done = store->finish_erasing(); !done && done.error().code != ErrorCode::partial)
      return tl::unexpected<Error>(std::move(done).error());
  }
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace plumbline
