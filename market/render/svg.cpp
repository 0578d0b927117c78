#include "market/render/svg.h"

#include <cmath>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace plumbline {
namespace {

// At most two decimals, no trailing zeros, never "-0" or "nan": pages stay small and comparable.
std::string number(double value) {
  if (!std::isfinite(value)) value = 0;
  std::string out = fmt::format("{:.2f}", value);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

}  // namespace

Svg::Svg(const ChartText& text, double height) : height_(height) {
  out_ = fmt::format(
      "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{0}-t {0}-d\" width=\"100%\" "
      "height=\"{1}\"><title id=\"{0}-t\">{2}</title><desc id=\"{0}-d\">{3}</desc>",
      text.id, number(height), escape_html(text.title), escape_html(text.desc));
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view css) {
  fmt::format_to(std::back_inserter(out_),
                 "<line class=\"{}\" x1=\"{}%\" y1=\"{}\" x2=\"{}%\" y2=\"{}\"/>", css, number(x1),
                 number(y1), number(x2), number(y2));
}

void Svg::rect(double x, double y, double w, double h, std::string_view css) {
  fmt::format_to(std::back_inserter(out_),
                 "<rect class=\"{}\" x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"{}\"/>", css,
                 number(x), number(y), number(std::fmax(w, 0)), number(std::fmax(h, 0)));
}

void Svg::circle(double x, double y, double radius, std::string_view css) {
  fmt::format_to(std::back_inserter(out_), "<circle class=\"{}\" cx=\"{}%\" cy=\"{}\" r=\"{}\"/>",
                 css, number(x), number(y), number(radius));
}

void Svg::text(double x, double y, std::string_view anchor, std::string_view css,
               std::string_view words) {
  fmt::format_to(std::back_inserter(out_),
                 "<text class=\"{}\" x=\"{}%\" y=\"{}\" text-anchor=\"{}\">{}</text>", css,
                 number(x), number(y), anchor, escape_html(words));
}

// Paths know no percent: they are drawn in a box of their own that is stretched, while the width of
// their lines is not.
void Svg::path(const std::vector<Corner>& corners, bool closed, std::string_view css) {
  if (corners.size() < 2) return;
  fmt::format_to(
      std::back_inserter(out_),
      "<svg x=\"0\" y=\"0\" width=\"100%\" height=\"{0}\" viewBox=\"0 0 100 {0}\" "
      "preserveAspectRatio=\"none\"><path class=\"{1}\" vector-effect=\"non-scaling-stroke\" d=\"",
      number(height_), css);
  char letter = 'M';
  for (const Corner& corner : corners) {
    fmt::format_to(std::back_inserter(out_), "{}{} {}", letter, number(corner.x), number(corner.y));
    letter = 'L';
  }
  out_ += closed ? "Z\"/></svg>" : "\"/></svg>";
}

std::string Svg::take() { return std::move(out_) + "</svg>"; }

std::string_view svg_patterns() {
  return R"SVG(<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
<pattern id="hatch-negative" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="fill-negative" width="6" height="6"/><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern>
<pattern id="hatch-mix" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch-ink" x1="0" y1="0" x2="0" y2="5"/></pattern>
<pattern id="hatch-partial" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch-warn" x1="0" y1="0" x2="0" y2="5"/></pattern>
</defs></svg>)SVG";
}

}  // namespace plumbline
