#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "market/render/sections.h"
#include "market/render/words.h"

namespace plumbline {
namespace {

constexpr std::size_t kHeatTopics = 10;

// Three steps to either side, as a class of the style sheet.
std::string heat_class(double value) {
  const int step = static_cast<int>(std::min(3.0, std::ceil(std::fabs(value) / 0.2 - 0.25)));
  if (step <= 0) return "";
  return fmt::format("{}{}", value < 0 ? 'n' : 'p', step);
}

std::string heat_cell(const ClusterRow& cluster, int topic) {
  const auto at = std::find_if(cluster.per_topic.begin(), cluster.per_topic.end(),
                               [&](const ClusterTopicCell& cell) { return cell.topic == topic; });
  if (at == cluster.per_topic.end()) return "<td class=\"few\">\u2013</td>";
  const Estimate& net = at->net_sentiment;
  if (weight_of(net.authors) == Weight::quotes_only)
    return fmt::format("<td class=\"few\">{} authors</td>", whole(net.authors));
  const bool weak = weight_of(net.authors) == Weight::grey;
  return fmt::format("<td class=\"{}{}\">{}<br><small>{}</small></td>", heat_class(net.value),
                     weak ? " few" : "", points(net.value), points_range(net));
}

void add_heat(HtmlPage& page, const Report& report) {
  std::vector<const TopicRow*> topics;
  for (const TopicRow& topic : report.topics)
    if (topics.size() < kHeatTopics) topics.push_back(&topic);
  if (topics.empty()) return;
  page.out +=
      "<div class=\"card figure\"><h3>Net sentiment per topic and cluster</h3><p "
      "class=\"meta\">Points "
      "with their 95 % interval; cells with fewer than 30 authors show only how many there are.</p>"
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Net sentiment per topic "
      "and "
      "cluster\"><table class=\"heat\"><thead><tr><th scope=\"col\">Topic</th>";
  for (const ClusterRow& cluster : report.clusters)
    page.out += fmt::format("<th scope=\"col\">{}</th>", escape_html(shorten(cluster.label, 40)));
  page.out += "</tr></thead><tbody>";
  for (const TopicRow* topic : topics) {
    page.out += fmt::format("<tr><th scope=\"row\">{}</th>", escape_html(topic->label));
    for (const ClusterRow& cluster : report.clusters) page.out += heat_cell(cluster, topic->id);
    page.out += "</tr>\n";
  }
  page.out += "</tbody></table></div></div>\n";
}

void add_statements(HtmlPage& page, const std::vector<StatementRow>& rows) {
  for (int kind = 0; kind < kStatementKinds; ++kind) {
    bool open = false;
    for (const StatementRow& row : rows) {
      if (row.kind != static_cast<StatementKind>(kind)) continue;
      if (!open)
        page.out += fmt::format("<div><h4>{}</h4><ul class=\"plain\">", title_of(row.kind));
      open = true;
      page.out += fmt::format("<li>{} <span class=\"grey\">({})</span></li>",
                              row.topic.empty() ? "other" : escape_html(row.topic),
                              counts_html(row.counts));
    }
    if (open) page.out += "</ul></div>";
  }
}

void add_cluster(HtmlPage& page, const Report& report, const ClusterRow& row) {
  page.out += fmt::format("<div class=\"card cluster figure\"><h3 dir=\"auto\">{}</h3>",
                          escape_html(row.label));
  const bool few = weight_of(row.counts.authors) == Weight::quotes_only;
  page.out += fmt::format("<dl class=\"facts\"><div><dt>Size</dt><dd>{}</dd></div>",
                          counts_html(row.counts));
  if (!few)
    page.out += fmt::format(
        "<div><dt>Of clustered authors</dt><dd>{}</dd></div><div><dt>Net "
        "sentiment</dt><dd>{}</dd></div><div><dt>Mentions about value, about price</dt><dd>{}, "
        "{}</dd></div>",
        percent(row.share), feeling_html(row.net_sentiment), percent(row.value_talk),
        percent(row.price_talk));
  page.out += "</dl>";
  if (few)
    page.out +=
        "<p class=\"meta\">Fewer than 30 authors: too few to say more than their words.</p>";
  std::string topics;
  for (const int id : row.topics)
    for (const TopicRow& topic : report.topics)
      if (topic.id == id) topics += (topics.empty() ? "" : ", ") + topic.label;
  if (!topics.empty())
    page.out += fmt::format("<p class=\"meta\">Write about {}</p>", escape_html(topics));
  if (!few && !row.statements.empty()) {
    page.out += "<div class=\"two\">";
    add_statements(page, row.statements);
    page.out += "</div>";
  }
  if (!row.quotes.empty()) page.out += "<h4>In their words</h4>";
  add_quotes(page, row.quotes, 3);
  page.out += "</div>\n";
}

}  // namespace

void add_clusters(HtmlPage& page, const Report& report) {
  open_section(page, "clusters", "Clusters of consumers",
               "Authors who write about the same things in the same mood, found from their own "
               "words alone, never from who they are.");
  if (!report.clusters_note.empty()) add_paragraph(page, "meta", report.clusters_note);
  if (report.clusters.empty()) {
    if (report.clusters_note.empty())
      add_paragraph(page, "meta", "No clusters were looked for in these days.");
    return close_section(page);
  }
  std::vector<RangeRow> rows;
  for (const ClusterRow& row : report.clusters) {
    const Weight weight = weight_of(row.net_sentiment.authors);
    if (weight != Weight::quotes_only)
      rows.push_back({row.label,
                      fmt::format("{} · {} authors", points(row.net_sentiment.value),
                                  whole(row.net_sentiment.authors)),
                      row.net_sentiment.value, row.net_sentiment.lo, row.net_sentiment.hi,
                      weight == Weight::grey});
  }
  if (!rows.empty()) {
    page.out += "<div class=\"card figure\"><h3>Net sentiment per cluster</h3>";
    page.out +=
        dot_ranges(page.chart("Net sentiment per cluster",
                              fmt::format("The largest is {}: {}.", rows[0].label, rows[0].words)),
                   rows, {});
    page.out += "</div>\n";
  }
  add_heat(page, report);
  page.out += "<div class=\"grid below\">";
  for (const ClusterRow& row : report.clusters) add_cluster(page, report, row);
  page.out += "</div>\n";
  close_section(page);
}

void add_sessions(HtmlPage& page, const Report& report) {
  if (report.sessions.empty()) return;
  open_section(
      page, "sessions", "Focus groups and interviews",
      "People who were asked. They stand beside the chatter and are in none of the numbers "
      "above.");
  page.out += "<div class=\"grid\">";
  for (const SessionRow& row : report.sessions) {
    page.out += fmt::format(
        "<div class=\"card figure\"><h3>{}</h3><p class=\"meta\">{} utterance{} by {} "
        "speaker{}</p>",
        escape_html(row.source), whole(row.counts.n), row.counts.n == 1 ? "" : "s",
        whole(row.counts.authors), row.counts.authors == 1 ? "" : "s");
    if (weight_of(row.net_sentiment.authors) != Weight::quotes_only)
      page.out +=
          fmt::format("<p class=\"meta\">Net sentiment {}</p>", feeling_html(row.net_sentiment));
    page.out += "<div class=\"two\">";
    add_statements(page, row.statements);
    page.out += "</div>";
    if (!row.quotes.empty()) page.out += "<h4>In their words</h4>";
    add_quotes(page, row.quotes, 4);
    page.out += "</div>\n";
  }
  page.out += "</div>\n";
  close_section(page);
}

}  // namespace plumbline
