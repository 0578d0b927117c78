#include "market/report.h"

#include <algorithm>

#include "market/metric.h"

namespace plumbline {

std::span<const Metric* const> ordered_metrics() {
  static const std::vector<const Metric*> ordered = [] {
    const auto all = all_metrics();
    std::vector<const Metric*> list(all.begin(), all.end());
    std::stable_sort(list.begin(), list.end(),
                     [](const Metric* a, const Metric* b) { return a->order < b->order; });
    return list;
  }();
  return ordered;
}

Report build_report(const ReportInput& input) {
  Report report;
  report.brand = input.brand;
  report.zone = input.zone;
  report.made_at = input.made_at;
  report.note = input.note;
  report.analyzer = input.analyzer;
  const View view(input);
  report.from = view.from;
  report.to = view.to;
  QuotePlan plan;
  for (const Metric* metric : ordered_metrics()) metric->fill(view, report, plan);
  plan.fill(input, report);
  return report;
}

}  // namespace plumbline
