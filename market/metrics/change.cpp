#include "market/change.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "market/metric.h"
#include "market/tally.h"

namespace plumbline {
namespace {

constexpr Day kDays = 28;           // four whole weeks, so that no weekday weighs more on one side
constexpr std::size_t kQuoted = 6;  // parts that get quotes
constexpr std::size_t kQuotes = 3;

// Long reports compare the last 28 days with the 28 before; short ones their last third with the
// rest.
void set_periods(const View& view, Change& change) {
  change.to = view.to + 1;
  const Day after = view.days() >= 2 * kDays ? kDays : std::max(1, view.days() / 3);
  change.middle = change.to - after;
  change.from = view.days() >= 2 * kDays ? change.middle - kDays : view.from;
}

bool votes(const MentionRow& row) { return row.scored && !row.copy; }

// Votes and feeling of each group in the two periods: entries [0, groups) before, the rest after.
class Votes {
 public:
  explicit Votes(std::size_t groups) : groups_(groups), sums_(2 * groups) {}

  void add(std::size_t group, int period, double vote, Polarity label) {
    GroupPeriod& sum = sums_[static_cast<std::size_t>(period) * groups_ + group];
    sum.weight += vote;
    sum.mean += vote * static_cast<int>(label);
  }
  std::vector<GroupPeriod> period(int which) const {
    const auto begin = sums_.begin() + which * static_cast<std::ptrdiff_t>(groups_);
    std::vector<GroupPeriod> out(begin, begin + static_cast<std::ptrdiff_t>(groups_));
    double total = 0;
    for (const GroupPeriod& sum : out) total += sum.weight;
    for (GroupPeriod& sum : out) {
      if (sum.weight <= 0) continue;
      sum.mean /= sum.weight;
      sum.weight /= total;
    }
    return out;
  }

