// Price talk and value talk: who talks so, brand by brand. The two metrics differ in one column.
#pragma once

#include <vector>

#include "market/quotes.h"
#include "market/view.h"
#include "model/report.h"

namespace plumbline {

// One row per brand, in the order of View::brands. `strength` is the column, `list` where the rows
// go in the report.
void fill_talk(const View& view, float MentionRow::*strength, std::vector<TalkRow> Report::*list,
               Report& report, QuotePlan& plan);

}  // namespace plumbline
