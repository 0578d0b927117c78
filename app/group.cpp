#include "app/group.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

#include "app/workers.h"
#include "base/text.h"
#include "market/cluster.h"
#include "nlp/topics.h"

namespace plumbline {
namespace {

constexpr Day kFirstDay = std::numeric_limits<Day>::min() / 4,
              kLastDay = std::numeric_limits<Day>::max() / 4;
constexpr int kFetchMentions = 5000;

// Changes with the method, its settings or what is kept.
Result<std::string> grouping_version(const Workspace& workspace) {
  const StoreStatus status = PLUMBLINE_TRY(workspace.store->status(workspace.analyzer->version()));
  return fmt::format("group-1 {} {}", workspace.analyzer->version(), status.changes);
}

std::vector<std::string> brand_words(const Config& config) {
  std::vector<std::string> words{config.brand.name};
  words.insert(words.end(), config.brand.aliases.begin(), config.brand.aliases.end());
  for (const BrandConfig& brand : config.competitors) {
    words.push_back(brand.name);
    words.insert(words.end(), brand.aliases.begin(), brand.aliases.end());
  }
  return words;
}

// Renumbers new topics so that one that holds mostly the mentions of an old one keeps its number.
void follow_old_ids(Topics& topics, const std::vector<std::int32_t>& before) {
  std::map<std::pair<std::int32_t, std::int32_t>, std::int64_t> shared;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (before[i] != kNoTopic && topics.topic_of[i] != kNoTopic)
      ++shared[{topics.topic_of[i], before[i]}];
  std::vector<std::pair<std::int64_t, std::pair<std::int32_t, std::int32_t>>> pairs;
  for (const auto& [pair, count] : shared) pairs.push_back({count, pair});
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::map<std::int32_t, std::int32_t> number;  // new -> old
  std::map<std::int32_t, bool> used;
  for (const auto& [count, pair] : pairs) {
    if (number.count(pair.first) || used[pair.second]) continue;
    number[pair.first] = pair.second;
    used[pair.second] = true;
  }
  std::int32_t free = 0;
  for (TopicInfo& topic : topics.topics) {
    const std::int32_t old_id = topic.id;
    if (!number.count(old_id)) {
      while (used[free]) ++free;
      number[old_id] = free;
      used[free] = true;
    }
    topic.id = number[old_id];
  }
  for (std::int32_t& topic : topics.topic_of)
    if (topic != kNoTopic) topic = number[topic];
}

struct Texts {
  std::vector<std::int64_t> rows;
  std::vector<std::string> texts, langs;
};

// A copy tells nothing new about what is talked of, so it gets the topic of its first.
Result<Texts> all_texts(const Workspace& workspace,
                        std::vector<std::pair<std::int64_t, std::int64_t>>& copies) {
  Texts all;
  std::int64_t after = 0;
  for (;;) {
    const auto piece = PLUMBLINE_TRY(workspace.store->after(after, kFetchMentions));
    if (piece.empty()) return all;
    after = piece.back().row;
    for (const StoredDocument& stored : piece) {
      if (stored.copy_of != 0) {
        copies.emplace_back(stored.row, stored.copy_of);
        continue;
      }
      all.rows.push_back(stored.row);
      all.texts.push_back(stored.document.title.empty()
                              ? stored.document.text
                              : stored.document.title + ". " + stored.document.text);
      all.langs.push_back(stored.analysis.lang);
    }
  }
}

Result<Topics> topics_of(Workspace& workspace, const Texts& all, Progress& progress) {
  TopicOptions options;
  options.leave_out = brand_words(workspace.config);
  progress.begin("topics", "mentions", 1);
  options.progress = [&](double done) {
    progress.at(done, static_cast<std::int64_t>(done * static_cast<double>(all.texts.size())));
  };
  const std::vector<std::string_view> texts(all.texts.begin(), all.texts.end());
  const std::vector<std::string_view> langs(all.langs.begin(), all.langs.end());
  Topics topics = find_topics(texts, langs, options);
  progress.end(fmt::format("topics: {} found in {} mentions", topics.topics.size(), texts.size()));
  return topics;
}

std::vector<std::int32_t> topics_before(const MentionTable& table,
                                        const std::vector<std::int64_t>& rows) {
  std::unordered_map<std::int64_t, std::int32_t> known;
  known.reserve(table.rows.size());
  for (const MentionRow& row : table.rows) known.emplace(row.id, row.topic);
  std::vector<std::int32_t> before;
  before.reserve(rows.size());
  for (const std::int64_t row : rows) {
    const auto found = known.find(row);
    before.push_back(found == known.end() ? kNoTopic : found->second);
  }
  return before;
}

}  // namespace

Result<std::int64_t> analyze_stale(Workspace& workspace, Progress& progress) {
  const std::string& version = workspace.analyzer->version();
  const StoreStatus status = PLUMBLINE_TRY(workspace.store->status(version));
  if (status.not_analysed == 0) return 0;
  progress.begin("analysis", "mentions", static_cast<double>(status.not_analysed));
  std::int64_t after = 0, done = 0;
  for (;;) {
    const auto stale = PLUMBLINE_TRY(workspace.store->stale(version, after, kFetchMentions));
    if (stale.empty()) break;
    after = stale.back().row;
    std::vector<std::pair<std::int64_t, Analysis>> found(stale.size());
    in_stretches(stale.size(), worker_count(0), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i)
        found[i] = {stale[i].row, workspace.analyzer->analyze(stale[i].document)};
    });
    PLUMBLINE_CHECK(workspace.store->put_analyses(found));
    done += static_cast<std::int64_t>(found.size());
    progress.at(static_cast<double>(done), done);
    if (progress.cancelled())
      return fail(ErrorCode::partial, "stopped by the user; what was analysed is kept");
  }
  progress.end(fmt::format("analysis: {} mentions read", done));
  return done;
}

