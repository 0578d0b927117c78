#include <algorithm>
#include <functional>
#include <span>
#include <tuple>
#include <utility>

#include "market/interval.h"
#include "market/metric.h"

namespace plumbline {
namespace {

constexpr std::size_t kQuotes = 3;

// One mention beside one rival; the group is the rival's place.
struct Hit {
  std::size_t rival = 0;
  std::int64_t voice = 0;
  std::uint32_t row = 0;
  Polarity own = Polarity::neutral;
  Span span;
};

std::vector<std::string> rivals_of(const View& view) {
  std::vector<std::string> out;
  for (const std::string& name : view.input.competitors)
    if (std::ranges::any_of(view.input.comparison_hits,
                            [&](const ComparisonHit& hit) { return hit.rival == name; }))
      out.push_back(name);
  return out;
}

std::vector<Hit> hits_of(const View& view, const std::vector<std::string>& rivals) {
  std::vector<Hit> out;
  for (const ComparisonHit& hit : view.input.comparison_hits) {
    const auto rival = std::ranges::find(rivals, hit.rival);
    if (rival == rivals.end() || hit.row >= view.table.rows.size()) continue;
    const MentionRow& row = view.table.rows[hit.row];
    if (row.session || !view.holds(row)) continue;
    out.push_back(
        {static_cast<std::size_t>(rival - rivals.begin()), row.voice, hit.row, hit.own, hit.span});
  }
  std::ranges::sort(out, {},
                    [](const Hit& hit) { return std::tuple(hit.rival, hit.voice, hit.row); });
  return out;
}

// Counts of one rival. An author who puts it above and below is of neither side.
void count(const View& view, std::span<const Hit> hits, ComparisonRow& out) {
  std::int64_t for_own = 0, deciding = 0;
  for (std::size_t i = 0; i < hits.size();) {
    std::size_t end = i;
    int balance = 0;
    bool above = false, below = false;
    for (; end < hits.size() && hits[end].voice == hits[i].voice; ++end) {
      const bool copy = view.table.rows[hits[end].row].copy;
      const auto add = [&](Counts& counts) {
        ++counts.n;
        counts.distinct += copy ? 0 : 1;
      };
      add(out.together);
      if (hits[end].own == Polarity::positive) add(out.above);
      if (hits[end].own == Polarity::negative) add(out.below);
      above = above || hits[end].own == Polarity::positive;
      below = below || hits[end].own == Polarity::negative;
      if (!copy) balance += static_cast<int>(hits[end].own);
    }
    ++out.together.authors;
    out.above.authors += above ? 1 : 0;
    out.below.authors += below ? 1 : 0;
    deciding += balance != 0 ? 1 : 0;
    for_own += balance > 0 ? 1 : 0;
    i = end;
  }
  out.share = share_of_authors(for_own, deciding, out.above.distinct + out.below.distinct);
}

void fill(const View& view, Report& report, QuotePlan& plan) {
  const std::vector<std::string> rivals = rivals_of(view);
  std::vector<Hit> hits = hits_of(view, rivals);
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    ComparisonRow row;
    row.rival = rivals[i];
    const auto mine = std::ranges::equal_range(hits, i, {}, &Hit::rival);
    count(view, {mine.begin(), mine.end()}, row);
    report.comparisons.push_back(std::move(row));
  }
  std::ranges::stable_sort(hits, std::ranges::greater(), &Hit::row);
  QuotePicker picker(2 * rivals.size(), 3 * kQuotes);
  for (const Hit& hit : hits)
    if (hit.own != Polarity::neutral)
      picker.offer(2 * hit.rival + (hit.own == Polarity::positive ? 0U : 1U), view,
                   {hit.row, hit.span}, true);
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    plan.wish(picker.take(2 * i), kQuotes,
              [i](Report& out) { return &out.comparisons[i].above_quotes; });
    plan.wish(picker.take(2 * i + 1), kQuotes,
              [i](Report& out) { return &out.comparisons[i].below_quotes; });
  }
}

}  // namespace

extern const Metric comparisons_metric = {
    "comparisons", "share of authors, 0..1",
    "Of the authors who put the own brand above another or below it: those who put it above.", 105,
    fill};

}  // namespace plumbline
