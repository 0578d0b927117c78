#include <algorithm>
#include <utility>

#include "market/metric.h"
#include "market/periods.h"

namespace plumbline {
namespace {

constexpr std::int64_t kTimes = 2;  // as many mentions as usual, at least
constexpr std::size_t kTopics = 2;  // named
constexpr std::size_t kQuotes = 2;
constexpr std::size_t kFewest = 4;  // periods, else nothing is usual

std::int64_t middle_of(std::vector<std::int64_t> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// What was talked about more in the period than its share of all talk would have it.
std::vector<std::size_t> topics_of(const View& view, const Periods& periods, std::size_t loudest) {
  std::vector<double> here(view.table.topics.size(), 0), all(here);
  double here_sum = 0, all_sum = 0;
  for (const std::uint32_t index : view.own_by_voice) {
    const MentionRow& row = view.table.rows[index];
    if (row.copy) continue;
    const bool loud = periods.of(row.day) == loudest;
    ++all_sum;
    here_sum += loud ? 1 : 0;
    const int topic = view.topic_of(row);
    if (topic < 0) continue;
    ++all[static_cast<std::size_t>(topic)];
    here[static_cast<std::size_t>(topic)] += loud ? 1 : 0;
  }
  std::vector<std::pair<double, std::size_t>> excess;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double more = here[i] - all[i] * here_sum / std::max(1.0, all_sum);
    if (more * 20 > here_sum) excess.emplace_back(-more, i);
  }
  std::sort(excess.begin(), excess.end());
  std::vector<std::size_t> out;
  for (const auto& [less, topic] : excess)
    if (out.size() < kTopics) out.push_back(topic);
  return out;
}

void wish_quotes(const View& view, const Periods& periods, std::size_t loudest,
                 const std::vector<std::size_t>& topics, QuotePlan& plan) {
  if (topics.empty()) return;
  QuotePicker picker(1, 3 * kQuotes);
  for (std::size_t i = view.table.rows.size(); i-- > 0 && !picker.full(0);) {
    const MentionRow& row = view.table.rows[i];
    if (!view.is_own(row) || periods.of(row.day) != loudest) continue;
    if (view.topic_of(row) == static_cast<int>(topics.front()))
      picker.offer(0, view, {static_cast<std::uint32_t>(i), {}}, is_clear(row));
  }
  plan.wish(picker.take(0), kQuotes, [](Report& out) { return &out.loudest.quotes; });
}

void fill(const View& view, Report& report, QuotePlan& plan) {
  const Periods periods(view);
  VoiceTally tally(periods.count());
  for (const std::uint32_t index : view.own_by_voice) {
    const MentionRow& row = view.table.rows[index];
    tally.add(periods.of(row.day), row);
  }
  const std::vector<TrendPoint> points = periods.points(tally.finish(), 0, {});
  std::vector<std::int64_t> sizes;  // without silence, which may be days that nobody collected
  std::size_t loudest = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].counts.n > 0) sizes.push_back(points[i].counts.n);
    if (points[i].counts.n > points[loudest].counts.n) loudest = i;
  }
  if (sizes.size() < kFewest) return;
  const TrendPoint& point = points[loudest];
  const std::int64_t usual = middle_of(std::move(sizes));
  if (point.counts.n < kTimes * std::max<std::int64_t>(1, usual) ||
      weight_of(point.counts.authors) == Weight::quotes_only)
    return;
  report.loudest = {point.start, view.unit(), point.counts, usual, point.net_sentiment, {}, {}};
  const std::vector<std::size_t> topics = topics_of(view, periods, loudest);
  for (const std::size_t topic : topics)
    report.loudest.topics.push_back(view.table.topics[topic].label);
  wish_quotes(view, periods, loudest, topics, plan);
}

}  // namespace

extern const Metric loudest_metric = {
    "loudest", "mentions, authors, net sentiment points",
    "The period with at least twice the usual talk, and what it was about.", 62, fill};

}  // namespace plumbline
