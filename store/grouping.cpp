#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "store/counting.h"
#include "store/sqlite.h"

namespace plumbline {
namespace {

Status write_meta(Database& db, std::string_view key, std::string_view value) {
  SqlStatement write = PLUMBLINE_TRY(db.prepare("INSERT OR REPLACE INTO meta VALUES(?, ?)"));
  write.bind(1, key);
  write.bind(2, value);
  return write.run();
}

Result<std::string> read_meta(Database& db, std::string_view key) {
  SqlStatement query = PLUMBLINE_TRY(db.prepare("SELECT value FROM meta WHERE key = ?"));
  query.bind(1, key);
  if (!PLUMBLINE_TRY(query.step())) return std::string();
  return std::string(query.text(0));
}

Status write_topics(Database& db, const std::vector<TopicInfo>& topics) {
  PLUMBLINE_CHECK(db.run("DELETE FROM topic"));
  SqlStatement insert = PLUMBLINE_TRY(db.prepare("INSERT OR REPLACE INTO topic VALUES(?, ?, ?)"));
  for (const TopicInfo& topic : topics) {
    std::string words;
    for (const std::string& word : topic.words) words += (words.empty() ? "" : "\n") + word;
    insert.bind(1, topic.id);
    insert.bind(2, topic.label);
    insert.bind(3, words);
    PLUMBLINE_CHECK(insert.run());
  }
  return {};
}

// Most rows keep their topic from one grouping to the next, so only the others are written.
Status assign_topics(Database& db, const Grouping& grouping) {
  auto wanted = grouping.topic_of;
  std::sort(wanted.begin(), wanted.end());
  std::vector<std::pair<std::int64_t, std::int32_t>> changes;
  std::vector<std::int64_t> cleared;
  {
    SqlStatement query = PLUMBLINE_TRY(db.prepare("SELECT row, topic FROM mention ORDER BY row"));
    auto want = wanted.begin();
    while (PLUMBLINE_TRY(query.step())) {
      const std::int64_t row = query.integer(0);
      while (want != wanted.end() && want->first < row) ++want;
      const bool has = want != wanted.end() && want->first == row && want->second != kNoTopic;
      if (has && (query.is_null(1) || query.integer(1) != want->second)) changes.push_back(*want);
      if (!has && !query.is_null(1)) cleared.push_back(row);
    }
  }
  SqlStatement set = PLUMBLINE_TRY(db.prepare("UPDATE mention SET topic = ? WHERE row = ?"));
  for (const auto& [row, topic] : changes) {
    set.bind(1, topic);
    set.bind(2, row);
    PLUMBLINE_CHECK(set.run());
  }
  set.bind_null(1);
  for (std::int64_t row : cleared) {
    set.bind(2, row);
    PLUMBLINE_CHECK(set.run());
  }
  return {};
}

Status assign_clusters(Database& db, const Grouping& grouping) {
  PLUMBLINE_CHECK(db.run("DELETE FROM member"));
  auto members = grouping.cluster_of;
  std::sort(members.begin(), members.end());
  // Whoever was erased meanwhile is not brought back.
  SqlStatement insert = PLUMBLINE_TRY(db.prepare(
      "INSERT OR REPLACE INTO member SELECT ?1, ?2 WHERE EXISTS(SELECT 1 FROM author WHERE id = ?1)"
      " OR EXISTS(SELECT 1 FROM mention WHERE row = -?1)"));
  for (const auto& [voice, cluster] : members) {
    if (cluster == kNoCluster) continue;
    insert.bind(1, voice);
    insert.bind(2, cluster);
    PLUMBLINE_CHECK(insert.run());
  }
  return {};
}

}  // namespace

Status write_grouping(Database& db, const Grouping& grouping) {
  PLUMBLINE_CHECK(write_topics(db, grouping.topics));
  PLUMBLINE_CHECK(assign_topics(db, grouping));
  PLUMBLINE_CHECK(assign_clusters(db, grouping));
  PLUMBLINE_CHECK(write_meta(db, "grouping_version", grouping.version));
  PLUMBLINE_CHECK(write_meta(db, "clusters_note", grouping.clusters_note));
  return write_meta(db, "cluster_stability", fmt::format("{}", grouping.cluster_stability));
}

Result<Grouping> read_grouping(Database& db) {
  Grouping out;
  out.version = PLUMBLINE_TRY(read_meta(db, "grouping_version"));
  out.clusters_note = PLUMBLINE_TRY(read_meta(db, "clusters_note"));
  const std::string stability = PLUMBLINE_TRY(read_meta(db, "cluster_stability"));
  std::from_chars(stability.data(), stability.data() + stability.size(), out.cluster_stability);
  PLUMBLINE_CHECK(read_topics(db, out.topics));
  return out;
}

}  // namespace plumbline
