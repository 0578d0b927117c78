#include "market/render/parts.h"

#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "market/render/words.h"

namespace plumbline {
namespace {

void add_quote(HtmlPage& page, const Quote& quote) {
  page.out += fmt::format("<blockquote class=\"{}\" dir=\"auto\"><p>{}</p><footer dir=\"ltr\">",
                          name_of(quote.label), escape_html(quote.text));
  std::string from;
  if (!quote.author.empty()) from = "<bdi>" + escape_html(quote.author) + "</bdi> · ";
  from += escape_html(quote.source);
  if (quote.published_at != kNoTime)
    from += " · " + day_words(static_cast<Day>(quote.published_at / kSecondsPerDay));
  if (quote.label != Polarity::neutral) from += fmt::format(" · {}", name_of(quote.label));
  if (const std::string link = safe_link(quote.url); !link.empty())
    from += fmt::format(" · <a href=\"{}\" rel=\"noopener noreferrer nofollow\">open</a>",
                        escape_html(link));
  page.out += fmt::format("{}</footer></blockquote>\n", from);
}

}  // namespace

ChartText HtmlPage::chart(std::string title, std::string desc) {
  return {fmt::format("chart{}", ++charts), std::move(title), std::move(desc)};
}

void add_table(HtmlPage& page, const Table& table) {
  page.out += fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table>"
      "<caption>{0}</caption><thead><tr>",
      escape_html(table.caption));
  for (const Column& column : table.columns)
    page.out += fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"num\"" : "",
                            escape_html(column.title));
  page.out += "</tr></thead><tbody>\n";
  for (const auto& row : table.html_rows) {
    page.out += "<tr>";
    for (std::size_t i = 0; i < row.size() && i < table.columns.size(); ++i) {
      if (i == 0)
        page.out += fmt::format("<th scope=\"row\">{}</th>", row[i]);
      else
        page.out +=
            fmt::format("<td{}>{}</td>", table.columns[i].number ? " class=\"num\"" : "", row[i]);
    }
    page.out += "</tr>\n";
  }
  page.out += "</tbody></table></div>\n";
}

void add_details(HtmlPage& page, std::string_view summary, const Table& table, bool on_paper) {
  if (table.html_rows.empty()) return;
  page.out += fmt::format("<details{}><summary>{}</summary>", on_paper ? " class=\"paper\"" : "",
                          escape_html(summary));
  add_table(page, table);
  page.out += "</details>\n";
}

void add_quotes(HtmlPage& page, const std::vector<Quote>& quotes, std::size_t most) {
  for (std::size_t i = 0; i < quotes.size() && i < most; ++i) add_quote(page, quotes[i]);
}

std::string feeling_html(const Estimate& estimate) {
  switch (weight_of(estimate.authors)) {
    case Weight::quotes_only: return fmt::format("<span class=\"grey\">{}</span>", kTooFew);
    case Weight::grey:
      return fmt::format(
          "<span class=\"grey\">{} ({})</span> <span class=\"tag\">few authors</span>",
          points(estimate.value), points_range(estimate));
    case Weight::full: break;
  }
  return fmt::format("<strong>{}</strong> ({})", points(estimate.value), points_range(estimate));
}

std::string counts_html(const Counts& counts) { return escape_html(counts_words(counts)); }

void open_section(HtmlPage& page, std::string_view id, std::string_view title,
                  std::string_view lead) {
  page.out +=
      fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-h\"><h2 id=\"{0}-h\">{1}</h2>\n", id,
                  escape_html(title));
  add_paragraph(page, "lead", lead);
}

void close_section(HtmlPage& page) { page.out += "</section>\n"; }

void add_paragraph(HtmlPage& page, std::string_view css, std::string_view text) {
  if (!text.empty()) page.out += fmt::format("<p class=\"{}\">{}</p>\n", css, escape_html(text));
}

void add_legend(HtmlPage& page, const std::vector<LegendEntry>& entries) {
  page.out += "<ul class=\"legend\">";
  for (const LegendEntry& entry : entries) {
    if (entry.line)
      page.out += fmt::format(
          "<li><svg width=\"26\" height=\"10\" aria-hidden=\"true\"><line class=\"{}\" x1=\"0\" "
          "y1=\"5\" x2=\"26\" y2=\"5\"/></svg>{}</li>",
          entry.css, escape_html(entry.text));
    else
      page.out += fmt::format(
          "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"{}\" "
          "width=\"12\" height=\"12\" rx=\"2\"/></svg>{}</li>",
          entry.css, escape_html(entry.text));
  }
  page.out += "</ul>\n";
}

}  // namespace plumbline
