#include <algorithm>

#include "store/reading.h"
#include "store/sqlite.h"
#include "store/tokenizer.h"

namespace plumbline {
namespace {

Result<AccountRow> read_account(const ReaderGround& ground, std::int64_t number) {
  AccountRow account;
  account.row = number;
  SqlStatement query = PLUMBLINE_TRY(
      ground.db.prepare("SELECT source, native, handle, name FROM author WHERE id = ?"));
  query.bind(1, number);
  if (!PLUMBLINE_TRY(query.step())) return account;
  account.source = PLUMBLINE_TRY(ground.names.text(query.integer(0)));
  account.author = {std::string(query.text(1)), std::string(query.text(2)),
                    std::string(query.text(3))};
  SqlStatement count = PLUMBLINE_TRY(
      ground.db.prepare("SELECT count(*) FROM mention WHERE author = ? AND author > 0"));
  count.bind(1, number);
  PLUMBLINE_TRY(count.step());
  account.documents = count.integer(0);
  // The newest day is the last of the rows; within it the clock decides.
  SqlStatement newest = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT max(published_at) FROM mention WHERE author = ?1 AND author > 0 AND row >= "
      "(SELECT max(row) FROM mention WHERE author = ?1 AND author > 0) & ~33554431"));
  newest.bind(1, number);
  PLUMBLINE_TRY(newest.step());
  if (!newest.is_null(0)) account.newest = newest.integer(0);
  return account;
}

Result<std::vector<AccountRow>> read_all(const ReaderGround& ground,
                                         const std::vector<std::int64_t>& numbers) {
  std::vector<AccountRow> out;
  for (std::int64_t number : numbers) out.push_back(PLUMBLINE_TRY(read_account(ground, number)));
  return out;
}

}  // namespace

Result<std::vector<AccountRow>> read_accounts(const ReaderGround& ground, std::string_view words,
                                              int limit) {
  if (words.starts_with('@')) words.remove_prefix(1);
  const std::string key = fold_line(words);
  if (key.empty() || limit <= 0) return std::vector<AccountRow>();
  SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT a.id, CASE WHEN handle_key = ?1 THEN 0 WHEN name_key = ?1 THEN 1 ELSE 2 END AS rank "
      "FROM author a WHERE instr(handle_key, ?1) OR instr(name_key, ?1) ORDER BY rank, "
      "(SELECT count(*) FROM mention m WHERE m.author = a.id AND m.author > 0) DESC, a.id LIMIT "
      "?2"));
  query.bind(1, key);
  query.bind(2, limit);
  std::vector<std::int64_t> numbers;
  while (PLUMBLINE_TRY(query.step())) numbers.push_back(query.integer(0));
  return read_all(ground, numbers);
}

Result<std::vector<AccountRow>> read_accounts_named(const ReaderGround& ground,
                                                    std::string_view words, int limit) {
  if (words.starts_with('@')) words.remove_prefix(1);
  const std::string key = fold_line(words);
  if (key.empty() || limit <= 0) return std::vector<AccountRow>();
  SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT id FROM (SELECT id FROM author WHERE handle_key = ?1 UNION "
      "SELECT id FROM author WHERE name_key = ?1 AND name_key <> handle_key) ORDER BY "
      "(SELECT count(*) FROM mention m WHERE m.author = id AND m.author > 0) DESC, id LIMIT ?2"));
  query.bind(1, key);
  query.bind(2, limit);
  std::vector<std::int64_t> numbers;
  while (PLUMBLINE_TRY(query.step())) numbers.push_back(query.integer(0));
  return read_all(ground, numbers);
}

Result<std::vector<AccountRow>> read_accounts_of(const ReaderGround& ground,
                                                 std::string_view source, std::string_view handle) {
  return read_all(ground, PLUMBLINE_TRY(find_accounts(ground, source, handle)));
}

Result<std::vector<AccountRow>> read_busiest(const ReaderGround& ground, int limit) {
  SqlStatement query = PLUMBLINE_TRY(ground.db.prepare(
      "SELECT author, count(*) AS n FROM mention WHERE author > 0 GROUP BY author "
      "ORDER BY n DESC, author LIMIT ?"));
  query.bind(1, std::max(limit, 0));
  std::vector<std::int64_t> numbers;
  while (PLUMBLINE_TRY(query.step())) numbers.push_back(query.integer(0));
  return read_all(ground, numbers);
}

}  // namespace plumbline
