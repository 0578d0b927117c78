#include <algorithm>

#include "market/metric.h"
#include "market/tally.h"

namespace plumbline {
namespace {

constexpr std::size_t kQuotes = 4;

void wish_quotes(const View& view, const Report& report, QuotePlan& plan) {
  QuotePicker picker(view.table.topics.size(), 3 * kQuotes);
  for (std::size_t i = view.table.rows.size(); i-- > 0;) {
    const MentionRow& row = view.table.rows[i];
    const int topic = view.is_own(row) ? view.topic_of(row) : -1;
    if (topic < 0 || picker.full(static_cast<std::size_t>(topic))) continue;
    picker.offer(static_cast<std::size_t>(topic), view, {static_cast<std::uint32_t>(i), {}},
                 is_clear(row));
  }
  for (std::size_t place = 0; place < report.topics.size(); ++place) {
    MentionRow like;
    like.topic = report.topics[place].id;
    plan.wish(picker.take(static_cast<std::size_t>(view.topic_of(like))), kQuotes,
              [place](Report& out) { return &out.topics[place].quotes; });
  }
}

void fill(const View& view, Report& report, QuotePlan& plan) {
  VoiceTally tally(view.table.topics.size());
  for (const std::uint32_t index : view.own_by_voice) {
    const MentionRow& row = view.table.rows[index];
    if (const int topic = view.topic_of(row); topic >= 0)
      tally.add(static_cast<std::size_t>(topic), row);
  }
  const std::vector<TallyCell>& cells = tally.finish();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].counts.n == 0) continue;
    const TopicInfo& topic = view.table.topics[i];
    report.topics.push_back(
        {topic.id, topic.label, topic.words, cells[i].counts, cells[i].net_sentiment(), {}});
  }
  std::stable_sort(
      report.topics.begin(), report.topics.end(), [](const TopicRow& a, const TopicRow& b) {
        return a.counts.authors != b.counts.authors ? a.counts.authors > b.counts.authors
                                                    : a.counts.n > b.counts.n;
      });
  wish_quotes(view, report, plan);
}

}  // namespace

extern const Metric topics_metric = {"topics", "mentions, authors, net sentiment",
                                     "What the talk is about, and how authors feel in each topic.",
                                     70, fill};

}  // namespace plumbline
