#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "market/metric.h"
#include "market/render/sections.h"
#include "market/render/words.h"

namespace plumbline {
namespace {

using DaysOfSource = std::map<std::string, std::vector<const CoverageDay*>>;

DaysOfSource by_source(const Report& report) {
  DaysOfSource out;
  for (const CoverageDay& day : report.coverage)
    if (day.day >= report.from && day.day <= report.to) out[day.source].push_back(&day);
  for (auto& [source, days] : out)
    std::stable_sort(days.begin(), days.end(),
                     [](const CoverageDay* a, const CoverageDay* b) { return a->day < b->day; });
  return out;
}

StripRow strip_of(const std::string& source, const std::vector<const CoverageDay*>& days,
                  const Report& report) {
  StripRow row{source, {}, {}};
  const double width = 100.0 / static_cast<double>(std::max(1, report.to - report.from + 1));
  std::int64_t gaps = 0;
  for (const CoverageDay* day : days) {
    const int state = static_cast<int>(day->state);
    if (state != 0) ++gaps;
    const double begin = static_cast<double>(day->day - report.from) * width;
    const bool joins = !row.runs.empty() && row.runs.back().state == state &&
                       begin - row.runs.back().end < width * 0.01;
    if (joins)
      row.runs.back().end = begin + width;
    else
      row.runs.push_back({begin, begin + width, state});
  }
  row.words = gaps == 0 ? fmt::format("{} days", days.size())
                        : fmt::format("{} of {} days with a gap", gaps, days.size());
  return row;
}

// One row per run of days with the same trouble: forty nights without a token are one fact.
void add_gap_rows(Table& table, const std::string& source,
                  const std::vector<const CoverageDay*>& days) {
  for (std::size_t begin = 0, end = 0; begin < days.size(); begin = end) {
    std::int64_t documents = 0, skipped = 0;
    const CoverageDay& first = *days[begin];
    for (;
         end < days.size() && days[end]->state == first.state && days[end]->reason == first.reason;
         ++end) {
      documents += days[end]->documents;
      skipped += days[end]->skipped;
    }
    if (first.state == CoverageState::complete && skipped == 0 && first.reason.empty()) continue;
    const char* state = first.state == CoverageState::complete  ? "complete"
                        : first.state == CoverageState::partial ? "in part"
                                                                : "missing";
    table.html_rows.push_back({escape_html(source), days_words(first.day, days[end - 1]->day),
                               state, escape_html(first.reason), whole(documents), whole(skipped)});
  }
}

void add_terms(HtmlPage& page) {
  page.out += "<dl>";
  for (const Metric* metric : ordered_metrics())
    page.out +=
        fmt::format("<dt>{} <span class=\"grey\">({})</span></dt><dd>{}</dd>",
                    escape_html(metric->name), escape_html(metric->unit), escape_html(metric->doc));
  page.out += "</dl>";
}

}  // namespace

void add_coverage(HtmlPage& page, const Report& report) {
  open_section(page, "coverage", "Coverage", coverage_sentence(report));
  const DaysOfSource sources = by_source(report);
  if (!sources.empty()) {
    std::vector<StripRow> strips;
    Table gaps{"What was missed or skipped, and why",
               {{"Source"}, {"Days"}, {"State"}, {"Reason"}, {"Seen", true}, {"Skipped", true}},
               {}};
    for (const auto& [source, days] : sources) {
      strips.push_back(strip_of(source, days, report));
      add_gap_rows(gaps, source, days);
    }
    page.out += "<div class=\"card figure\">";
    add_legend(page, {{"heard", "answered"}, {"partial", "in part"}, {"not-heard", "missing"}});
    page.out += coverage_strips(
        page.chart("Days on which each source answered", coverage_sentence(report)), strips);
    page.out += "</div>\n";
    if (!gaps.html_rows.empty()) {
      page.out += "<div class=\"card figure\">";
      add_table(page, gaps);
      page.out += "</div>\n";
    }
  }
  close_section(page);
}

void add_method(HtmlPage& page, const Report& report) {
  open_section(page, "method", "How these numbers are made", "");
  page.out += "<div class=\"card method\">";
  add_paragraph(
      page, "",
      "One author, one vote: each author's mentions are averaged to one value between -1 "
      "and 1 first, then the authors are averaged, with Student's t interval at 95 %. "
      "Copies of a text, focus groups and languages without sentiment data have no vote.");
  add_paragraph(page, "",
                "Fewer than 30 authors: counts and quotes only. 30 to 99: the value in grey, "
                "without an arrow. "
                "From 100 on both sides an arrow is drawn, and only where the interval of the "
                "difference leaves out 0.");
  add_paragraph(page, "",
                "A change is split exactly: weight before times change of mean (felt otherwise), "
                "plus change of weight times distance from the former total (talked about more or "
                "less).");
  add_paragraph(page, "",
                "Shares of authors have Wilson's interval; shares of mentions have an error "
                "clustered by author. Sentiment is found by a program and is wrong for single "
                "mentions more often than for totals: open the quotes.");
  page.out += "<h3>Words</h3>";
  add_terms(page);
  page.out += "</div>\n";
  close_section(page);
  page.out +=
      fmt::format("<footer class=\"end\">Analyzer {}. {}{}</footer>\n",
                  report.analyzer.empty() ? "unknown" : escape_html(report.analyzer),
                  report.unscored > 0
                      ? fmt::format("{} mentions in languages without sentiment data are counted "
                                    "but have no vote. ",
                                    whole(report.unscored))
                      : "",
                  "Quotes belong to their authors.");
}

}  // namespace plumbline
