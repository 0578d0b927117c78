// Net sentiment over time from the roll-ups: answers at once however many mentions there are.
#pragma once

#include "app/make_report.h"
#include "app/workspace.h"
#include "model/report.h"

namespace plumbline {

using Trend = TrendSeries;

Result<Trend> trend_of(const Workspace& workspace, const ReportWish& wish, Unit unit);

}  // namespace plumbline
