#include <algorithm>
#include <tuple>
#include <utility>

#include "market/interval.h"
#include "market/metric.h"

namespace plumbline {
namespace {

constexpr std::size_t kQuotes = 3;
constexpr std::int64_t kFewestAgainst = 5;  // authors who must say the opposite before we say so

struct Hit {
  std::size_t place = 0;  // twice the claim, plus one where it contradicts
  std::int64_t voice = 0;
  std::uint32_t row = 0;
  Span span;
  double strength = 0;
  bool quotable = true;
};

std::vector<Hit> own_hits(const View& view) {
  std::vector<Hit> hits;
  for (const ClaimHit& hit : view.input.claim_hits) {
    if (hit.row >= view.table.rows.size() || hit.claim < 0) continue;
    const auto claim = static_cast<std::size_t>(hit.claim);
    if (claim >= view.input.claims.size() || !view.is_own(view.table.rows[hit.row])) continue;
    hits.push_back({2 * claim + (hit.contradicts ? 1U : 0U), view.table.rows[hit.row].voice,
                    hit.row, hit.span, hit.strength, hit.quotable});
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return std::tie(a.place, a.voice, a.row) < std::tie(b.place, b.voice, b.row);
  });
  return hits;
}

struct Side {
  Counts counts;
  std::int64_t voters = 0;  // authors in their own words, not only by a copy
};

std::vector<Side> count_sides(const View& view, const std::vector<Hit>& hits) {
  std::vector<Side> sides(2 * view.input.claims.size());
  bool voted = false;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    Side& side = sides[hits[i].place];
    const bool same_place = i > 0 && hits[i - 1].place == hits[i].place;
    const bool new_voice = !same_place || hits[i - 1].voice != hits[i].voice;
    if (new_voice) {
      ++side.counts.authors;
      voted = false;
    }
    if (!new_voice && hits[i - 1].row == hits[i].row) continue;
    ++side.counts.n;
    if (view.table.rows[hits[i].row].copy) continue;
    ++side.counts.distinct;
    if (!voted) ++side.voters;
    voted = true;
  }
  return sides;
}

std::int64_t own_voters(const View& view) {
  std::int64_t voters = 0;
  std::int64_t last = 0;
  for (const std::uint32_t index : view.own_by_voice) {
    const MentionRow& row = view.table.rows[index];
    if (row.copy || (voters > 0 && row.voice == last)) continue;
    ++voters;
    last = row.voice;
  }
  return voters;
}

void wish_quotes(const View& view, std::vector<Hit> hits, QuotePlan& plan) {
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.row > b.row; });
  QuotePicker picker(2 * view.input.claims.size(), 3 * kQuotes);
  for (const Hit& hit : hits)
    if (hit.quotable) picker.offer(hit.place, view, {hit.row, hit.span}, hit.strength >= 0.75);
  for (std::size_t i = 0; i < view.input.claims.size(); ++i) {
    plan.wish(picker.take(2 * i), kQuotes, [i](Report& out) { return &out.stories[i].quotes; });
    plan.wish(picker.take(2 * i + 1), kQuotes,
              [i](Report& out) { return &out.stories[i].contradicting; });
  }
}

void fill(const View& view, Report& report, QuotePlan& plan) {
  std::vector<Hit> hits = own_hits(view);
  const std::vector<Side> sides = count_sides(view, hits);
  const std::int64_t voters = own_voters(view);
  for (std::size_t i = 0; i < view.input.claims.size(); ++i) {
    const Side& with = sides[2 * i];
    const Side& against = sides[2 * i + 1];
    StoryRow row;
    row.claim = view.input.claims[i].text;
    row.presence = with.counts;
    row.reach = share_of_authors(with.voters, voters, with.counts.distinct);
    row.contradictions = against.counts;
    row.contradicted =
        against.counts.authors >= kFewestAgainst && against.counts.authors > with.counts.authors;
    report.stories.push_back(std::move(row));
  }
  wish_quotes(view, std::move(hits), plan);
}

}  // namespace

extern const Metric stories_metric = {
    "stories", "share of authors, 0..1",
    "How far the talk carries each claim of the plumb line, and who says the opposite.", 100, fill};

}  // namespace plumbline
