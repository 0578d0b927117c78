#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "market/render/svg.h"
#include "market/render/words.h"

namespace plumbline {
namespace {

constexpr std::size_t kLabel = 38;  // characters of a label that fit beside its value on a phone

// Periods begin right of the axis labels, which stand inside the picture.
constexpr double kInset = 4;
constexpr double kPlotWidth = 100 - kInset;

double middle_of(std::size_t index, std::size_t count) {
  return kInset + (static_cast<double>(index) + 0.5) * kPlotWidth /
                      static_cast<double>(std::max<std::size_t>(1, count));
}

// About five labels below the axis, however many periods there are; the first and the last are
// turned inwards.
template <class Items>
void period_labels(Svg& svg, const Items& items, double y) {
  const std::size_t step = (items.size() + 4) / 5;
  for (std::size_t i = 0; i < items.size(); i += std::max<std::size_t>(1, step)) {
    const double x = middle_of(i, items.size());
    const std::string_view anchor = x < 8 ? "start" : x > 92 ? "end" : "middle";
    svg.text(x < 8 ? kInset : x > 92 ? 100 : x, y, anchor, "tick", items[i].label);
  }
}

struct Scale {
  double lo, hi, step;
};

// A range of -1..1 that holds every value shown and the first series' intervals, in round steps.
Scale sentiment_scale(const std::vector<LineSeries>& series) {
  double lo = 0;
  double hi = 0;
  for (std::size_t s = 0; s < series.size(); ++s)
    for (const LinePoint& point : series[s].points) {
      if (!point.shown) continue;
      lo = std::min(lo, s == 0 ? point.lo : point.value);
      hi = std::max(hi, s == 0 ? point.hi : point.value);
    }
  const double step = hi - lo > 1.2 ? 0.5 : hi - lo > 0.6 ? 0.25 : 0.1;
  lo = std::max(-1.0, std::floor(lo / step - 0.01) * step);
  hi = std::min(1.0, std::ceil(hi / step + 0.01) * step);
  return {lo, hi, step};
}

struct Plot {
  double top = 14, bottom = 0;
  Scale scale{};
  double y(double value) const {
    const double part = (std::clamp(value, scale.lo, scale.hi) - scale.lo) / (scale.hi - scale.lo);
    return bottom - part * (bottom - top);
  }
};

void draw_grid(Svg& svg, const Plot& plot) {
  const int lines =
      static_cast<int>(std::lround((plot.scale.hi - plot.scale.lo) / plot.scale.step));
  for (int i = 0; i <= lines; ++i) {
    const double value = plot.scale.lo + i * plot.scale.step;
    const bool zero = std::fabs(value) < 1e-9;
    svg.line(0, plot.y(value), 100, plot.y(value), zero ? "zero" : "grid");
    svg.text(0, plot.y(value) - 4, "start", "tick", points(value));
  }
}

void draw_run(Svg& svg, const Plot& plot, const LineSeries& series, std::size_t begin,
              std::size_t end, std::size_t which) {
  const std::size_t count = series.points.size();
  std::vector<Svg::Corner> middle, band;
  for (std::size_t i = begin; i < end; ++i)
    middle.push_back({middle_of(i, count), plot.y(series.points[i].value)});
  if (which == 0) {
    for (std::size_t i = begin; i < end; ++i)
      band.push_back({middle_of(i, count), plot.y(series.points[i].hi)});
    for (std::size_t i = end; i-- > begin;)
      band.push_back({middle_of(i, count), plot.y(series.points[i].lo)});
    if (end - begin > 1)
      svg.path(band, true, "band");
    else
      svg.line(band[0].x, band[0].y, band[1].x, band[1].y, "whisker");
  }
  svg.path(middle, false, fmt::format("line line-{}", which));
}

void draw_series(Svg& svg, const Plot& plot, const LineSeries& series, std::size_t which) {
  const auto& list = series.points;
  for (std::size_t begin = 0; begin < list.size();) {
    std::size_t end = begin;
    while (end < list.size() && list[end].shown) ++end;
    if (end > begin) draw_run(svg, plot, series, begin, end, which);
    begin = std::max(end, begin + 1);
  }
  const bool many = list.size() > 40;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].shown) continue;
    const bool lonely =
        (i == 0 || !list[i - 1].shown) && (i + 1 == list.size() || !list[i + 1].shown);
    if (which != 0 && !lonely) continue;
    svg.circle(
        middle_of(i, list.size()), plot.y(list[i].value), many ? 2.5 : 4,
        list[i].weak ? fmt::format("dot-weak dot-{}", which) : fmt::format("dot dot-{}", which));
  }
}

}  // namespace

