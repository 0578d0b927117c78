#include <algorithm>
#include <numeric>
#include <utility>

#include "market/metric.h"
#include "market/statements.h"
#include "market/tally.h"

namespace plumbline {
namespace {

constexpr std::size_t kTopics = 3;  // named per cluster
constexpr std::size_t kQuotes = 4;
constexpr int kMostClusters = 256;

int cluster_of(const View& view, const MentionRow& row) {
  return view.is_own(row) && row.cluster >= 0 && row.cluster < kMostClusters ? row.cluster : -1;
}

// What this cluster talks about more than all clusters together: share here minus share overall,
// so that neither a rare topic nor one that everybody has gives the name.
std::vector<std::size_t> topics_of(const std::vector<TallyCell>& cells, std::size_t cluster,
                                   std::size_t topics) {
  const std::size_t clusters = topics == 0 ? 0 : cells.size() / topics;
  std::vector<double> all(topics, 0), here(topics, 0);
  for (std::size_t c = 0; c < clusters; ++c)
    for (std::size_t t = 0; t < topics; ++t) {
      const auto distinct = static_cast<double>(cells[c * topics + t].counts.distinct);
      all[t] += distinct;
      if (c == cluster) here[t] = distinct;
    }
  const double all_sum = std::max(1.0, std::accumulate(all.begin(), all.end(), 0.0));
  const double here_sum = std::max(1.0, std::accumulate(here.begin(), here.end(), 0.0));
  std::vector<std::pair<double, std::size_t>> lift;
  for (std::size_t t = 0; t < topics; ++t)
    if (here[t] > 0) lift.emplace_back(all[t] / all_sum - here[t] / here_sum, t);
  std::sort(lift.begin(), lift.end());
  std::vector<std::size_t> out;
  for (const auto& [less, topic] : lift)
    if (out.size() < kTopics && (out.empty() || less < 0)) out.push_back(topic);
  return out;
}

std::string label_of(const View& view, const std::vector<std::size_t>& topics, int id) {
  if (topics.empty()) return "Cluster " + std::to_string(id + 1);
  std::string label = view.table.topics[topics[0]].label;
  if (topics.size() > 1) label += " · " + view.table.topics[topics[1]].label;
  return label;
}

void wish_quotes(const View& view, const std::vector<int>& place_of, std::size_t clusters,
                 QuotePlan& plan) {
  QuotePicker picker(clusters, 3 * kQuotes);
  for (std::size_t i = view.table.rows.size(); i-- > 0;) {
    const MentionRow& row = view.table.rows[i];
    const int cluster = cluster_of(view, row);
    if (cluster < 0) continue;
    const int place = place_of[static_cast<std::size_t>(cluster)];
    if (place >= 0 && !picker.full(static_cast<std::size_t>(place)))
      picker.offer(static_cast<std::size_t>(place), view, {static_cast<std::uint32_t>(i), {}},
                   is_clear(row));
  }
  for (std::size_t place = 0; place < clusters; ++place)
    plan.wish(picker.take(place), kQuotes,
              [place](Report& out) { return &out.clusters[place].quotes; });
}

void add_statements(const View& view, const std::vector<int>& place_of, Report& report,
                    QuotePlan& plan) {
  const auto section_of = [&](const MentionRow& row) {
    const int cluster = cluster_of(view, row);
    return cluster < 0 ? -1 : place_of[static_cast<std::size_t>(cluster)];
  };
  for (StatementGroup& group : group_statements(view, section_of, {3, 8})) {
    auto& rows = report.clusters[group.section].statements;
    rows.push_back(std::move(group.row));
    plan.wish(std::move(group.candidates), 2,
              [cluster = group.section, place = rows.size() - 1](Report& out) {
                return &out.clusters[cluster].statements[place].quotes;
              });
  }
}

ClusterRow make_row(const View& view, int id, const TallyCell& cell,
                    const std::vector<TallyCell>& cells) {
  const std::size_t topics = view.table.topics.size();
  const auto cluster = static_cast<std::size_t>(id);
  const auto distinct = static_cast<double>(std::max<std::int64_t>(1, cell.counts.distinct));
  const std::vector<std::size_t> named = topics_of(cells, cluster, topics);
  ClusterRow row;
  row.id = id;
  row.label = label_of(view, named, id);
  row.counts = cell.counts;
  row.net_sentiment = cell.net_sentiment();
  row.price_talk = static_cast<double>(cell.price) / distinct;
  row.value_talk = static_cast<double>(cell.value) / distinct;
  for (const std::size_t topic : named) row.topics.push_back(view.table.topics[topic].id);
  for (std::size_t t = 0; t < topics; ++t) {
    const TallyCell& at = cells[cluster * topics + t];
    if (at.counts.n > 0)
      row.per_topic.push_back({view.table.topics[t].id, at.counts, at.net_sentiment()});
  }
  return row;
}

void fill(const View& view, Report& report, QuotePlan& plan) {
  report.clusters_note = view.input.clusters_note;
  report.cluster_stability = view.input.cluster_stability;
  int clusters = 0;
  for (const std::uint32_t index : view.own_by_voice)
    clusters = std::max(clusters, cluster_of(view, view.table.rows[index]) + 1);
  const auto count = static_cast<std::size_t>(clusters);
  const std::size_t topics = view.table.topics.size();
  VoiceTally whole(count);
  VoiceTally by_topic(count * topics);
  for (const std::uint32_t index : view.own_by_voice) {
    const MentionRow& row = view.table.rows[index];
    const int cluster = cluster_of(view, row);
    if (cluster < 0) continue;
    whole.add(static_cast<std::size_t>(cluster), row);
    if (const int topic = view.topic_of(row); topic >= 0)
      by_topic.add(static_cast<std::size_t>(cluster) * topics + static_cast<std::size_t>(topic),
                   row);
  }
  const std::vector<TallyCell>& cells = whole.finish();
  const std::vector<TallyCell>& topic_cells = by_topic.finish();
  std::int64_t authors = 0;
  for (const TallyCell& cell : cells) authors += cell.counts.authors;
  std::vector<int> place_of(count, -1);
  for (int id = 0; id < clusters; ++id) {
    const TallyCell& cell = cells[static_cast<std::size_t>(id)];
    if (cell.counts.n == 0) continue;
    place_of[static_cast<std::size_t>(id)] = static_cast<int>(report.clusters.size());
    report.clusters.push_back(make_row(view, id, cell, topic_cells));
    report.clusters.back().share =
        static_cast<double>(cell.counts.authors) / static_cast<double>(authors);
  }
  if (report.clusters.empty()) return;
  add_statements(view, place_of, report, plan);
  wish_quotes(view, place_of, report.clusters.size(), plan);
}

}  // namespace

extern const Metric clusters_metric = {
    "clusters", "authors, share of clustered authors, net sentiment",
    "Consumers who write about the same things: how many, how they feel, what they want and fear.",
    110, fill};

}  // namespace plumbline
