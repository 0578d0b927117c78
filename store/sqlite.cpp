#include "store/sqlite.h"

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>

namespace plumbline {
namespace {

constexpr int kBusyMilliseconds = 10000;
constexpr std::size_t kMostTexts = 200;  // searches make ever new ones

std::uint64_t size_of(const std::string& path) {
  struct stat file {};
  return stat(path.c_str(), &file) == 0 ? static_cast<std::uint64_t>(file.st_size) : 0;
}

// SQLite forgets the system's reason for some failed writes, so the disk itself is asked.
bool is_full_now(const std::string& path) {
  constexpr std::uint64_t kLittle = 256 << 10;
  struct statvfs disk {};
  if (statvfs(path.c_str(), &disk) == 0 &&
      std::uint64_t{disk.f_bavail} * std::uint64_t{disk.f_frsize} < kLittle)
    return true;
  rlimit most{};
  if (getrlimit(RLIMIT_FSIZE, &most) != 0 || most.rlim_cur == RLIM_INFINITY) return false;
  return std::max(size_of(path), size_of(path + "-wal")) + kLittle >= most.rlim_cur;
}

bool no_space(int code, int system_errno, const std::string& path) {
  if ((code & 0xff) == SQLITE_FULL) return true;
  if ((code & 0xff) != SQLITE_IOERR && (code & 0xff) != SQLITE_CANTOPEN) return false;
  if (system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG) return true;
  const bool writing = code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC ||
                       code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_SHMSIZE ||
                       code == SQLITE_IOERR_SHMMAP;
  return writing && is_full_now(path);
}

// A folder where not even the index of the log may be written: nobody can be writing the file
// either, so it is read as it stands.
std::string frozen_address(const std::string& path) {
  std::string address = "file:";
  for (char c : path) {
    if (c == '?' || c == '#' || c == '%')
      address += fmt::format("%{:02x}", static_cast<unsigned>(c));
    else
      address += c;
  }
  return address + "?immutable=1";
}

// SQLite would take a lock at every allocation to keep statistics that nobody reads. Only before
// its first use can it be told not to.
void keep_no_statistics() {
  static const int told = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(told);
}

bool must_read_frozen(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  return access(folder.c_str(), W_OK) != 0 && access((path + "-wal").c_str(), F_OK) != 0;
}

}  // namespace

SqlStatement::SqlStatement(SqlStatement&& other) noexcept
    : owner_(other.owner_),
      shelf_(other.shelf_),
      statement_(other.statement_),
      bind_fault_(other.bind_fault_) {
  other.statement_ = nullptr;
}

SqlStatement::~SqlStatement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  shelf_->push_back(statement_);
  --owner_->in_use_;
}

void SqlStatement::bind(int at, int value) { bind(at, static_cast<std::int64_t>(value)); }

void SqlStatement::bind(int at, std::int64_t value) {
  if (int code = sqlite3_bind_int64(statement_, at, value); code != SQLITE_OK) bind_fault_ = code;
}

void SqlStatement::bind(int at, double value) {
  if (int code = sqlite3_bind_double(statement_, at, value); code != SQLITE_OK) bind_fault_ = code;
}

void SqlStatement::bind(int at, std::string_view text) {
  const char* bytes = text.data() == nullptr ? "" : text.data();  // a null pointer would bind NULL
  int code = sqlite3_bind_text64(statement_, at, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) bind_fault_ = code;
}

void SqlStatement::bind_blob(int at, std::string_view bytes) {
  const char* start = bytes.data() == nullptr ? "" : bytes.data();
  int code = sqlite3_bind_blob64(statement_, at, start, bytes.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) bind_fault_ = code;
}

void SqlStatement::bind_null(int at) {
  if (int code = sqlite3_bind_null(statement_, at); code != SQLITE_OK) bind_fault_ = code;
}

Result<bool> SqlStatement::step() {
  if (bind_fault_ != 0) return tl::unexpected<Error>(owner_->fault(bind_fault_));
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  Error error = owner_->fault(sqlite3_extended_errcode(owner_->raw()));
  sqlite3_reset(statement_);
  return tl::unexpected<Error>(std::move(error));
}

Status SqlStatement::run() {
  while (PLUMBLINE_TRY(step())) {
  }
  sqlite3_reset(statement_);
  return {};
}

void SqlStatement::reset() { sqlite3_reset(statement_); }

