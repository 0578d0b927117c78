#include <cmath>

#include <nlohmann/json.hpp>

#include "base/time.h"
#include "market/render/render.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

double finite(double value) { return std::isfinite(value) ? value : 0; }

Json object_of(const Counts& counts) {
  return {{"n", counts.n}, {"distinct", counts.distinct}, {"authors", counts.authors}};
}

Json object_of(const Estimate& estimate) {
  return {{"value", finite(estimate.value)}, {"lo", finite(estimate.lo)},
          {"hi", finite(estimate.hi)},       {"n", estimate.n},
          {"authors", estimate.authors},     {"method", estimate.method}};
}

Json object_of(const Quote& quote) {
  Json out = {{"text", quote.text}, {"source", quote.source}, {"id", quote.id}, {"url", quote.url}};
  if (!quote.author.empty()) out["author"] = quote.author;
  if (quote.published_at != kNoTime) out["published_at"] = format_utc(quote.published_at);
  out["label"] = name_of(quote.label);
  return out;
}

// Declared first, because list_of looks them up where it stands.
Json object_of(const BrandShare& row);
Json object_of(const DailyRow& row);
Json object_of(const TrendPoint& point);
Json object_of(const ChangePart& part);
Json object_of(const TopicRow& row);
Json object_of(const StatementRow& row);
Json object_of(const ClusterTopicCell& cell);
Json object_of(const ClusterRow& row);
Json object_of(const TalkRow& row);
Json object_of(const StoryRow& row);
Json object_of(const ComparisonRow& row);
Json object_of(const SessionRow& row);
Json object_of(const CoverageDay& day);

template <class T>
Json list_of(const std::vector<T>& items) {
  Json out = Json::array();
  for (const T& item : items) out.push_back(object_of(item));
  return out;
}

void add_counts(Json& out, const Counts& counts) { out.update(object_of(counts)); }

void add_share(Json& out, const Estimate& share) {
  out["share"] = finite(share.value);
  out["lo"] = finite(share.lo);
  out["hi"] = finite(share.hi);
}

Json object_of(const Doubt& doubt) {
  return {{"positive", object_of(doubt.positive)},
          {"doubtful", object_of(doubt.doubtful)},
          {"share", object_of(doubt.share)}};
}

Json object_of(const BrandShare& row) {
  Json out = {{"brand", row.brand}};
  add_counts(out, row.counts);
  add_share(out, row.share);
  out["method"] = row.share.method;
  out["net_sentiment"] = object_of(row.net_sentiment);
  return out;
}

Json object_of(const DailyRow& row) {
  Json out = {{"day", format_day(row.day)}, {"brand", row.brand}};
  add_counts(out, row.counts);
  out["positive"] = row.positive;
  out["neutral"] = row.neutral;
  out["negative"] = row.negative;
  return out;
}

Json object_of(const TrendPoint& point) {
  Json out = {{"start", format_day(point.start)}};
  add_counts(out, point.counts);
  out["net_sentiment"] = object_of(point.net_sentiment);
  out["price_talk"] = finite(point.price_talk);
  out["value_talk"] = finite(point.value_talk);
  out["partial"] = point.partial;
  return out;
}

std::string_view name_of_unit(Unit unit) {
  return unit == Unit::day ? "day" : unit == Unit::week ? "week" : "month";
}

Json series_of(const TrendSeries& series, std::string_view key) {
  return {
      {key, series.brand}, {"unit", name_of_unit(series.unit)}, {"points", list_of(series.points)}};
}

Json object_of(const ChangePart& part) {
  return {{"dimension", part.dimension},      {"name", part.name},
          {"rate", finite(part.rate)},        {"mix", finite(part.mix)},
          {"before", object_of(part.before)}, {"after", object_of(part.after)},
          {"quotes", list_of(part.quotes)}};
}

Json object_of(const Change& change) {
  return {{"from", format_day(change.from)},   {"middle", format_day(change.middle)},
          {"to", format_day(change.to - 1)},   {"before", object_of(change.before)},
          {"after", object_of(change.after)},  {"difference", object_of(change.difference)},
          {"significant", change.significant}, {"parts", list_of(change.parts)}};
}

Json object_of(const TopicRow& row) {
  Json out = {{"id", row.id}, {"label", row.label}, {"words", row.words}};
  add_counts(out, row.counts);
  out["net_sentiment"] = object_of(row.net_sentiment);
  out["quotes"] = list_of(row.quotes);
  return out;
}

Json object_of(const StatementRow& row) {
  Json out = {{"kind", name_of(row.kind)}, {"topic", row.topic}};
  add_counts(out, row.counts);
  out["quotes"] = list_of(row.quotes);
  return out;
}

Json object_of(const ClusterTopicCell& cell) {
  Json out = {{"topic", cell.topic}};
  add_counts(out, cell.counts);
  out["net_sentiment"] = object_of(cell.net_sentiment);
  return out;
}

