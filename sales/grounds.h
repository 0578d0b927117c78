// What a signal was found by: in words of ours, and as the stretch of the text that says it. Both
// come from the same find, so that a brief never says one thing and quotes another.
#pragma once

#include <string>

#include "sales/concerns.h"
#include "sales/lead.h"

namespace plumbline {

struct Grounds {
  std::string what;   // "asked about a price 3 days ago"
  Span span;          // of the signal's text; never empty where the text holds a word
  bool move = false;  // a purchase or a change of supplier, theirs or somebody else's, is told
};

// `concerns` must come from the same material as the signal.
Grounds grounds_of(const Signal& signal, const Material& material, const Concerns& concerns,
                   const BriefInput& input);

// What a call is for that is made on such grounds.
const char* goal_of(SignalGroup group, const Grounds& grounds);

// The sentence that asks and names money; empty if there is none. A question in one sentence and
// money in another is no question about a price.
Span price_question(const Item& item);
// Where the author says that they buy or move, or will; null if nowhere. What is done, or what
// somebody else means to do, is not meant.
const StatementSpan* coming_move(const Analysis& analysis);

}  // namespace plumbline
