// SQLite in the manner of the house: connections and prepared statements that close themselves, and
// errors as values that name the file and what to do.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace plumbline {

class Database;

// A prepared statement on loan from its connection's cache; goes back there when it leaves scope.
// Parameters count from 1, columns from 0. A faulty bind is reported by the next step.
class SqlStatement {
 public:
  SqlStatement(SqlStatement&& other) noexcept;
  SqlStatement& operator=(SqlStatement&&) = delete;
  ~SqlStatement();

  void bind(int at, int value);
  void bind(int at, std::int64_t value);
  void bind(int at, double value);
  // The bytes are not copied: they must outlive the next reset.
  void bind(int at, std::string_view text);
  void bind_blob(int at, std::string_view bytes);
  void bind_null(int at);

  Result<bool> step();  // true: a row can be read
  Status run();         // to the end, then ready for other parameters
  void reset();         // bindings are kept

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;  // valid until the next step or reset
  std::string_view blob(int column) const;

 private:
  friend class Database;
  using Shelf = std::vector<sqlite3_stmt*>;  // idle statements of one text
  SqlStatement(Database* owner, Shelf* shelf, sqlite3_stmt* statement)
      : owner_(owner), shelf_(shelf), statement_(statement) {}

  Database* owner_;
  Shelf* shelf_;
  sqlite3_stmt* statement_;
  int bind_fault_ = 0;
};

// One connection. Not for two threads at once.
class Database {
 public:
  // The file must exist. A read-only connection cannot change the file by any statement.
  static Result<std::unique_ptr<Database>> open(const std::string& path, bool read_only);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Result<SqlStatement> prepare(std::string_view sql);
  Status run(std::string_view script);  // one statement or several
  Result<std::int64_t> number(
      std::string_view sql);          // first column of the first row; 0 without a row
  std::int64_t last_row() const;      // that the last INSERT numbered by itself
  std::int64_t changed_rows() const;  // by the last statement that changes rows

  // What a result code means for the person at the keyboard. ENOSPC in any of its shapes is
  // disk_full.
  Error fault(int code) const;
  bool in_transaction() const;
  const std::string& path() const { return path_; }
  sqlite3* raw() const { return connection_; }

 private:
  friend class SqlStatement;
  explicit Database(std::string path) : path_(std::move(path)) {}
  void finalize_idle();

  std::string path_;
  sqlite3* connection_ = nullptr;
  std::map<std::string, SqlStatement::Shelf, std::less<>> shelves_;
  int in_use_ = 0;  // statements on loan; while there are none, shelves may go
};

// Everything until commit() is kept or nothing of it. Leaving scope without commit() rolls back.
class Transaction {
 public:
  static Result<Transaction> write(Database& db);
  static Result<Transaction> read(Database& db);  // one moment of the file for several statements
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  Status commit();

 private:
  explicit Transaction(Database* db) : db_(db) {}
  Database* db_;
};

}  // namespace plumbline
