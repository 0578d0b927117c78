// Rows back into documents, columns and accounts. Everything here only reads; the caller holds the
// read transaction.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/names.h"
#include "store/store.h"

namespace plumbline {

class Database;

// What every reading function needs; lives as long as the store.
struct ReaderGround {
  Database& db;
  Names& names;
  const Zone& zone;
};

// In the order asked; rows that are gone are left out.
Result<std::vector<StoredDocument>> read_documents(const ReaderGround& ground,
                                                   std::span<const std::int64_t> rows);

struct TableQuery {
  Day from = 0, to = 0;
  std::string_view brand;
};
Result<MentionTable> read_table(const ReaderGround& ground, const TableQuery& query);
Status read_topics(Database& db, std::vector<TopicInfo>& out);

// Numbers of the accounts that a source and a handle (or the source's own id) name: those written
// exactly so, else those that differ in case or accents only.
Result<std::vector<std::int64_t>> find_accounts(const ReaderGround& ground, std::string_view source,
                                                std::string_view handle);
Result<std::vector<AccountRow>> read_accounts(const ReaderGround& ground, std::string_view words,
                                              int limit);
Result<std::vector<AccountRow>> read_accounts_named(const ReaderGround& ground,
                                                    std::string_view words, int limit);
Result<std::vector<AccountRow>> read_accounts_of(const ReaderGround& ground,
                                                 std::string_view source, std::string_view handle);
Result<std::vector<AccountRow>> read_busiest(const ReaderGround& ground, int limit);
struct IdQuery {
  std::string_view source, prefix;
  std::int64_t below = 0;
  int limit = 0;
};
// As Store::newest_ids.
Result<std::vector<std::pair<std::int64_t, std::string>>> read_newest_ids(
    const ReaderGround& ground, const IdQuery& query);
// Newest first by the moment of publication, undated last, then by row.
Result<std::vector<std::int64_t>> newest_of_authors(const ReaderGround& ground,
                                                    std::span<const std::int64_t> authors,
                                                    int limit);

// A bound on days that keeps their seconds within reason: the years 1678 to 2262.
Day sane_day(Day day);

}  // namespace plumbline
