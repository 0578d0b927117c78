#include <fmt/format.h>

#include "base/text.h"
#include "sales/render/layout.h"
#include "sales/render/render.h"

namespace plumbline {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1c2024;--soft:#56606b;--line:#d8dde3;--paper:#fff;--tint:#f3f5f7;--link:#0b5cad;
--hot:#b3261e;--warm:#8a5000;--cold:#2f5f8f;--pair:#8a3b2f}
@media (prefers-color-scheme:dark){:root{--ink:#e7eaee;--soft:#a9b2bc;--line:#3a424b;--paper:#15181c;--tint:#20262c;
--link:#7fb6f0;--hot:#ff8a80;--warm:#f2b45a;--cold:#8fbdea;--pair:#f0a08f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60em;padding:1.2em 1.4em;background:var(--paper);color:var(--ink);overflow-wrap:anywhere;
font:14px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK JP",sans-serif}
header{display:flex;justify-content:space-between;gap:1em;border-bottom:2px solid var(--ink);padding-bottom:.4em}
h1{font-size:1.6em;line-height:1.2;margin:0}
h2{font-size:.8em;line-height:1.75;letter-spacing:.04em;text-transform:uppercase;color:var(--soft);margin:0}
p{margin:.1em 0}ul{margin:0;padding:0;list-style:none}li{margin:.1em 0}
.soft{color:var(--soft)}.place{color:var(--soft);font-size:.88em;white-space:nowrap}
.note{background:var(--tint);border-left:3px solid var(--warm);padding:.15em .5em;margin:.4em 0 0}
.band{align-self:start;text-align:center;border:2px solid;border-radius:.4em;padding:.25em .9em}
.band b{display:block;font-size:1.3em;line-height:1.2}.band small{color:var(--soft);white-space:nowrap}
.hot{color:var(--hot)}.warm{color:var(--warm)}.cold{color:var(--cold)}
section{display:grid;grid-template-columns:10em 1fr;gap:1em;padding:.38em .5em;border-bottom:1px solid var(--line)}
.why{background:var(--tint);margin-top:.5em}.why ul{font-size:1.1em}
.labelled{padding-left:7em}.kind{display:inline-block;width:6.6em;margin:0 .4em 0 -7em;color:var(--soft)}
.pair{border-left:3px solid var(--pair);padding-left:calc(7em - 3px)}.pair .kind{padding-left:.5em}
.answer{color:var(--soft)}
q{quotes:none}
details{display:inline-block}details[open]{display:block}summary{display:inline;list-style:none;cursor:pointer;color:var(--link);font-size:.8em}
summary::-webkit-details-marker{display:none}summary:focus-visible,a:focus-visible{outline:2px solid var(--link)}
.card{display:block;margin:.3em 0 .4em;padding:.4em .6em;background:var(--tint);border-left:3px solid var(--link)}
a{color:var(--link)}
footer{padding:.5em;font-size:.82em;color:var(--soft)}
footer ol{margin:.2em 0 0;padding:0;list-style:none;columns:2;column-gap:1.4em}
footer li{break-inside:avoid}footer li:target{background:var(--tint);color:var(--ink)}
@media (max-width:36em){section{grid-template-columns:1fr;gap:.1em}footer ol{columns:1}.place{white-space:normal}}
@page{size:A4;margin:10mm}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--tint:#f2f2f2;--link:#000;
--hot:#000;--warm:#000;--cold:#000;--pair:#000}
body{max-width:none;padding:0;font-size:9.2pt;line-height:1.27}section{padding:.2em .3em}li{margin:0}.card{display:none}
a{text-decoration:none}footer{padding:.3em;font-size:.76em}}
)";

std::string text_of(std::string_view text) { return escape_html(fold_space(clean_utf8(text))); }

void add_card(const Brief& brief, const std::string& id, std::string& out) {
  const Evidence* evidence = find_evidence(brief, id);
  if (evidence == nullptr) return;
  out += fmt::format(
      "<details><summary>[{0}]</summary><span class=\"card\"><q dir=\"auto\">{1}</q><br>"
      "{2} @{3}, {4}",
      escape_html(id), text_of(evidence->quote), text_of(shorten(evidence->source, 30)),
      text_of(shorten(evidence->handle, 40)), day_in_zone(brief, evidence->published_at));
  if (const std::string link = evidence_link(*evidence); !link.empty())
    out += fmt::format(", <a href=\"{}\" rel=\"noreferrer noopener nofollow\">original</a>",
                       escape_html(link));
  out += fmt::format(", <a href=\"#{}\">stored text</a> bytes {} to {}</span></details>",
                     escape_html(id), evidence->begin, evidence->end);
}

// The statement with the quote of its evidence set apart, so that a right-to-left quote does not
// reorder the words around it.
std::string isolate_quote(const Brief& brief, const Statement& statement) {
  const Evidence* evidence = find_evidence(brief, statement.evidence().front());
  const std::string& text = statement.text();
  const std::size_t at = evidence == nullptr || evidence->quote.empty()
                             ? std::string::npos
                             : text.find("\"" + evidence->quote);
  if (at == std::string::npos) return text_of(text);
  const std::size_t behind = at + 1 + evidence->quote.size();
  const std::string lead = text.substr(0, at);
  const std::size_t close = text.find('"', behind);
  const std::string rest = text.substr(close == std::string::npos ? behind : close + 1);
  // Behind a quote stands its date and place, behind the one in a question the question itself.
  const bool place = rest.starts_with(" (");
  return text_of(lead) + (lead.ends_with(' ') ? " " : "") + "<q dir=\"auto\"><bdi>\u201C" +
         text_of(evidence->quote) +
         (std::string_view(text).substr(behind).starts_with("…") ? "…" : "") + "\u201D</bdi></q>" +
         (place ? " <span class=\"place\">" + text_of(rest) + "</span>" : text_of(rest));
}

void add_statement(const Brief& brief, const Statement& statement, bool paired, std::string& out) {
  std::string label = label_of(statement);
  if (!label.empty()) label.resize(label.size() - 2);
  out += paired ? "<li class=\"pair\">" : label.empty() ? "<li>" : "<li class=\"labelled\">";
  if (!label.empty()) out += "<span class=\"kind\">" + text_of(label) + "</span>";
  out += isolate_quote(brief, statement);
  for (const std::string& id : statement.evidence()) {
    out += ' ';
    add_card(brief, id, out);
  }
  if (!statement.answer.empty())
    out += "<div class=\"answer\">→ " + text_of(statement.answer) + "</div>";
  out += "</li>\n";
}

void open_section(std::string_view title, std::string_view style, std::string& out) {
  out += fmt::format("<section{}><h2>{}</h2><ul>\n", style, escape_html(title));
}

void add_section(const Brief& brief, Section section, const SortedGaps& gaps, std::string& out) {
  const auto statements = statements_of(brief, section);
  const bool money = section == Section::money && !gaps.money.empty();
  const bool withheld = section == Section::do_not_say && !gaps.withheld.empty();
  if (statements.empty() && !money && !withheld) return;
  open_section(title_of(section), section == Section::why_now ? " class=\"why\"" : "", out);
  for (const Statement* statement : statements)
    add_statement(brief, *statement, !statement->opposes.empty(), out);
  if (money) out += "<li class=\"soft\">" + text_of(gaps.money) + "</li>\n";
  if (withheld) out += "<li class=\"soft\">" + text_of(gaps.withheld) + "</li>\n";
  out += "</ul></section>\n";
}

void add_temperature(const Brief& brief, std::string& out) {
  open_section("Temperature", "", out);
  out += "<li>" + text_of(warmth_line(brief));
  if (const std::string cooling = cooling_line(brief); !cooling.empty())
    out += "; " + text_of(cooling);
  out += "</li>\n";
  for (const Temperature::Reason& reason : brief.temperature.reasons) {
    out += fmt::format("<li class=\"labelled\"><span class=\"kind\">+{:.0f}</span>{} ",
                       reason.points, text_of(reason.text));
    add_card(brief, reason.evidence, out);
    out += "</li>\n";
  }
  out += "</ul></section>\n";
}

void add_header(const Brief& brief, std::string& out) {
  const std::string_view band = name_of(brief.temperature.band);
  std::string word(band);
  for (char& c : word) c = static_cast<char>(c - 'a' + 'A');
  out += "<header><div><h1><bdi>" + text_of(person_name(brief)) + "</bdi></h1>\n";
  if (const std::string office = person_office(brief); !office.empty())
    out += "<p>" + text_of(office) + "</p>\n";
  out += "<p class=\"soft\">" + text_of(accounts_line(brief)) + "<br>" +
         text_of(extent_line(brief)) + "</p></div>\n";
  out += fmt::format(
      "<div class=\"band {}\"><b>{}</b><small>intent {:.0f} of 100</small></div></header>\n", band,
      word, brief.temperature.intent);
  if (!brief.note.empty()) out += "<p class=\"note\">" + text_of(brief.note) + "</p>\n";
}

void add_footer(const Brief& brief, std::string& out) {
  if (brief.evidence.empty()) return;
  out += "<footer><h2>Evidence</h2><ol>\n";
  for (const Evidence& evidence : brief.evidence) {
    const std::string id = escape_html(evidence.id);
    const std::string link = evidence_link(evidence);
    out += fmt::format("<li id=\"{}\">", id);
    out += link.empty() ? id
                        : fmt::format("<a href=\"{}\" rel=\"noreferrer noopener nofollow\">{}</a>",
                                      escape_html(link), id);
    out += fmt::format(" {} @{}, {}, bytes {} to {}, text {}",
                       text_of(shorten(evidence.source, 30)), text_of(shorten(evidence.handle, 40)),
                       day_in_zone(brief, evidence.published_at), evidence.begin, evidence.end,
                       evidence.text_hash.substr(0, 8));
    out += "</li>\n";
  }
  out += "</ol></footer>\n";
}

}  // namespace

std::string brief_html(const Brief& brief) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Brief: " +
      text_of(person_name(brief)) + "</title>\n<style>" + std::string(kStyle) +
      "</style></head><body>\n";
  add_header(brief, out);
  const SortedGaps gaps = sort_gaps(brief);
  for (const Section section : kPageSections) {
    add_section(brief, section, gaps, out);
    if (section == Section::why_now) add_temperature(brief, out);
  }
  if (!gaps.others.empty() || !brief.doubts.empty()) {
    open_section("Gaps and doubts", "", out);
    std::string all;
    for (const auto* list : {&gaps.others, &brief.doubts})
      for (const std::string& line : *list) all += (all.empty() ? "" : "; ") + line;
    out += "<li>" + text_of(all) + "</li></ul></section>\n";
  }
  add_footer(brief, out);
  return out + "</body></html>\n";
}

}  // namespace plumbline
