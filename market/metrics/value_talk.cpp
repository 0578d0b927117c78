#include "market/metric.h"
#include "market/talk.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan& plan) {
  fill_talk(view, &MentionRow::value_talk, &Report::value_talk, report, plan);
}

}  // namespace

extern const Metric value_talk_metric = {
    "value_talk", "share of authors, 0..1",
    "Who talks about worth, quality for the money, what lasts.", 91, fill};

}  // namespace plumbline
