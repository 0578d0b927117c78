// The sections of the page, in their order. Each writes itself, or a sentence on why it is empty.
#pragma once

#include "market/render/parts.h"
#include "model/report.h"

namespace plumbline {

void add_head(Page& page, const Report& report);     // brand, days, note, ways down the page
void add_first(Page& page, const Report& report);    // what changed, why, how sure
void add_trend(Page& page, const Report& report);    // net sentiment and mentions over time
void add_change(Page& page, const Report& report);   // what moved it
void add_brands(Page& page, const Report& report);   // share of voice
void add_topics(Page& page, const Report& report);   // with quotes
void add_needs(Page& page, const Report& report);    // wants, needs, pains, fears
void add_talk(Page& page, const Report& report);     // value against price
void add_stories(Page& page, const Report& report);  // the claims of the plumb line
void add_clusters(Page& page, const Report& report);
void add_sessions(Page& page, const Report& report);
void add_coverage(Page& page, const Report& report);
void add_method(Page& page, const Report& report);

}  // namespace plumbline
