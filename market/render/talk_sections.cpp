#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "market/render/sections.h"
#include "market/render/words.h"

namespace plumbline {
namespace {

constexpr std::size_t kTopicCards = 8;
constexpr std::size_t kTopicQuotes = 3;
constexpr std::size_t kGroups = 4;  // statement groups shown with quotes, per kind; the first two
                                    // with two quotes, the others with one

std::string topic_name(const TopicRow& row) {
  return row.label.empty() ? fmt::format("Topic {}", row.id + 1) : row.label;
}

// The share of authors in words, or why it is not shown.
std::string share_html(const Estimate& share) {
  switch (weight_of(share.authors)) {
    case Weight::quotes_only: return fmt::format("<span class=\"grey\">{}</span>", kTooFew);
    case Weight::grey:
      return fmt::format("<span class=\"grey\">{} ({})</span>", percent(share.value),
                         percent_range(share));
    case Weight::full: break;
  }
  return fmt::format("<strong>{}</strong> ({})", percent(share.value), percent_range(share));
}

void add_topic_ranges(HtmlPage& page, const Report& report) {
  std::vector<RangeRow> rows;
  Table table{"Topics by number of authors",
              {{"Topic"},
               {"Net sentiment"},
               {"Authors", true},
               {"Mentions", true},
               {"Without copies", true},
               {"Words"}},
              {}};
  for (const TopicRow& row : report.topics) {
    const Weight weight = weight_of(row.net_sentiment.authors);
    if (weight != Weight::quotes_only && rows.size() < 14)
      rows.push_back({topic_name(row),
                      fmt::format("{} · {} authors", points(row.net_sentiment.value),
                                  whole(row.net_sentiment.authors)),
                      row.net_sentiment.value, row.net_sentiment.lo, row.net_sentiment.hi,
                      weight == Weight::grey});
    std::string words;
    for (std::size_t i = 0; i < row.words.size() && i < 8; ++i)
      words += (i ? ", " : "") + row.words[i];
    table.html_rows.push_back({escape_html(topic_name(row)), feeling_html(row.net_sentiment),
                               whole(row.counts.authors), whole(row.counts.n),
                               whole(row.counts.distinct), escape_html(words)});
  }
  page.out += "<div class=\"card figure\"><h3>Net sentiment per topic</h3>";
  if (rows.empty()) {
    add_paragraph(page, "meta", "No topic has 30 authors yet: below are their words alone.");
  } else {
    add_paragraph(
        page, "meta",
        "Points with their 95 % interval. Grey: fewer than 100 authors. Topics with fewer "
        "than 30 are counted and quoted only.");
    page.out += dot_ranges(
        page.chart("Net sentiment per topic",
                   fmt::format("{} has the most authors: {}.", rows[0].label, rows[0].words)),
        rows, {});
  }
  add_details(page, "Numbers", table, true);
  page.out += "</div>\n";
}

void add_kind(HtmlPage& page, StatementKind kind, const std::vector<StatementRow>& all) {
  std::vector<const StatementRow*> rows;
  for (const StatementRow& row : all)
    if (row.kind == kind) rows.push_back(&row);
  if (rows.empty()) return;
  page.out += fmt::format("<div class=\"card\"><h3>{}</h3>", title_of(kind));
  Table rest{fmt::format("{}: all that was found", title_of(kind)),
             {{"About"}, {"Authors", true}, {"Mentions", true}},
             {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const StatementRow& row = *rows[i];
    const std::string topic = row.topic.empty() ? "other" : escape_html(row.topic);
    if (i >= kGroups) {
      rest.html_rows.push_back({topic, whole(row.counts.authors), whole(row.counts.n)});
      continue;
    }
    page.out += fmt::format("<div class=\"group\"><h4>{} <span>{}</span></h4>", topic,
                            counts_html(row.counts));
    add_quotes(page, row.quotes, i < 2 ? 2 : 1);
    page.out += "</div>\n";
  }
  add_details(page, fmt::format("{} more", rest.html_rows.size()), rest, false);
  page.out += "</div>\n";
}

void add_story(HtmlPage& page, const StoryRow& row) {
  page.out += fmt::format("<div class=\"card claim{} figure\"><h3 dir=\"auto\">{}</h3>",
                          row.contradicted ? " against" : "", escape_html(row.claim));
  if (row.contradicted)
    page.out +=
        "<p class=\"meta\"><span class=\"tag warn\">the talk says the opposite more "
        "often</span></p>";
  else if (row.presence.n == 0)
    page.out += "<p class=\"meta\"><span class=\"tag\">nobody carries it yet</span></p>";
  page.out += fmt::format(
      "<dl class=\"facts\"><div><dt>Carry it</dt><dd>{}</dd></div><div><dt>Of all "
      "authors</dt><dd>{}</dd></div><div><dt>Say the opposite</dt><dd>{}</dd></div></dl>",
      counts_html(row.presence), share_html(row.reach), counts_html(row.contradictions));
  page.out += "<div class=\"two\">";
  if (!row.quotes.empty()) {
    page.out += "<div><h4>Carry it</h4>";
    add_quotes(page, row.quotes, 3);
    page.out += "</div>";
  }
  if (!row.contradicting.empty()) {
    page.out += "<div><h4>Say the opposite</h4>";
    add_quotes(page, row.contradicting, 3);
    page.out += "</div>";
  }
  page.out += "</div></div>\n";
}

// Of both charts, so that a bar of one can be held against one of the other.
double most_talk(const Report& report) {
  double most = 0;
  for (const auto* rows : {&report.value_talk, &report.price_talk})
    for (const TalkRow& row : *rows)
      if (weight_of(row.share.authors) != Weight::quotes_only)
        most = std::max({most, row.share.value, row.share.hi});
  return most;
}

void add_talk_chart(HtmlPage& page, const std::vector<TalkRow>& rows, std::string_view title,
                    const Report& report) {
  page.out += fmt::format("<div class=\"card figure\"><h3>{}</h3>", title);
  std::vector<BarRow> bars;
  Table table{fmt::format("{}: share of each brand's authors", title),
              {{"Brand"}, {"Authors who do"}, {"Mentions", true}, {"Of authors", true}},
              {}};
  std::int64_t few = 0;
  for (const TalkRow& row : rows) {
    table.html_rows.push_back({escape_html(row.brand), share_html(row.share), whole(row.counts.n),
                               whole(row.share.authors)});
    if (weight_of(row.share.authors) == Weight::quotes_only)
      ++few;
    else if (bars.size() < 8)
      bars.push_back({row.brand, percent(row.share.value), row.share.value, row.share.lo,
                      row.share.hi, row.brand == report.brand});
  }
  if (!bars.empty())
    page.out += bar_rows(page.chart(std::string(title), fmt::format("{}: {} of its authors.",
                                                                    bars[0].label, bars[0].words)),
                         bars, most_talk(report));
  if (few > 0)
    page.out +=
        fmt::format("<p class=\"meta\">{} brand{} with fewer than 30 authors: too few to say.</p>",
                    whole(few), few == 1 ? "" : "s");
  add_details(page, "Numbers", table, false);
  if (!rows.empty() && !rows.front().quotes.empty()) {
    page.out += fmt::format("<h4>About {}</h4>", escape_html(rows.front().brand));
    add_quotes(page, rows.front().quotes, 3);
  }
  page.out += "</div>\n";
}

}  // namespace

void add_topics(HtmlPage& page, const Report& report) {
  open_section(page, "topics", "Topics", "What the talk is about, and how its authors feel in it.");
  if (report.topics.empty()) {
    add_paragraph(page, "meta", "No topics were found in these mentions.");
    return close_section(page);
  }
  add_topic_ranges(page, report);
  page.out += "<h3 id=\"topic-words\">In their words</h3><div class=\"grid\">";
  std::size_t shown = 0;
  for (const TopicRow& row : report.topics) {
    if (row.quotes.empty() || shown == kTopicCards) continue;
    ++shown;
    page.out += fmt::format(
        "<div class=\"card figure\"><h3 dir=\"auto\">{}</h3><p class=\"meta\">{} · {}</p>",
        escape_html(topic_name(row)), feeling_html(row.net_sentiment), counts_html(row.counts));
    add_quotes(page, row.quotes, kTopicQuotes);
    page.out += "</div>\n";
  }
  page.out += "</div>\n";
  close_section(page);
}

void add_needs(HtmlPage& page, const Report& report) {
  open_section(page, "needs", "Wants, needs, pains and fears",
               "Sentences in which authors say so themselves, grouped by what they are about; the "
               "one with the most authors first. Marketing and sales read the same ones.");
  if (report.statements.empty())
    add_paragraph(page, "meta", "No such sentences were found in these mentions.");
  page.out += "<div class=\"columns\">";
  for (int kind = 0; kind < kStatementKinds; ++kind)
    add_kind(page, static_cast<StatementKind>(kind), report.statements);
  page.out += "</div>\n";
  close_section(page);
}

void add_talk(HtmlPage& page, const Report& report) {
  open_section(page, "talk", "Value against price",
               "How many of a brand's authors talk about what it is worth, and how many about what "
               "it costs and about discounts.");
  page.out += "<div class=\"grid\">";
  add_talk_chart(page, report.value_talk, "Talk about value", report);
  add_talk_chart(page, report.price_talk, "Talk about price", report);
  page.out += "</div>\n";
  close_section(page);
}

void add_comparisons(HtmlPage& page, const Report& report) {
  if (report.comparisons.empty()) return;
  open_section(page, "comparisons", "Beside others",
               "Mentions that name another brand too, and which of the two they put above the "
               "other.");
  std::vector<BarRow> bars;
  Table table{"Of the authors who put one above the other",
              {{"Brand"}, {"Above it"}, {"Below it"}, {"For the own brand"}, {"Named together"}},
              {}};
  for (const ComparisonRow& row : report.comparisons) {
    table.html_rows.push_back({escape_html(row.rival), counts_html(row.above),
                               counts_html(row.below), share_html(row.share),
                               counts_html(row.together)});
    if (weight_of(row.share.authors) != Weight::quotes_only)
      bars.push_back({row.rival, percent(row.share.value), row.share.value, row.share.lo,
                      row.share.hi, false});
  }
  page.out += "<div class=\"card figure\">";
  if (!bars.empty())
    page.out += bar_rows(
        page.chart("Beside others", fmt::format("{}: {} of those who compare put {} above it.",
                                                bars[0].label, bars[0].words, report.brand)),
        bars);
  add_details(page, "Numbers", table, bars.empty());
  for (const ComparisonRow& row : report.comparisons) {
    if (row.above_quotes.empty() && row.below_quotes.empty()) continue;
    page.out += "<div class=\"two\">";
    for (const bool above : {true, false}) {
      const std::vector<Quote>& quotes = above ? row.above_quotes : row.below_quotes;
      if (quotes.empty()) continue;
      page.out +=
          fmt::format("<div><h4>{} {}</h4>", above ? "Above" : "Below", escape_html(row.rival));
      add_quotes(page, quotes, 3);
      page.out += "</div>";
    }
    page.out += "</div>";
  }
  page.out += "</div>\n";
  close_section(page);
}

void add_stories(HtmlPage& page, const Report& report) {
  if (report.stories.empty()) return;
  open_section(page, "stories", "The plumb line",
               "Your own claims: who carries each of them out there, and who says the opposite.");
  for (const StoryRow& row : report.stories) add_story(page, row);
  close_section(page);
}

}  // namespace plumbline
