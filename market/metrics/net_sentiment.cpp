#include "market/metric.h"
#include "market/tally.h"

namespace plumbline {
namespace {

void fill(const View& view, Report& report, QuotePlan&) {
  VoiceTally tally(1);
  for (const std::uint32_t index : view.own_by_voice) tally.add(0, view.table.rows[index]);
  report.net_sentiment = tally.finish().front().net_sentiment();
}

}  // namespace

extern const Metric net_sentiment_metric = {
    "net_sentiment", "-1..1",
    "How the authors feel on average: each author's mean of -1, 0 and 1 counts once.", 20, fill};

}  // namespace plumbline
