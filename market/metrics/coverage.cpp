#include "market/metric.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan&) { report.coverage = view.input.coverage; }

}  // namespace

extern const Metric coverage_metric = {
    "coverage", "source and day",
    "Which source answered on which day and why not, so that a gap is not taken for silence.", 200,
    fill};

}  // namespace plumbline