 private:
  std::size_t groups_;
  std::vector<GroupPeriod> sums_;
};

struct Dimension {
  std::string name;
  std::vector<std::string> groups;
  std::function<std::size_t(const MentionRow&)> group_of;
};

std::vector<Dimension> dimensions(const View& view) {
  Dimension topic{"topic", {}, {}};
  for (const TopicInfo& info : view.table.topics) topic.groups.push_back(info.label);
  topic.groups.push_back("other talk");
  const std::size_t no_topic = view.table.topics.size();
  topic.group_of = [&view, no_topic](const MentionRow& row) {
    const int place = view.topic_of(row);
    return place < 0 ? no_topic : static_cast<std::size_t>(place);
  };
  Dimension source{"source", view.table.sources, {}};
  source.groups.push_back("unknown");
  const std::size_t no_source = view.table.sources.size();
  source.group_of = [no_source](const MentionRow& row) {
    return std::min<std::size_t>(row.source, no_source);
  };
  return {std::move(topic), std::move(source)};
}

int period_of(const Change& change, const MentionRow& row) {
  if (row.day < change.from || row.day >= change.to) return -1;
  return row.day < change.middle ? 0 : 1;
}

// Walks author by author: `each(row, period, vote)` with the part of the author's one vote in that
// period that the mention holds.
template <class Each>
void walk_votes(const View& view, const Change& change, const Each& each) {
  const auto& rows = view.own_by_voice;
  for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    int count[2] = {0, 0};
    const std::int64_t voice = view.table.rows[rows[begin]].voice;
    for (; end < rows.size() && view.table.rows[rows[end]].voice == voice; ++end) {
      const MentionRow& row = view.table.rows[rows[end]];
      const int period = period_of(change, row);
      if (period >= 0 && votes(row)) ++count[period];
    }
    for (std::size_t i = begin; i < end; ++i) {
      const MentionRow& row = view.table.rows[rows[i]];
      const int period = period_of(change, row);
      if (period >= 0) each(row, period, votes(row) ? 1.0 / count[period] : 0.0);
    }
  }
}

void add_parts(const View& view, const Dimension& dimension, Change& change) {
  const std::size_t groups = dimension.groups.size();
  Votes votes_of(groups);
  VoiceTally tally(2 * groups);
  walk_votes(view, change, [&](const MentionRow& row, int period, double vote) {
    const std::size_t group = dimension.group_of(row);
    if (vote > 0) votes_of.add(group, period, vote, row.label);
    tally.add(static_cast<std::size_t>(period) * groups + group, row);
  });
  const std::vector<TallyCell>& cells = tally.finish();
  const bool comparable = change.before.authors > 0 && change.after.authors > 0;
  const std::vector<RateMix> split = split_change(votes_of.period(0), votes_of.period(1));
  for (std::size_t i = 0; i < groups; ++i) {
    if (cells[i].counts.n + cells[groups + i].counts.n == 0) continue;
    change.parts.push_back({dimension.name,
                            dimension.groups[i],
                            comparable ? split[i].rate : 0,
                            comparable ? split[i].mix : 0,
                            cells[i].counts,
                            cells[groups + i].counts,
                            {}});
  }
}

// For the parts that moved most: what was said in the later period, in the direction of the move.
void wish_quotes(const View& view, const std::vector<Dimension>& all, const Change& change,
                 QuotePlan& plan) {
  const std::size_t parts = std::min(kQuoted, change.parts.size());
  for (std::size_t place = 0; place < parts; ++place) {
    const ChangePart& part = change.parts[place];
    const Dimension& dimension = all[part.dimension == "topic" ? 0 : 1];
    const auto found = std::find(dimension.groups.begin(), dimension.groups.end(), part.name);
    const auto group = static_cast<std::size_t>(found - dimension.groups.begin());
    const Polarity toward = part.rate + part.mix < 0 ? Polarity::negative : Polarity::positive;
    QuotePicker picker(1, 3 * kQuotes);
    for (std::size_t i = view.table.rows.size(); i-- > 0 && !picker.full(0);) {
      const MentionRow& row = view.table.rows[i];
      if (row.day < change.middle) break;
      if (view.is_own(row) && dimension.group_of(row) == group)
        picker.offer(0, view, {static_cast<std::uint32_t>(i), {}},
                     row.scored && row.label == toward);
    }
    plan.wish(picker.take(0), kQuotes,
              [place](Report& out) { return &out.change.parts[place].quotes; });
  }
}

void fill(const View& view, Report& report, QuotePlan& plan) {
  Change& change = report.change;
  set_periods(view, change);
  VoiceTally tally(2);
  for (const std::uint32_t index : view.own_by_voice) {
    const MentionRow& row = view.table.rows[index];
    if (const int period = period_of(change, row); period >= 0)
      tally.add(static_cast<std::size_t>(period), row);
  }
  const TallyCell& before = tally.finish()[0];
  const TallyCell& after = tally.finish()[1];
  change.before = before.net_sentiment();
  change.after = after.net_sentiment();
  change.difference = difference_of(before.sentiment, after.sentiment);
  change.difference.n = before.scored + after.scored;
  change.significant = (change.difference.lo > 0 || change.difference.hi < 0) &&
                       weight_of(change.before.authors) == Weight::full &&
                       weight_of(change.after.authors) == Weight::full;
  const std::vector<Dimension> all = dimensions(view);
  for (const Dimension& dimension : all) add_parts(view, dimension, change);
  std::stable_sort(change.parts.begin(), change.parts.end(),
                   [](const ChangePart& a, const ChangePart& b) {
                     return std::fabs(a.rate + a.mix) > std::fabs(b.rate + b.mix);
                   });
  wish_quotes(view, all, change, plan);
}

}  // namespace

extern const Metric change_metric = {
    "change", "net sentiment points, -2..2",
    "How the last weeks differ from those before, and which topics and sources moved it.", 60,
    fill};

}  // namespace plumbline
