// One file in market/metrics/ is one metric: it fills its part of the report. The table is made by
// CMake, so that adding a file is all there is to adding a metric.
#pragma once

#include <span>
#include <string_view>

#include "market/quotes.h"
#include "market/view.h"
#include "model/report.h"

namespace plumbline {

struct Metric {
  std::string_view name;  // the file's name
  std::string_view unit;  // what its values are measured in
  std::string_view doc;   // one line for a reader; the full word is in docs/metrics.md
  int order = 0;  // the smaller first. Each fills its own fields only and reads those of none
  // Quotes are wished for in the plan, not fetched: the texts lie in the store and are read once.
  void (*fill)(const View& view, Report& report, QuotePlan& plan) = nullptr;
};

std::span<const Metric* const> all_metrics();  // by file name; generated
std::span<const Metric* const> ordered_metrics();

}  // namespace plumbline
