// Sources, brands, languages and analyzer versions are few and repeat in every row: each is kept
// once and stands in the rows as a small number.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

namespace plumbline {

class Database;

enum class NameKind { source = 1, brand = 2, lang = 3, version = 4 };

// Numbers never change and are never given to another name, so what was read once stays true.
class Names {
 public:
  explicit Names(Database& db) : db_(&db) {}

  Result<std::int64_t> number(NameKind kind, std::string_view text);  // a new one gets a number
  Result<std::int64_t> find(NameKind kind, std::string_view text);    // 0: there is none
  Result<std::string> text(std::int64_t number);                      // empty: there is none
  // Names with their counts of documents, most frequent first; those without documents left out.
  Result<std::vector<std::pair<std::string, std::int64_t>>> counted(NameKind kind);

  // Counts are gathered and written at the end of a transaction.
  void count(std::int64_t number, std::int64_t change) { changes_[number] += change; }
  Status write_counts();
  void drop_cached();  // after a rollback, which takes numbers back

 private:
  Database* db_;
  std::map<std::string, std::int64_t, std::less<>> numbers_[5];  // by kind
  std::unordered_map<std::int64_t, std::string> texts_;
  std::map<std::int64_t, std::int64_t> changes_;
};

}  // namespace plumbline
