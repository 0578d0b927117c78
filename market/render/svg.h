// Charts drawn as SVG without scripts. Across they are measured in percent of the box and down in
// pixels, so that one picture fits a phone, a desk and a sheet of paper with letters of the same
// size. Colours come from the page's CSS variables, so dark mode and print reach into them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

// What a reader who cannot see the picture is told.
struct ChartText {
  std::string id;     // unique on the page
  std::string title;  // what is drawn
  std::string desc;   // what it shows
};

// Writes the elements. x and w are percent of the width, y and h pixels; texts are escaped here.
class Svg {
 public:
  Svg(const ChartText& text, double height);

  void line(double x1, double y1, double x2, double y2, std::string_view css);
  void rect(double x, double y, double w, double h, std::string_view css);
  void circle(double x, double y, double radius, std::string_view css);
  // `anchor`: start, middle or end.
  void text(double x, double y, std::string_view anchor, std::string_view css,
            std::string_view words);
  // Corners {x, y}; a line, or an area where `closed`.
  struct Corner {
    double x, y;
  };
  void path(const std::vector<Corner>& corners, bool closed, std::string_view css);
  std::string take();  // the whole element

 private:
  double height_;
  std::string out_;
};

// A series of values with their intervals. Values that may not be shown leave a gap.
struct LinePoint {
  std::string label;
  double value = 0, lo = 0, hi = 0;
  bool shown = false;
  bool weak = false;     // few authors: a hollow point
  bool partial = false;  // not wholly heard: marked below
};
struct LineSeries {
  std::string name;
  std::vector<LinePoint> points;
};
// The first series has its interval as a band; the others are thin. Values are net sentiment,
// -1..1, labelled in points.
std::string line_chart(const ChartText& text, const std::vector<LineSeries>& series);

// Mentions per period, negative (hatched) below, neutral, positive above.
struct StackBar {
  std::string label;
  std::int64_t negative = 0, neutral = 0, positive = 0;
  bool partial = false;
};
std::string stacked_bars(const ChartText& text, const std::vector<StackBar>& bars);

// One value with its interval per row, on one scale.
struct RangeRow {
  std::string label;
  std::string words;  // the value as it reads, right of the label
  double value = 0, lo = 0, hi = 0;
  bool weak = false;
};
struct RangeScale {
  double lo = -1, hi = 1;
  bool zero = true;  // a line at 0, with "negative" and "positive" on its sides
};
std::string dot_ranges(const ChartText& text, const std::vector<RangeRow>& rows,
                       const RangeScale& scale);

// Plain bars from 0 with an optional whisker.
struct BarRow {
  std::string label, words;
  double value = 0, lo = 0, hi = 0;  // lo == hi: no whisker
  bool strong = false;               // the own brand
};
// The longest bar ends at `most`, or where that is less at the largest value: charts side by side
// share a scale.
std::string bar_rows(const ChartText& text, const std::vector<BarRow>& rows, double most = 0);

// What moved a value: two bars per row from the middle, `rate` solid and `mix` hatched.
struct MoveRow {
  std::string label, words;
  double rate = 0, mix = 0;
};
std::string move_rows(const ChartText& text, const std::vector<MoveRow>& rows);

// Which days of a span were heard: runs of equal state, in percent of the span.
struct StripRun {
  double begin = 0, end = 0;
  int state = 0;  // 0 complete, 1 partial, 2 missing
};
struct StripRow {
  std::string label, words;
  std::vector<StripRun> runs;
};
std::string coverage_strips(const ChartText& text, const std::vector<StripRow>& rows);

// The patterns that the charts refer to; once per page, before the first chart.
std::string_view svg_patterns();

}  // namespace plumbline