Json object_of(const ClusterRow& row) {
  Json out = {{"id", row.id}, {"label", row.label}};
  add_counts(out, row.counts);
  out["share"] = finite(row.share);
  out["topics"] = row.topics;
  out["net_sentiment"] = object_of(row.net_sentiment);
  out["per_topic"] = list_of(row.per_topic);
  out["statements"] = list_of(row.statements);
  out["price_talk"] = finite(row.price_talk);
  out["value_talk"] = finite(row.value_talk);
  out["quotes"] = list_of(row.quotes);
  return out;
}

Json object_of(const TalkRow& row) {
  Json out = {{"brand", row.brand}};
  add_counts(out, row.counts);
  add_share(out, row.share);
  out["of_authors"] = row.share.authors;
  out["method"] = row.share.method;
  out["quotes"] = list_of(row.quotes);
  return out;
}

// The own brand's row with the other brands' rows below it.
Json talk_of(const std::vector<TalkRow>& rows) {
  Json out = rows.empty() ? Json::object() : object_of(rows.front());
  out["brands"] = list_of(rows);
  return out;
}

// `presence` and `contradictions` are mentions; what else is known of them follows.
Json object_of(const StoryRow& row) {
  return {{"claim", row.claim},
          {"presence", row.presence.n},
          {"contradictions", row.contradictions.n},
          {"contradicted", row.contradicted},
          {"presence_counts", object_of(row.presence)},
          {"contradiction_counts", object_of(row.contradictions)},
          {"reach", object_of(row.reach)},
          {"quotes", list_of(row.quotes)},
          {"contradicting", list_of(row.contradicting)}};
}

Json object_of(const ComparisonRow& row) {
  return {{"rival", row.rival},
          {"together", object_of(row.together)},
          {"above", object_of(row.above)},
          {"below", object_of(row.below)},
          {"share", object_of(row.share)},
          {"above_quotes", list_of(row.above_quotes)},
          {"below_quotes", list_of(row.below_quotes)}};
}

Json object_of(const SessionRow& row) {
  Json out = {{"source", row.source}};
  add_counts(out, row.counts);
  out["net_sentiment"] = object_of(row.net_sentiment);
  out["statements"] = list_of(row.statements);
  out["quotes"] = list_of(row.quotes);
  return out;
}

std::string_view name_of_state(CoverageState state) {
  switch (state) {
    case CoverageState::partial: return "partial";
    case CoverageState::missing: return "missing";
    case CoverageState::complete: break;
  }
  return "complete";
}

Json object_of(const CoverageDay& day) {
  return {{"source", day.source}, {"day", format_day(day.day)}, {"state", name_of_state(day.state)},
          {"reason", day.reason}, {"documents", day.documents}, {"skipped", day.skipped}};
}

Json series_list(const std::vector<TrendSeries>& list, std::string_view key) {
  Json out = Json::array();
  for (const TrendSeries& series : list) out.push_back(series_of(series, key));
  return out;
}

Json object_of(const Loudest& loudest) {
  if (loudest.counts.n == 0) return nullptr;
  Json out = {{"start", format_day(loudest.start)}, {"by", name_of_unit(loudest.unit)}};
  add_counts(out, loudest.counts);
  out["usual"] = loudest.usual;
  out["net_sentiment"] = object_of(loudest.net_sentiment);
  out["topics"] = loudest.topics;
  out["quotes"] = list_of(loudest.quotes);
  return out;
}

Json object_of(const Report& report) {
  Json out = {{"brand", report.brand},
              {"from", format_day(report.from)},
              {"to", format_day(report.to)},
              {"zone", report.zone},
              {"made_at", format_utc(report.made_at)},
              {"note", report.note},
              {"analyzer", report.analyzer},
              {"mentions", object_of(report.mentions)},
              {"unscored", report.unscored},
              {"net_sentiment", object_of(report.net_sentiment)},
              {"doubt", object_of(report.doubt)},
              {"change", object_of(report.change)},
              {"loudest", object_of(report.loudest)},
              {"share_of_voice", list_of(report.share_of_voice)},
              {"daily", list_of(report.daily)},
              {"trends", series_list(report.trends, "brand")},
              {"by_source", series_list(report.by_source, "source")},
              {"topics", list_of(report.topics)},
              {"clusters", list_of(report.clusters)},
              {"clusters_note", report.clusters_note},
              {"cluster_stability", finite(report.cluster_stability)},
              {"statements", list_of(report.statements)}};
  out["talk"] = {{"price", talk_of(report.price_talk)}, {"value", talk_of(report.value_talk)}};
  out["stories"] = list_of(report.stories);
  out["comparisons"] = list_of(report.comparisons);
  out["sessions"] = list_of(report.sessions);
  out["coverage"] = list_of(report.coverage);
  return out;
}

}  // namespace

std::string report_json(const Report& report) {
  return object_of(report).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumbline
