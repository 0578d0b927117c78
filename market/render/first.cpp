#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "market/render/sections.h"
#include "market/render/words.h"

namespace plumbline {
namespace {

std::string verdict(const Report& report) {
  if (report.mentions.n == 0) return "Nobody was heard in these days";
  const Change& change = report.change;
  const std::int64_t fewest = change.fewest_authors();
  if (weight_of(fewest) == Weight::quotes_only) return "Too few voices to tell a change";
  if (weight_of(fewest) == Weight::grey) return "A hint, not yet a finding";
  if (!change.significant) return "No change beyond chance";
  return fmt::format("Net sentiment {} by {} points", change.difference.value > 0 ? "rose" : "fell",
                     whole(std::labs(std::lround(change.difference.value * 100))));
}

void add_why(HtmlPage& page, const Report& report) {
  const Change& change = report.change;
  const std::int64_t fewest = change.fewest_authors();
  if (weight_of(fewest) == Weight::quotes_only) return;
  std::string items;
  int shown = 0;
  for (const ChangePart& part : change.parts) {
    const double moved = part.rate + part.mix;
    if (part.dimension != "topic" || std::fabs(moved) < 0.005 || shown == 3) continue;
    if (!may_be_said(part.fewest_authors())) continue;
    ++shown;
    const bool felt = std::fabs(part.rate) >= std::fabs(part.mix);
    items += fmt::format("<li><strong>{}</strong> {} points, {}</li>", escape_html(part.name),
                         points(moved),
                         felt ? (part.rate < 0 ? "felt worse" : "felt better")
                              : (part.after.n * std::max<std::int64_t>(1, change.before.n) >
                                         part.before.n * std::max<std::int64_t>(1, change.after.n)
                                     ? "talked about more"
                                     : "talked about less"));
  }
  if (items.empty()) return;
  page.out += fmt::format("<dt>{}</dt><dd><ul>{}</ul></dd>",
                          change.significant ? "What moved it" : "What moved most", items);
}

void add_sure(HtmlPage& page, const Report& report) {
  const Estimate& net = report.net_sentiment;
  const std::int64_t copies = report.mentions.n - report.mentions.distinct;
  std::string words =
      fmt::format("{} authors, one vote each, over {} mentions", whole(net.authors), whole(net.n));
  if (copies > 0) words += fmt::format("; {} copies counted once", whole(copies));
  if (report.unscored > 0)
    words += fmt::format("; {} left out: no words, or a language without sentiment data",
                         whole(report.unscored));
  page.out += fmt::format("<dt>How sure</dt><dd>{}.</dd>", escape_html(words));
  page.out += fmt::format("<dt>Heard</dt><dd>{}</dd>", escape_html(coverage_sentence(report)));
}

// The mark: a line and its weight.
constexpr std::string_view kMark =
    "<svg width=\"14\" height=\"22\" viewBox=\"0 0 14 22\" aria-hidden=\"true\"><path "
    "stroke-width=\"1.8\" stroke-linejoin=\"round\" d=\"M7 1v10M7 11l4 3.2-4 6.8-4-6.8z\"/></svg>";

void add_sentiment_card(HtmlPage& page, const Report& report) {
  const Estimate& net = report.net_sentiment;
  const Weight weight = weight_of(net.authors);
  page.out += "<div class=\"card kpi\"><p class=\"name\">Net sentiment</p>";
  if (weight == Weight::quotes_only) {
    page.out += fmt::format("<p class=\"big\"><small>{}: {} author{}, 30 are needed</small></p>",
                            kTooFew, whole(net.authors), net.authors == 1 ? "" : "s");
    add_paragraph(page, "more", doubt_sentence(report.doubt));
    page.out += "</div>\n";
    return;
  }
  std::string arrow;
  if (report.change.significant && weight == Weight::full) {
    const bool up = report.change.difference.value > 0;
    arrow = fmt::format("<span class=\"arrow {}\" role=\"img\" aria-label=\"{}\">{}</span>",
                        up ? "up" : "down", up ? "rising" : "falling", up ? "▲" : "▼");
  }
  page.out += fmt::format("<p class=\"big{}\">{} {}<small>{}</small></p>",
                          weight == Weight::grey ? " grey" : "", points(net.value), arrow,
                          points_range(net));
  page.out += fmt::format("<p class=\"more\">of −100 to +100; {} authors, {} mentions{}</p>\n",
                          whole(net.authors), whole(net.n),
                          weight == Weight::grey ? "; few authors, no arrow" : "");
  add_paragraph(page, "more", doubt_sentence(report.doubt));
  page.out += "</div>\n";
}

void add_cards(HtmlPage& page, const Report& report) {
  page.out += "<div class=\"kpis\">";
  add_sentiment_card(page, report);
  if (!report.share_of_voice.empty()) {
    const BrandShare& own = report.share_of_voice.front();
    const bool few = weight_of(own.share.authors) == Weight::quotes_only;
    page.out += "<div class=\"card kpi\"><p class=\"name\">Share of voice</p>";
    if (report.share_of_voice.size() == 1)
      page.out += "<p class=\"big\"><small>no other brand listened to</small></p></div>\n";
    else if (few)
      page.out += fmt::format("<p class=\"big\"><small>{}: {} authors</small></p></div>\n", kTooFew,
                              whole(own.share.authors));
    else
      page.out += fmt::format(
          "<p class=\"big\">{} <small>{}</small></p><p class=\"more\">of {} brands, copies counted "
          "once</p></div>\n",
          percent(own.share.value), percent_range(own.share), report.share_of_voice.size());
  }
  page.out += fmt::format(
      "<div class=\"card kpi\"><p class=\"name\">Mentions</p><p class=\"big\">{}</p><p "
      "class=\"more\">{} authors; {} without copies</p></div></div>\n",
      whole(report.mentions.n), whole(report.mentions.authors), whole(report.mentions.distinct));
}

}  // namespace

void add_head(HtmlPage& page, const Report& report) {
  page.out += fmt::format(
      "<div class=\"wrap\"><a class=\"skip\" href=\"#first\">To the answer</a>\n<header "
      "class=\"top\"><div><p class=\"mark\">{}Plumbline report</p><h1 dir=\"auto\">{}</h1></div>",
      kMark, escape_html(report.brand));
  page.out +=
      fmt::format("<p class=\"span\"><strong>{}</strong><br>days of {}{}</p></header>\n",
                  days_words(report.from, report.to), escape_html(report.zone),
                  report.made_at == kNoTime ? "" : "; made " + moment_words(report.made_at));
  page.out += "<nav aria-label=\"Sections\">";
  const std::pair<std::string_view, std::string_view> links[] = {
      {"trend", "Over time"},       {"change", "What moved it"},      {"brands", "Share of voice"},
      {"topics", "Topics"},         {"needs", "Wants and fears"},     {"talk", "Value and price"},
      {"stories", "Plumb line"},    {"comparisons", "Beside others"}, {"clusters", "Clusters"},
      {"sessions", "Focus groups"}, {"coverage", "Coverage"},         {"method", "Method"}};
  for (const auto& [id, title] : links) {
    if ((id == "sessions" && report.sessions.empty()) ||
        (id == "stories" && report.stories.empty()) ||
        (id == "comparisons" && report.comparisons.empty()))
      continue;
    page.out += fmt::format("<a href=\"#{}\">{}</a>", id, title);
  }
  page.out += "</nav>\n<main>\n";
  add_paragraph(page, "note", report.note);
}

void add_first(HtmlPage& page, const Report& report) {
  page.out += "<div class=\"first\" id=\"first\"><div class=\"card verdict\">";
  page.out += fmt::format("<h2>{}</h2>", verdict(report));
  if (report.mentions.n > 0) {
    page.out += fmt::format("<p>{}</p>", escape_html(change_sentence(report.change)));
    if (const std::string mix = split_sentence(report.change, "source");
        mix.find("Mind the mix") != std::string::npos)
      add_paragraph(page, "lead", mix);
    page.out += "<dl>";
    add_why(page, report);
    if (const std::string loudest = loudest_sentence(report.loudest); !loudest.empty())
      page.out += fmt::format("<dt>Loudest</dt><dd>{}</dd>", escape_html(loudest));
    add_sure(page, report);
    page.out += "</dl>";
  } else {
    page.out +=
        fmt::format("<p>No mention of {} was found between {}. {}</p>", escape_html(report.brand),
                    days_words(report.from, report.to), escape_html(coverage_sentence(report)));
  }
  page.out += "</div>\n";
  add_cards(page, report);
  page.out += "</div>\n";
}

}  // namespace plumbline