std::string line_chart(const ChartText& text, const std::vector<LineSeries>& series) {
  constexpr double kHeight = 280;
  Svg svg(text, kHeight);
  Plot plot;
  plot.bottom = kHeight - 40;
  plot.scale = sentiment_scale(series);
  draw_grid(svg, plot);
  for (std::size_t i = series.size(); i-- > 0;) draw_series(svg, plot, series[i], i);
  if (!series.empty()) {
    const auto& list = series[0].points;
    for (std::size_t i = 0; i < list.size(); ++i)
      if (list[i].partial)
        svg.rect(middle_of(i, list.size()) - 40.0 / static_cast<double>(list.size()), kHeight - 32,
                 80.0 / static_cast<double>(list.size()), 6, "partial");
    period_labels(svg, list, kHeight - 8);
  }
  return svg.take();
}

std::string stacked_bars(const ChartText& text, const std::vector<StackBar>& bars) {
  constexpr double kHeight = 220;
  constexpr double kTop = 18;
  constexpr double kBottom = kHeight - 40;
  Svg svg(text, kHeight);
  std::int64_t most = 1;
  for (const StackBar& bar : bars) most = std::max(most, bar.negative + bar.neutral + bar.positive);
  const double unit = (kBottom - kTop) / static_cast<double>(most);
  svg.line(0, kTop, 100, kTop, "grid");
  svg.text(0, kTop - 4, "start", "tick", whole(most));
  const double width = kPlotWidth / static_cast<double>(std::max<std::size_t>(1, bars.size()));
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double x = kInset + width * (static_cast<double>(i) + 0.12);
    const double w = width * 0.76;
    double y = kBottom;
    const auto stack = [&](std::int64_t mentions, std::string_view css) {
      const double height = static_cast<double>(mentions) * unit;
      if (mentions > 0) svg.rect(x, y - height, w, height, css);
      y -= height;
    };
    stack(bars[i].negative, "bar-negative");
    stack(bars[i].neutral, "bar-neutral");
    stack(bars[i].positive, "bar-positive");
    if (bars[i].partial) svg.rect(x, kHeight - 32, w, 6, "partial");
  }
  svg.line(0, kBottom, 100, kBottom, "zero");
  period_labels(svg, bars, kHeight - 8);
  return svg.take();
}

std::string dot_ranges(const ChartText& text, const std::vector<RangeRow>& rows,
                       const RangeScale& scale) {
  constexpr double kRow = 46;
  const double head = scale.zero ? 20 : 4;
  Svg svg(text, head + kRow * static_cast<double>(rows.size()) + 4);
  const auto x = [&](double value) {
    return 1 + 98 * (std::clamp(value, scale.lo, scale.hi) - scale.lo) / (scale.hi - scale.lo);
  };
  const double bottom = head + kRow * static_cast<double>(rows.size());
  if (scale.zero) {
    svg.text(0, 12, "start", "tick", "\u2190 negative");
    svg.text(100, 12, "end", "tick", "positive \u2192");
    svg.text(x(0), 12, "middle", "tick", "0");
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const RangeRow& row = rows[i];
    const double top = head + kRow * static_cast<double>(i);
    const double y = top + 32;
    const std::string weak = row.weak ? " weak" : "";
    svg.text(0, top + 16, "start", "label" + weak, shorten(row.label, kLabel));
    svg.text(100, top + 16, "end", "value" + weak, row.words);
    svg.line(0, y, 100, y, "track");
    if (scale.zero) svg.line(x(0), y - 7, x(0), y + 7, "zero");
    const std::string side = row.value < 0 ? "negative" : "positive";
    svg.line(x(row.lo), y, x(row.hi), y, "range range-" + side + weak);
    svg.circle(x(row.value), y, 5.5, "point point-" + side + weak);
  }
  if (rows.empty()) svg.line(0, bottom, 100, bottom, "grid");
  return svg.take();
}

