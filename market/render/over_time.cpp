#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "market/render/sections.h"
#include "market/render/words.h"

namespace plumbline {
namespace {

constexpr std::size_t kRivals = 3;      // lines beside the own brand's
constexpr std::size_t kMoves = 8;       // parts drawn per dimension
constexpr std::size_t kMoveQuotes = 2;  // per part

std::string_view unit_word(Unit unit) {
  return unit == Unit::day ? "day" : unit == Unit::week ? "week" : "month";
}

// Short enough to stand below an axis.
std::string tick_words(Day start, Unit unit) {
  return period_words(start, unit == Unit::week ? Unit::day : unit);
}

LineSeries line_of(const TrendSeries& series) {
  LineSeries line{series.brand, {}};
  for (const TrendPoint& point : series.points) {
    const Weight weight = weight_of(point.net_sentiment.authors);
    line.points.push_back({tick_words(point.start, series.unit), point.net_sentiment.value,
                           point.net_sentiment.lo, point.net_sentiment.hi,
                           weight != Weight::quotes_only, weight == Weight::grey, point.partial});
  }
  return line;
}

bool shows_anything(const LineSeries& line) {
  return std::any_of(line.points.begin(), line.points.end(),
                     [](const LinePoint& point) { return point.shown; });
}

std::string talk_html(double share, const Counts& counts) {
  return may_be_said(counts.authors) ? percent(share)
                                     : fmt::format("<span class=\"grey\">{}</span>", kTooFew);
}

Table trend_table(const TrendSeries& series) {
  Table table{fmt::format("{} per {}: net sentiment in points, with its 95 % interval",
                          series.brand, unit_word(series.unit)),
              {{"Period"},
               {"Net sentiment"},
               {"Authors", true},
               {"Mentions", true},
               {"Without copies", true},
               {"Price talk", true},
               {"Value talk", true},
               {"Heard"}},
              {}};
  for (const TrendPoint& point : series.points) {
    if (point.counts.n == 0 && !point.partial) continue;
    table.html_rows.push_back(
        {period_words(point.start, series.unit), feeling_html(point.net_sentiment),
         whole(point.counts.authors), whole(point.counts.n), whole(point.counts.distinct),
         talk_html(point.price_talk, point.counts), talk_html(point.value_talk, point.counts),
         point.partial ? "in part" : "wholly"});
  }
  return table;
}

std::string line_summary(const LineSeries& line) {
  std::string first, last;
  for (const LinePoint& point : line.points) {
    if (!point.shown) continue;
    last = fmt::format("{} in {}", points(point.value), point.label);
    if (first.empty()) first = last;
  }
  return fmt::format("{} goes from {} to {}. The numbers stand in the table below.", line.name,
                     first, last);
}

void add_lines(HtmlPage& page, const Report& report) {
  const TrendSeries& own = report.trends.front();
  std::vector<LineSeries> lines{line_of(own)};
  if (!shows_anything(lines.front())) {
    page.out += fmt::format(
        "<p class=\"meta\">No {} has 30 authors, so no line is drawn; the table has the "
        "mentions.</p>",
        unit_word(own.unit));
  } else {
    for (std::size_t i = 1; i < report.trends.size() && lines.size() <= kRivals; ++i) {
      LineSeries rival = line_of(report.trends[i]);
      if (shows_anything(rival)) lines.push_back(std::move(rival));
    }
    std::vector<LegendEntry> legend;
    constexpr std::string_view kCss[] = {"line line-0", "line line-1", "line line-2",
                                         "line line-3"};
    for (std::size_t i = 0; i < lines.size(); ++i) legend.push_back({kCss[i], lines[i].name, true});
    legend.push_back({"band", "95 % interval"});
    legend.push_back({"partial", "not wholly heard"});
    add_legend(page, legend);
    page.out += line_chart(page.chart(fmt::format("Net sentiment per {}", unit_word(own.unit)),
                                      line_summary(lines.front())),
                           lines);
  }
  add_details(page, "Numbers", trend_table(own), false);
}

void add_volume(HtmlPage& page, const Report& report) {
  const TrendSeries& own = report.trends.front();
  std::vector<StackBar> bars(own.points.size());
  for (std::size_t i = 0; i < bars.size(); ++i) {
    bars[i].label = tick_words(own.points[i].start, own.unit);
    bars[i].partial = own.points[i].partial;
  }
  Table table{"Mentions per day, copies included",
              {{"Day"}, {"Negative", true}, {"Neutral", true}, {"Positive", true}, {"All", true}},
              {}};
  for (const DailyRow& row : report.daily) {
    if (row.brand != report.brand) continue;
    const Day start = period_start(row.day, own.unit);
    const auto at =
        std::lower_bound(own.points.begin(), own.points.end(), start,
                         [](const TrendPoint& point, Day day) { return point.start < day; });
    if (at == own.points.end()) continue;
    StackBar& bar = bars[static_cast<std::size_t>(at - own.points.begin())];
    bar.negative += row.negative;
    bar.neutral += row.neutral;
    bar.positive += row.positive;
    table.html_rows.push_back({day_words(row.day), whole(row.negative), whole(row.neutral),
                               whole(row.positive), whole(row.counts.n)});
  }
  add_legend(
      page,
      {{"bar-negative", "negative"}, {"bar-neutral", "neutral"}, {"bar-positive", "positive"}});
  page.out += stacked_bars(
      page.chart(fmt::format("Mentions of {} per {}", report.brand, unit_word(own.unit)),
                 fmt::format("{} mentions in all, copies included.", whole(report.mentions.n))),
      bars);
  add_details(page, "Numbers", table, false);
}

void add_sources(HtmlPage& page, const Report& report) {
  Table table{"Mentions of the whole time and net sentiment of the last period that has 30 authors",
              {{"Source"}, {"Mentions", true}, {"Net sentiment"}, {"Period"}},
              {}};
  for (const TrendSeries& series : report.by_source) {
    std::int64_t n = 0;
    const TrendPoint* last = nullptr;
    for (const TrendPoint& point : series.points) {
      n += point.counts.n;
      if (weight_of(point.net_sentiment.authors) != Weight::quotes_only) last = &point;
    }
    table.html_rows.push_back({escape_html(series.brand), whole(n),
                               last ? feeling_html(last->net_sentiment) : feeling_html({}),
                               last ? period_words(last->start, series.unit) : "\u2013"});
  }
  if (report.by_source.size() < 2) return;
  page.out += "<div class=\"card figure\"><h3>By source</h3>";
  add_table(page, table);
  page.out += "</div>\n";
}

void add_moves(HtmlPage& page, const Change& change, std::string_view dimension,
               std::string_view title) {
  std::vector<MoveRow> rows;
  Table table{fmt::format("Change by {} in points of net sentiment; the parts sum to the change",
                          dimension),
              {{dimension == "topic" ? "Topic" : "Source"},
               {"Felt otherwise", true},
               {"Talked more or less", true},
               {"Mentions before", true},
               {"Mentions after", true}},
              {}};
  for (const ChangePart& part : change.parts) {
    if (part.dimension != dimension) continue;
    const bool said = may_be_said(part.fewest_authors());
    if (said && rows.size() < kMoves)
      rows.push_back({part.name, points(part.rate + part.mix), part.rate, part.mix});
    const std::string few = fmt::format("<span class=\"grey\">{}</span>", kTooFew);
    table.html_rows.push_back({escape_html(part.name), said ? points(part.rate) : few,
                               said ? points(part.mix) : few, whole(part.before.n),
                               whole(part.after.n)});
  }
  if (table.html_rows.empty()) return;
  page.out += fmt::format("<div class=\"card figure\"><h3>{}</h3>", title);
  if (rows.empty()) {
    add_paragraph(
        page, "meta",
        fmt::format("No {} has 30 authors on both sides: {} which moved it.", dimension, kTooFew));
    add_details(page, "Numbers", table, false);
    page.out += "</div>\n";
    return;
  }
  add_paragraph(page, "meta", split_sentence(change, dimension));
  add_legend(page, {{"swatch-positive", "how the same ones felt"},
                    {"tint-positive", "how much they were talked about"}});
  page.out +=
      move_rows(page.chart(fmt::format("What moved net sentiment, by {}", dimension),
                           fmt::format("{} moved most: {} points.", rows[0].label, rows[0].words)),
                rows);
  add_details(page, "Numbers", table, false);
  page.out += "</div>\n";
}

}  // namespace

void add_trend(HtmlPage& page, const Report& report) {
  if (report.trends.empty()) return;
  open_section(page, "trend", "Over time",
               "Net sentiment is the mean of the authors' own means, from −100 (all negative) to "
               "+100. The band holds the true value 95 times in 100; hollow points have fewer than "
               "100 authors.");
  page.out += "<div class=\"card figure\"><h3>Net sentiment</h3>";
  add_lines(page, report);
  page.out += "</div>\n<div class=\"card figure\"><h3>Mentions</h3>";
  add_volume(page, report);
  page.out += "</div>\n";
  add_sources(page, report);
  close_section(page);
}

void add_change(HtmlPage& page, const Report& report) {
  open_section(page, "change", "What moved it", change_sentence(report.change));
  const Change& change = report.change;
  if (may_be_said(change.fewest_authors())) {
    page.out += "<div class=\"grid\">";
    add_moves(page, change, "topic", "By topic");
    add_moves(page, change, "source", "By source");
    page.out += "</div>\n";
  }
  std::size_t shown = 0;
  std::string cards = std::move(page.out);
  page.out.clear();
  for (const ChangePart& part : change.parts) {
    if (part.quotes.empty() || shown == 4 || part.dimension != "topic") continue;
    ++shown;
    page.out += fmt::format("<div class=\"card figure\"><h3>{}</h3>", escape_html(part.name));
    page.out += fmt::format("<p class=\"meta\">{} mentions before, {} after</p>",
                            whole(part.before.n), whole(part.after.n));
    add_quotes(page, part.quotes, kMoveQuotes);
    page.out += "</div>\n";
  }
  page.out = std::move(cards) +
             (shown == 0 ? "" : "<h3>In the later days, in their words</h3><div class=\"grid\">") +
             page.out + (shown == 0 ? "" : "</div>\n");
  close_section(page);
}

void add_brands(HtmlPage& page, const Report& report) {
  open_section(page, "brands", "Share of voice",
               "Each brand's part of the mentions of all brands listened to, copies counted once. "
               "The whisker is the 95 % interval, by author.");
  page.out += "<div class=\"card figure\">";
  std::vector<BarRow> rows;
  Table table{"Share of voice and net sentiment per brand",
              {{"Brand"},
               {"Share", true},
               {"95 %"},
               {"Mentions", true},
               {"Without copies", true},
               {"Authors", true},
               {"Net sentiment"}},
              {}};
  for (const BrandShare& row : report.share_of_voice) {
    const bool said = may_be_said(row.share.authors);
    if (said && rows.size() < 12)
      rows.push_back({row.brand, percent(row.share.value), row.share.value, row.share.lo,
                      row.share.hi, row.brand == report.brand});
    table.html_rows.push_back(
        {escape_html(row.brand), said ? percent(row.share.value) : std::string(kTooFew),
         said ? percent_range(row.share) : "", whole(row.counts.n), whole(row.counts.distinct),
         whole(row.counts.authors), feeling_html(row.net_sentiment)});
  }
  page.out +=
      bar_rows(page.chart("Share of voice",
                          rows.empty() ? "No brand has 30 authors."
                                       : fmt::format("{} has {}.", rows[0].label, rows[0].words)),
               rows);
  add_details(page, "Numbers", table, true);
  page.out += "</div>\n";
  close_section(page);
}

}  // namespace plumbline
