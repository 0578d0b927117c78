#include <fmt/format.h>

#include "base/text.h"
#include "sales/render/layout.h"
#include "sales/render/render.h"

namespace plumbline {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1c2024;--soft:#5a6470;--line:#d8dde3;--paper:#fff;--tint:#f4f6f8;--link:#0b5cad;
--hot:#b3261e;--warm:#9a5b00;--cold:#2f5f8f;--bad:#8a3b2f}
@media (prefers-color-scheme:dark){:root{--ink:#e7eaee;--soft:#a3adb8;--line:#3a424b;--paper:#15181c;--tint:#1e2328;
--link:#7fb6f0;--hot:#ff8a80;--warm:#f2b45a;--cold:#8fbdea;--bad:#f0a08f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:1.2rem 1.4rem;background:var(--paper);color:var(--ink);
font:14px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere}
header{display:flex;justify-content:space-between;gap:1rem;border-bottom:2px solid var(--ink);padding-bottom:.4rem}
h1{font-size:1.45rem;line-height:1.2;margin:0}
h2{font-size:.75rem;letter-spacing:.05em;text-transform:uppercase;color:var(--soft);margin:0}
p{margin:.1rem 0}ul{margin:0;padding:0;list-style:none}li{margin:.1rem 0}
.soft{color:var(--soft);font-size:.85rem}
.note{background:var(--tint);border-left:3px solid var(--warm);padding:.15rem .5rem;margin:.4rem 0 0}
.band{align-self:start;text-align:center;border:2px solid;border-radius:.4rem;padding:.2rem .8rem;font-weight:700;font-size:1.15rem;line-height:1.2;white-space:nowrap}
.band small{display:block;font-weight:400;font-size:.75rem;color:var(--soft)}
.hot{color:var(--hot)}.warm{color:var(--warm)}.cold{color:var(--cold)}
section{display:grid;grid-template-columns:8.5rem 1fr;gap:.9rem;padding:.32rem 0;border-bottom:1px solid var(--line)}
.why{background:var(--tint);padding:.4rem .5rem;margin-top:.4rem;font-size:1.05rem}
.kind{display:inline-block;min-width:4.4rem;margin-right:.3rem;color:var(--soft);font-size:.85rem}
.pair{border-left:3px solid var(--bad);padding-left:.5rem}
.answer{margin-left:4.7rem;color:var(--soft)}
q{quotes:none;font-style:normal}
details{display:inline}summary{display:inline;list-style:none;cursor:pointer;color:var(--link);font-size:.75rem;vertical-align:super;line-height:0}
summary::-webkit-details-marker{display:none}summary:focus-visible{outline:2px solid var(--link)}
.card{display:block;margin:.3rem 0 .4rem;padding:.4rem .6rem;background:var(--tint);border-left:3px solid var(--link);font-size:.85rem}
a{color:var(--link)}
footer{padding-top:.4rem;font-size:.75rem;color:var(--soft)}
footer ol{margin:.2rem 0 0;padding:0;list-style:none;columns:2;column-gap:1.4rem}
footer li{break-inside:avoid}footer li:target{background:var(--tint);color:var(--ink)}
@media (max-width:36rem){section{grid-template-columns:1fr;gap:.1rem}footer ol{columns:1}.answer{margin-left:0}}
@page{size:A4;margin:11mm}
@media print{:root{--ink:#000;--soft:#444;--line:#ccc;--paper:#fff;--tint:#f4f4f4;--link:#000}
body{max-width:none;padding:0;font-size:8.6pt;line-height:1.28}section{padding:.18rem 0}.card{display:none}a{text-decoration:none}
.hot,.warm,.cold{color:#000}footer{font-size:6.8pt}}
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
  return text_of(lead) + (lead.ends_with(' ') ? " " : "") + "<q dir=\"auto\"><bdi>\u201C" +
         text_of(evidence->quote) +
         (std::string_view(text).substr(behind).starts_with("…") ? "…" : "") +
         "\u201D</bdi></q> <span class=\"soft\">" +
         text_of(text.substr(
             text.find('"', behind) == std::string::npos ? behind : text.find('"', behind) + 1)) +
         "</span>";
}

void add_statement(const Brief& brief, const Statement& statement, bool paired, std::string& out) {
  std::string label = label_of(statement);
  if (!label.empty()) label.resize(label.size() - 2);
  out += paired ? "<li class=\"pair\">" : "<li>";
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
    out += fmt::format("<li><span class=\"kind\">+{:.0f}</span>{} ", reason.points,
                       text_of(reason.text));
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
  out +=
      fmt::format("<div class=\"band {}\">{}<small>intent {:.0f} of 100</small></div></header>\n",
                  band, word, brief.temperature.intent);
  if (!brief.note.empty()) out += "<p class=\"note\">" + text_of(brief.note) + "</p>\n";
}

void add_footer(const Brief& brief, std::string& out) {
  if (brief.evidence.empty()) return;
  out += "<footer><h2>Evidence</h2><ol>\n";
  for (const Evidence& evidence : brief.evidence) {
    out += fmt::format("<li id=\"{0}\">{0} {1} @{2}, {3}, bytes {4} to {5}, text {6}",
                       escape_html(evidence.id), text_of(shorten(evidence.source, 30)),
                       text_of(shorten(evidence.handle, 40)),
                       day_in_zone(brief, evidence.published_at), evidence.begin, evidence.end,
                       evidence.text_hash.substr(0, 8));
    if (const std::string link = evidence_link(evidence); !link.empty())
      out += fmt::format(", <a href=\"{}\" rel=\"noreferrer noopener nofollow\">original</a>",
                         escape_html(link));
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
