#include <fmt/format.h>

#include "base/embedded.h"
#include "base/text.h"
#include "market/render/render.h"
#include "market/render/sections.h"
#include "market/render/words.h"

namespace plumbline {

// The policy forbids what the page does not use, so that a quote that slipped through the escaping
// could still neither run nor call home.
std::string report_html(const Report& report) {
  HtmlPage page;
  page.out = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; img-src data:\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<title>{}: what people say, {}</title>\n<style>\n{}</style></head>\n<body>\n{}\n",
      escape_html(report.brand), days_words(report.from, report.to), embedded("report/report.css"),
      svg_patterns());
  add_head(page, report);
  add_first(page, report);
  add_trend(page, report);
  add_change(page, report);
  add_brands(page, report);
  add_topics(page, report);
  add_needs(page, report);
  add_talk(page, report);
  add_stories(page, report);
  add_comparisons(page, report);
  add_clusters(page, report);
  add_sessions(page, report);
  add_coverage(page, report);
  add_method(page, report);
  page.out += "</main></div></body></html>\n";
  return std::move(page.out);
}

}  // namespace plumbline
