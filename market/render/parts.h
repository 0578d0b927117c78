// Pieces that the sections of the page are made of. Everything named `html` is already escaped;
// everything else is text and is escaped inside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "market/render/svg.h"
#include "model/report.h"

namespace plumbline {

// The page as it grows; counts the charts so that each has its own id.
struct HtmlPage {
  std::string out;
  int charts = 0;

  ChartText chart(std::string title, std::string desc);
};

struct Column {
  std::string_view title;
  bool number = false;
};

struct Table {
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> html_rows;  // as many cells as columns
};

// A table in a box that scrolls by itself, behind a word to click; on paper it is shown only where
// `on_paper`.
void add_details(HtmlPage& page, std::string_view summary, const Table& table, bool on_paper);
void add_table(HtmlPage& page, const Table& table);

// The author's own words, where they stand, and when they were said.
void add_quotes(HtmlPage& page, const std::vector<Quote>& quotes, std::size_t most);

// "+12 (+4 to +20)"; with a tag for few authors; or why it is not shown.
std::string feeling_html(const Estimate& estimate);
std::string counts_html(const Counts& counts);

void open_section(HtmlPage& page, std::string_view id, std::string_view title,
                  std::string_view lead);
void close_section(HtmlPage& page);
void add_paragraph(HtmlPage& page, std::string_view css, std::string_view text);

// A small square of a colour class with what it stands for.
struct LegendEntry {
  std::string_view css;
  std::string text;
  bool line = false;
};
void add_legend(HtmlPage& page, const std::vector<LegendEntry>& entries);

}  // namespace plumbline