bool SqlStatement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t SqlStatement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double SqlStatement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view SqlStatement::text(int column) const {
  const unsigned char* bytes = sqlite3_column_text(statement_, column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view SqlStatement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, bool read_only) {
  keep_no_statistics();
  std::unique_ptr<Database> db(new Database(path));
  const int mode = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = 0;
  if (!read_only) {
    code = sqlite3_open_v2(path.c_str(), &db->connection_, mode | SQLITE_OPEN_READWRITE, nullptr);
  } else if (must_read_frozen(path)) {
    code = sqlite3_open_v2(frozen_address(path).c_str(), &db->connection_,
                           mode | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  } else {
    code = sqlite3_open_v2(path.c_str(), &db->connection_, mode | SQLITE_OPEN_READONLY, nullptr);
  }
  if (db->connection_ == nullptr) return fail(ErrorCode::store, "out of memory", path);
  if (code != SQLITE_OK) return tl::unexpected<Error>(db->fault(code));
  sqlite3_busy_timeout(db->connection_, kBusyMilliseconds);
  return db;
}

Database::~Database() {
  finalize_idle();
  sqlite3_close(connection_);
}

void Database::finalize_idle() {
  for (auto& [sql, shelf] : shelves_)
    for (sqlite3_stmt* statement : shelf) sqlite3_finalize(statement);
  shelves_.clear();
}

Result<SqlStatement> Database::prepare(std::string_view sql) {
  auto shelf = shelves_.find(sql);
  if (shelf == shelves_.end()) {
    if (in_use_ == 0 && shelves_.size() >= kMostTexts) finalize_idle();
    shelf = shelves_.emplace(std::string(sql), SqlStatement::Shelf()).first;
  }
  if (!shelf->second.empty()) {
    sqlite3_stmt* statement = shelf->second.back();
    shelf->second.pop_back();
    ++in_use_;
    return SqlStatement(this, &shelf->second, statement);
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return tl::unexpected<Error>(fault(code));
  ++in_use_;
  return SqlStatement(this, &shelf->second, statement);
}

Status Database::run(std::string_view script) {
  const std::string sql(script);
  const int code = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected<Error>(fault(code));
  return {};
}

Result<std::int64_t> Database::number(std::string_view sql) {
  SqlStatement statement = PLUMBLINE_TRY(prepare(sql));
  if (!PLUMBLINE_TRY(statement.step())) return 0;
  return statement.integer(0);
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(connection_); }

std::int64_t Database::changed_rows() const { return sqlite3_changes(connection_); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }

Error Database::fault(int code) const {
  const char* said = sqlite3_errmsg(connection_);
  if (no_space(code, sqlite3_system_errno(connection_), path_))
    return {ErrorCode::disk_full,
            fmt::format("no space left for {}; free space on the disk that holds it and run the "
                        "same command again; nothing acknowledged was lost",
                        path_),
            path_};
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      return {ErrorCode::store, "this is not a Plumbline store; name another file", path_};
    case SQLITE_CORRUPT:
      return {ErrorCode::store,
              fmt::format("the store is damaged ({}); put back a copy of the file", said), path_};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::conflict,
              "another program keeps the store locked; try again when it is done", path_};
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
      return {ErrorCode::file, fmt::format("the store may not be written ({})", said), path_};
    case SQLITE_CANTOPEN:
      return {ErrorCode::file,
              fmt::format("the store cannot be opened ({}); check that the file and its folder may "
                          "be read",
                          said),
              path_};
    default: break;
  }
  return {ErrorCode::store, fmt::format("the database says: {} (code {})", said, code), path_};
}

Result<Transaction> Transaction::write(Database& db) {
  PLUMBLINE_CHECK(db.run("BEGIN IMMEDIATE"));
  return Transaction(&db);
}

Result<Transaction> Transaction::read(Database& db) {
  PLUMBLINE_CHECK(db.run("BEGIN"));
  return Transaction(&db);
}

Transaction::Transaction(Transaction&& other) noexcept : db_(other.db_) { other.db_ = nullptr; }

Transaction::~Transaction() {
  // After a full disk SQLite may have rolled back by itself.
  if (db_ != nullptr && db_->in_transaction())
    sqlite3_exec(db_->raw(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Status Transaction::commit() {
  PLUMBLINE_CHECK(db_->run("COMMIT"));
  db_ = nullptr;
  return {};
}

}  // namespace plumbline
