// Everything the page for marketing says, as numbers: each value carries its n, its authors and an
// interval.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/analysis.h"
#include "model/coverage.h"

namespace plumbline {

// n counts every kept mention, copies included; distinct counts copies once; authors counts voices.
struct Counts {
  std::int64_t n = 0;
  std::int64_t distinct = 0;
  std::int64_t authors = 0;
};

// How far a value may be relied on: fewer than 30 authors, only quotes may be shown; 30 to 99, the
// value without an arrow.
enum class Weight { quotes_only, grey, full };
Weight weight_of(std::int64_t authors);
inline bool may_be_said(std::int64_t authors) { return weight_of(authors) != Weight::quotes_only; }

// A value between lo and hi with 95 % confidence.
struct Estimate {
  double value = 0;
  double lo = 0;
  double hi = 0;
  std::int64_t n = 0;
  std::int64_t authors = 0;
  std::string method;  // e.g. "one author one vote, t interval"
};

struct Quote {
  std::string text;  // the author's own words, cut at a border
  std::string source;
  std::string id;
  std::string url;
  std::string author;  // handle; empty if unknown
  Seconds published_at = kNoTime;
  Polarity label = Polarity::neutral;
};

// Mentions that read as praise, and those of them that may not be meant so
// (Analysis::is_doubtful).
struct Doubt {
  Counts positive, doubtful;
  Estimate share;  // of distinct positive mentions, 0..1
};

struct BrandShare {
  std::string brand;
  Counts counts;
  Estimate share;  // 0..1 of distinct mentions of all brands
  Estimate net_sentiment;
};

struct DailyRow {
  Day day = 0;
  std::string brand;
  Counts counts;
  std::int64_t positive = 0;  // mentions, copies included, so the three add up to n
  std::int64_t neutral = 0;
  std::int64_t negative = 0;
};

struct TrendPoint {
  Day start = 0;
  Counts counts;
  Estimate net_sentiment;
  double price_talk = 0;  // share of mentions, 0..1
  double value_talk = 0;
  bool partial = false;  // a source was missing in this period
};

struct TrendSeries {
  std::string brand;
  Unit unit = Unit::week;
  std::vector<TrendPoint> points;
  std::string note;  // what was left out of a trend of its own
};

// A part of a change of net sentiment between two periods: `rate` how the same group felt, `mix`
// how much of the talk it was.
struct ChangePart {
  std::string dimension;  // topic, source
  std::string name;
  double rate = 0;  // in net-sentiment points (-2..2); all parts of a dimension sum to the change
  double mix = 0;
  Counts before, after;
  std::vector<Quote> quotes;

  std::int64_t fewest_authors() const { return std::min(before.authors, after.authors); }
};

struct Change {
  Day from = 0, middle = 0, to = 0;  // before is [from, middle), after [middle, to)
  Estimate before, after, difference;
  bool significant =
      false;  // the interval of the difference excludes 0 and both sides have 100 authors
  std::vector<ChangePart> parts;  // the largest first

  std::int64_t fewest_authors() const { return std::min(before.authors, after.authors); }
};

// The period of the report that was far louder than the others, by which an incident shows.
struct Loudest {
  Day start = 0;
  Unit unit = Unit::day;
  Counts counts;           // n is 0: no period stands out
  std::int64_t usual = 0;  // mentions of the middle period
  Estimate net_sentiment;
  std::vector<std::string> topics;  // labels of what was talked about more than else
  std::vector<Quote> quotes;
};

struct TopicRow {
  int id = 0;
  std::string label;
  std::vector<std::string> words;
  Counts counts;
  Estimate net_sentiment;
  std::vector<Quote> quotes;
};

struct StatementRow {
  StatementKind kind = StatementKind::want;
  std::string topic;
  Counts counts;
  std::vector<Quote> quotes;
};

struct ClusterTopicCell {
  int topic = 0;
  Counts counts;
  Estimate net_sentiment;
};

// Consumers who write about the same things.
struct ClusterRow {
  int id = 0;
  std::string label;
  Counts counts;
  double share = 0;         // of all authors in clusters, 0..1
  std::vector<int> topics;  // ids of what they write about most
  Estimate net_sentiment;
  std::vector<ClusterTopicCell> per_topic;
  std::vector<StatementRow> statements;  // wants, needs, pains and fears first
  double price_talk = 0;
  double value_talk = 0;
  std::vector<Quote> quotes;
};

struct TalkRow {
  std::string brand;
  Counts counts;   // mentions that hold such talk
  Estimate share;  // of the brand's authors who talk so, 0..1
  std::vector<Quote> quotes;
};

struct StoryRow {
  std::string claim;
  Counts presence;        // mentions that carry the claim
  Estimate reach;         // share of the brand's authors who carry it, 0..1
  Counts contradictions;  // mentions that say the opposite
  std::vector<Quote> quotes;
  std::vector<Quote> contradicting;
  bool contradicted =
      false;  // the talk says the opposite more often than the same, among 5 authors or more
};

// The own brand beside another, from mentions that name both, whichever brand they are counted for.
struct ComparisonRow {
  std::string rival;
  Counts together;      // mentions that name both
  Counts above, below;  // of these, those that put the own brand above the other, or below it
  Estimate share;       // of the authors who put one above the other: to the own brand, 0..1
  std::vector<Quote> above_quotes, below_quotes;
};

// A focus group or interview series, shown beside the chatter.
struct SessionRow {
  std::string source;
  Counts counts;
  Estimate net_sentiment;
  std::vector<StatementRow> statements;
  std::vector<Quote> quotes;
};

struct Report {
  std::string brand;
  Day from = 0, to = 0;  // both days included, in `zone`
  std::string zone = "UTC";
  Seconds made_at = kNoTime;
  std::string note;  // said at the top: "invented sample data", a re-weighting, a missing source
  Counts mentions;
  Estimate net_sentiment;
  Doubt doubt;
  std::vector<BrandShare> share_of_voice;
  std::vector<DailyRow> daily;
  std::vector<TrendSeries> trends;     // one per brand, own brand first
  std::vector<TrendSeries> by_source;  // own brand, series named after the source
  Change change;
  Loudest loudest;
  std::vector<TopicRow> topics;
  std::vector<ClusterRow> clusters;
  std::string clusters_note;     // why there are none, or how stable they are
  double cluster_stability = 0;  // mean adjusted Rand index of bootstrap runs, 0..1
  std::vector<StatementRow> statements;
  std::vector<TalkRow> price_talk, value_talk;  // one row per brand
  std::vector<StoryRow> stories;
  std::vector<ComparisonRow> comparisons;  // one per brand named beside the own one
  std::vector<SessionRow> sessions;
  std::vector<CoverageDay> coverage;
  std::int64_t unscored =
      0;  // mentions in languages without sentiment data; kept in n, left out of net sentiment
  std::string analyzer;  // version
};

}  // namespace plumbline