Result<bool> is_out_of_date(const Workspace& workspace) {
  const Grouping grouping = PLUMBLINE_TRY(workspace.store->grouping());
  const StoreStatus status = PLUMBLINE_TRY(workspace.store->status(workspace.analyzer->version()));
  return status.not_analysed > 0 || grouping.version != PLUMBLINE_TRY(grouping_version(workspace));
}

Result<bool> regroup(Workspace& workspace, Progress& progress, bool always) {
  const std::string version = PLUMBLINE_TRY(grouping_version(workspace));
  const Grouping last = PLUMBLINE_TRY(workspace.store->grouping());
  if (!always && last.version == version) return false;
  std::vector<std::pair<std::int64_t, std::int64_t>> copies;
  Grouping grouping;
  grouping.version = version;
  {
    const Texts all = PLUMBLINE_TRY(all_texts(workspace, copies));
    Topics topics = PLUMBLINE_TRY(topics_of(workspace, all, progress));
    if (!last.topics.empty()) {
      const MentionTable before = PLUMBLINE_TRY(workspace.store->table(kFirstDay, kLastDay, ""));
      follow_old_ids(topics, topics_before(before, all.rows));
    }
    grouping.topics = std::move(topics.topics);
    for (std::size_t i = 0; i < all.rows.size(); ++i)
      grouping.topic_of.emplace_back(all.rows[i], topics.topic_of[i]);
  }
  std::unordered_map<std::int64_t, std::int32_t> topic_of(grouping.topic_of.begin(),
                                                          grouping.topic_of.end());
  for (const auto& [row, first] : copies) {
    const auto found = topic_of.find(first);
    grouping.topic_of.emplace_back(row, found == topic_of.end() ? kNoTopic : found->second);
    topic_of.emplace(row, grouping.topic_of.back().second);
  }
  progress.begin("clusters of consumers", "authors", 1);
  MentionTable table = PLUMBLINE_TRY(workspace.store->table(kFirstDay, kLastDay, ""));
  for (MentionRow& row : table.rows) {
    const auto found = topic_of.find(row.id);
    row.topic = found == topic_of.end() ? kNoTopic : found->second;
  }
  table.topics = grouping.topics;
  Clusters clusters = find_clusters(table, {});
  grouping.cluster_of = std::move(clusters.cluster_of);
  grouping.clusters_note = clusters.note;
  grouping.cluster_stability = clusters.stability;
  progress.end("clusters of consumers: " + clusters.note);
  PLUMBLINE_CHECK(workspace.store->put_grouping(grouping));
  return true;
}

Status bring_up_to_date(Workspace& workspace, Progress& progress) {
  PLUMBLINE_TRY(analyze_stale(workspace, progress));
  PLUMBLINE_TRY(regroup(workspace, progress));
  return workspace.store->roll_up();
}

}  // namespace plumbline