std::string bar_rows(const ChartText& text, const std::vector<BarRow>& rows, double most) {
  constexpr double kRow = 42;
  Svg svg(text, kRow * static_cast<double>(rows.size()) + 4);
  most = std::max(most, 1e-9);
  for (const BarRow& row : rows) most = std::max({most, row.value, row.hi});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const BarRow& row = rows[i];
    const double top = kRow * static_cast<double>(i);
    svg.text(0, top + 15, "start", row.strong ? "label strong" : "label",
             shorten(row.label, kLabel));
    svg.text(100, top + 15, "end", row.strong ? "value strong" : "value", row.words);
    svg.rect(0, top + 22, 100, 10, "trough");
    svg.rect(0, top + 22, 100 * row.value / most, 10, row.strong ? "bar-own" : "bar-other");
    if (row.hi > row.lo) {
      svg.line(99.8 * row.lo / most, top + 27, 99.8 * row.hi / most, top + 27, "whisker");
      for (const double end : {row.lo, row.hi})
        svg.line(99.8 * end / most, top + 23, 99.8 * end / most, top + 31, "whisker");
    }
  }
  return svg.take();
}

std::string move_rows(const ChartText& text, const std::vector<MoveRow>& rows) {
  constexpr double kRow = 52;
  constexpr double kHead = 20;
  Svg svg(text, kHead + kRow * static_cast<double>(rows.size()) + 2);
  double most = 0.02;
  for (const MoveRow& row : rows) most = std::max({most, std::fabs(row.rate), std::fabs(row.mix)});
  svg.text(0, 12, "start", "tick", "\u2190 pulled down");
  svg.text(100, 12, "end", "tick", "pushed up \u2192");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double top = kHead + kRow * static_cast<double>(i);
    svg.text(0, top + 15, "start", "label", shorten(rows[i].label, kLabel));
    svg.text(100, top + 15, "end", "value", rows[i].words);
    const auto bar = [&](double value, double y, std::string_view kind) {
      const double width = 49 * std::fabs(value) / most;
      const std::string_view side = value < 0 ? "negative" : "positive";
      if (kind == "mix")
        svg.rect(value < 0 ? 50 - width : 50, y, width, 8, fmt::format("tint-{}", side));
      svg.rect(value < 0 ? 50 - width : 50, y, width, 8, fmt::format("{}-{}", kind, side));
    };
    bar(rows[i].rate, top + 23, "rate");
    bar(rows[i].mix, top + 34, "mix");
    svg.line(50, top + 20, 50, top + 45, "zero");
  }
  return svg.take();
}

std::string coverage_strips(const ChartText& text, const std::vector<StripRow>& rows) {
  constexpr double kRow = 38;
  Svg svg(text, kRow * static_cast<double>(rows.size()) + 4);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double top = kRow * static_cast<double>(i);
    svg.text(0, top + 14, "start", "label", shorten(rows[i].label, kLabel));
    svg.text(100, top + 14, "end", "value", rows[i].words);
    svg.rect(0, top + 21, 100, 9, "trough");
    for (const StripRun& run : rows[i].runs) {
      const std::string_view css = run.state == 0   ? "heard"
                                   : run.state == 1 ? "heard-partly"
                                                    : "not-heard";
      svg.rect(run.begin, top + 21, run.end - run.begin, 9, css);
    }
  }
  return svg.take();
}

}  // namespace plumbline
