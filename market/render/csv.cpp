#include <cmath>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "market/render/render.h"

namespace plumbline {
namespace {

// Collects lines of the long form; names come from outside and are escaped here, once.
class Lines {
 public:
  struct Key {
    std::string_view section, brand, start, name, metric;
  };

  void counts(Key key, const Counts& counts) {
    key.metric = "mentions";
    write(key, std::to_string(counts.n), ",", counts.n, counts.distinct, counts.authors);
  }
  void estimate(Key key, const Estimate& estimate) {
    write(key, number(estimate.value), number(estimate.lo) + "," + number(estimate.hi), estimate.n,
          -1, estimate.authors);
  }
  void value(const Key& key, double value, const Counts& counts) {
    write(key, number(value), ",", counts.n, counts.distinct, counts.authors);
  }
  std::string take() { return std::move(out_); }

 private:
  static std::string number(double value) {
    return std::isfinite(value) ? fmt::format("{:.6g}", value) : "0";
  }
  // `bounds` holds the two columns lo and hi.
  void write(const Key& key, const std::string& value, const std::string& bounds, std::int64_t n,
             std::int64_t distinct, std::int64_t authors) {
    fmt::format_to(std::back_inserter(out_), "{},{},{},{},{},{},{},{},{},{}\r\n", key.section,
                   escape_csv(key.brand), key.start, escape_csv(key.name), key.metric, value,
                   bounds, n, distinct < 0 ? "" : std::to_string(distinct), authors);
  }
  std::string out_ = "section,brand,start,name,metric,value,lo,hi,n,distinct,authors\r\n";
};

void trend_lines(Lines& lines, std::string_view section, const Report& report,
                 const TrendSeries& series) {
  const bool source = section == "source_trend";
  for (const TrendPoint& point : series.points) {
    const std::string start = format_day(point.start);
    const std::string& brand = source ? report.brand : series.brand;
    const std::string_view name = source ? std::string_view(series.brand) : std::string_view();
    lines.counts({section, brand, start, name, {}}, point.counts);
    lines.estimate({section, brand, start, name, "net_sentiment"}, point.net_sentiment);
    const Counts& counts = point.counts;
    lines.value({section, brand, start, name, "price_talk"}, point.price_talk, counts);
    lines.value({section, brand, start, name, "value_talk"}, point.value_talk, counts);
  }
}

void change_lines(Lines& lines, const Report& report) {
  const std::string middle = format_day(report.change.middle);
  const std::string& brand = report.brand;
  lines.estimate({"change", brand, middle, "", "before"}, report.change.before);
  lines.estimate({"change", brand, middle, "", "after"}, report.change.after);
  lines.estimate({"change", brand, middle, "", "difference"}, report.change.difference);
  for (const ChangePart& part : report.change.parts) {
    const std::string name = part.dimension + ": " + part.name;
    lines.value({"change", brand, middle, name, "rate"}, part.rate, part.after);
    lines.value({"change", brand, middle, name, "mix"}, part.mix, part.after);
  }
}

void statement_lines(Lines& lines, std::string_view section, const Report& report,
                     const std::string& owner, const std::vector<StatementRow>& rows) {
  for (const StatementRow& row : rows) {
    std::string name = owner.empty() ? "" : owner + ": ";
    name += std::string(name_of(row.kind)) + ": " + row.topic;
    lines.counts({section, report.brand, "", name, {}}, row.counts);
  }
}

void group_lines(Lines& lines, const Report& report) {
  const std::string& brand = report.brand;
  for (const TopicRow& row : report.topics) {
    lines.counts({"topics", brand, "", row.label, {}}, row.counts);
    lines.estimate({"topics", brand, "", row.label, "net_sentiment"}, row.net_sentiment);
  }
  statement_lines(lines, "statements", report, "", report.statements);
  for (const TalkRow& row : report.price_talk)
    lines.estimate({"price_talk", row.brand, "", "", "share_of_authors"}, row.share);
  for (const TalkRow& row : report.value_talk)
    lines.estimate({"value_talk", row.brand, "", "", "share_of_authors"}, row.share);
  for (const ComparisonRow& row : report.comparisons) {
    lines.counts({"comparisons", brand, "", row.rival, {}}, row.together);
    lines.value({"comparisons", brand, "", row.rival, "above"}, static_cast<double>(row.above.n),
                row.above);
    lines.value({"comparisons", brand, "", row.rival, "below"}, static_cast<double>(row.below.n),
                row.below);
    lines.estimate({"comparisons", brand, "", row.rival, "share"}, row.share);
  }
  for (const StoryRow& row : report.stories) {
    lines.estimate({"stories", brand, "", row.claim, "reach"}, row.reach);
    lines.value({"stories", brand, "", row.claim, "presence"}, static_cast<double>(row.presence.n),
                row.presence);
    lines.value({"stories", brand, "", row.claim, "contradictions"},
                static_cast<double>(row.contradictions.n), row.contradictions);
  }
  for (const ClusterRow& row : report.clusters) {
    lines.counts({"clusters", brand, "", row.label, {}}, row.counts);
    lines.value({"clusters", brand, "", row.label, "share"}, row.share, row.counts);
    lines.estimate({"clusters", brand, "", row.label, "net_sentiment"}, row.net_sentiment);
    lines.value({"clusters", brand, "", row.label, "price_talk"}, row.price_talk, row.counts);
    lines.value({"clusters", brand, "", row.label, "value_talk"}, row.value_talk, row.counts);
    statement_lines(lines, "clusters", report, row.label, row.statements);
  }
  for (const SessionRow& row : report.sessions) {
    lines.counts({"sessions", brand, "", row.source, {}}, row.counts);
    lines.estimate({"sessions", brand, "", row.source, "net_sentiment"}, row.net_sentiment);
    statement_lines(lines, "sessions", report, row.source, row.statements);
  }
}

}  // namespace

std::string report_csv(const Report& report) {
  Lines lines;
  const std::string from = format_day(report.from);
  lines.counts({"mentions", report.brand, from, "", {}}, report.mentions);
  lines.estimate({"net_sentiment", report.brand, from, "", "net_sentiment"}, report.net_sentiment);
  lines.counts({"doubt", report.brand, from, "positive", {}}, report.doubt.positive);
  lines.counts({"doubt", report.brand, from, "doubtful", {}}, report.doubt.doubtful);
  lines.estimate({"doubt", report.brand, from, "", "share"}, report.doubt.share);
  for (const BrandShare& row : report.share_of_voice) {
    lines.counts({"share_of_voice", row.brand, from, "", {}}, row.counts);
    lines.estimate({"share_of_voice", row.brand, from, "", "share"}, row.share);
    lines.estimate({"share_of_voice", row.brand, from, "", "net_sentiment"}, row.net_sentiment);
  }
  for (const DailyRow& row : report.daily) {
    const std::string day = format_day(row.day);
    lines.counts({"daily", row.brand, day, "", {}}, row.counts);
    lines.value({"daily", row.brand, day, "", "positive"}, static_cast<double>(row.positive),
                row.counts);
    lines.value({"daily", row.brand, day, "", "neutral"}, static_cast<double>(row.neutral),
                row.counts);
    lines.value({"daily", row.brand, day, "", "negative"}, static_cast<double>(row.negative),
                row.counts);
  }
  for (const TrendSeries& series : report.trends) trend_lines(lines, "trend", report, series);
  for (const TrendSeries& series : report.by_source)
    trend_lines(lines, "source_trend", report, series);
  change_lines(lines, report);
  group_lines(lines, report);
  for (const CoverageDay& day : report.coverage) {
    const Counts counts{day.documents, day.documents - day.skipped, 0};
    lines.value({"coverage", report.brand, format_day(day.day), day.source, "documents"},
                static_cast<double>(day.documents), counts);
  }
  return lines.take();
}

}  // namespace plumbline
