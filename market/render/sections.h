// The sections of the page, in their order. Each writes itself, or a sentence on why it is empty.
#pragma once

#include "market/render/parts.h"
#include "model/report.h"

namespace plumbline {

void add_head(HtmlPage& page, const Report& report);     // brand, days, note, ways down the page
void add_first(HtmlPage& page, const Report& report);    // what changed, why, how sure
void add_trend(HtmlPage& page, const Report& report);    // net sentiment and mentions over time
void add_change(HtmlPage& page, const Report& report);   // what moved it
void add_brands(HtmlPage& page, const Report& report);   // share of voice
void add_topics(HtmlPage& page, const Report& report);   // with quotes
void add_needs(HtmlPage& page, const Report& report);    // wants, needs, pains, fears
void add_talk(HtmlPage& page, const Report& report);     // value against price
void add_stories(HtmlPage& page, const Report& report);  // the claims of the plumb line
void add_comparisons(HtmlPage& page, const Report& report);  // the own brand beside each other one
void add_clusters(HtmlPage& page, const Report& report);
void add_sessions(HtmlPage& page, const Report& report);
void add_coverage(HtmlPage& page, const Report& report);
void add_method(HtmlPage& page, const Report& report);

}  // namespace plumbline
