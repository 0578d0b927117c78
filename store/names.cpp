#include "store/names.h"

#include "store/sqlite.h"

namespace plumbline {

Result<std::int64_t> Names::find(NameKind kind, std::string_view text) {
  auto& numbers = numbers_[static_cast<int>(kind)];
  if (auto known = numbers.find(text); known != numbers.end()) return known->second;
  SqlStatement query =
      PLUMBLINE_TRY(db_->prepare("SELECT id FROM name WHERE kind = ? AND text = ?"));
  query.bind(1, static_cast<int>(kind));
  query.bind(2, text);
  if (!PLUMBLINE_TRY(query.step())) return 0;
  const std::int64_t number = query.integer(0);
  numbers.emplace(text, number);
  return number;
}

Result<std::int64_t> Names::number(NameKind kind, std::string_view text) {
  if (std::int64_t known = PLUMBLINE_TRY(find(kind, text)); known != 0) return known;
  SqlStatement insert =
      PLUMBLINE_TRY(db_->prepare("INSERT INTO name(id, kind, text) VALUES("
                                 "(SELECT coalesce(max(id), 0) + 1 FROM name), ?, ?)"));
  insert.bind(1, static_cast<int>(kind));
  insert.bind(2, text);
  PLUMBLINE_CHECK(insert.run());
  const std::int64_t number = db_->last_row();
  numbers_[static_cast<int>(kind)].emplace(text, number);
  return number;
}

Result<std::string> Names::text(std::int64_t number) {
  if (auto known = texts_.find(number); known != texts_.end()) return known->second;
  SqlStatement query = PLUMBLINE_TRY(db_->prepare("SELECT text FROM name WHERE id = ?"));
  query.bind(1, number);
  if (!PLUMBLINE_TRY(query.step())) return std::string();
  return texts_.emplace(number, query.text(0)).first->second;
}

Result<std::vector<std::pair<std::string, std::int64_t>>> Names::counted(NameKind kind) {
  std::vector<std::pair<std::string, std::int64_t>> out;
  SqlStatement query = PLUMBLINE_TRY(
      db_->prepare("SELECT text, n FROM name WHERE kind = ? AND n > 0 ORDER BY n DESC, text"));
  query.bind(1, static_cast<int>(kind));
  while (PLUMBLINE_TRY(query.step())) out.emplace_back(query.text(0), query.integer(1));
  return out;
}

Status Names::write_counts() {
  SqlStatement update = PLUMBLINE_TRY(db_->prepare("UPDATE name SET n = n + ? WHERE id = ?"));
  for (const auto& [number, change] : changes_) {
    if (change == 0) continue;
    update.bind(1, change);
    update.bind(2, number);
    PLUMBLINE_CHECK(update.run());
  }
  changes_.clear();
  return {};
}

void Names::drop_cached() {
  for (auto& numbers : numbers_) numbers.clear();
  texts_.clear();
  changes_.clear();
}

}  // namespace plumbline
