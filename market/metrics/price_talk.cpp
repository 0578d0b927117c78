#include "market/metric.h"
#include "market/talk.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan& plan) {
  fill_talk(view, &MentionRow::price_talk, &Report::price_talk, report, plan);
}

}  // namespace

extern const Metric price_talk_metric = {"price_talk", "share of authors, 0..1",
                                         "Who talks about price, discounts, being cheap or dear.",
                                         90, fill};

}  // namespace plumbline
