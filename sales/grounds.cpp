#include "sales/grounds.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "sales/evidence.h"

namespace plumbline {
namespace {

constexpr std::string_view kConcernKinds[] = {"want", "need", "pain",      "fear",
                                              "risk", "cost", "experience"};

bool is_move(const StatementSpan& statement) {
  return statement.kind == StatementKind::switching || statement.kind == StatementKind::buying;
}

bool is_empty(Span span) { return span.begin >= span.end; }

std::string_view text_of(const Item& item) { return item.own->document.text; }

std::string move_in_words(const StatementSpan& move, const Item& item) {
  if (move.kind == StatementKind::buying) {
    if (move.holder == Holder::other) return "wrote of somebody else buying";
    if (move.tense == Tense::past) return "said they bought";
    return move.tense == Tense::future ? "said they will buy" : "said they are buying";
  }
  if (move.holder == Holder::other) return "wrote of somebody else switching";
  if (move.tense != Tense::past) return "wrote of switching";
  // Who names us may as well have come to us.
  return item.names_us ? "said they switched" : "said they moved to another";
}

// The sentence with the cue, else nothing.
Grounds by_cue(std::string what, const Item& item, std::uint32_t cue) {
  return {std::move(what), find_sentence(text_of(item), cue)};
}

Grounds by_request(const Item& item, const BriefInput& input) {
  if ((item.cues & kCueRequest) != 0) return by_cue("asked us directly", item, kCueRequest);
  return {fmt::format("asked about {}", shorten(input.brand, 30)), item.question};
}

Grounds by_move(const StatementSpan& move, const Item& item) {
  const Span span = clamp_span(text_of(item), move.whole());
  const Span whole = quotable_span(text_of(item), span);
  const bool shown = (sales_lexicon().find(slice(text_of(item), whole)) & kCueSpecial) == 0;
  return {move_in_words(move, item), shown ? whole : span, true};
}

Grounds by_price_or_switching(const Item& item) {
  if ((item.cues & kCueSwitch) != 0) return by_cue("wrote of switching", item, kCueSwitch);
  if (const Span asked = price_question(item); !is_empty(asked))
    return {"asked about a price", asked};
  const StatementSpan* move = coming_move(item.own->analysis);
  return move != nullptr ? by_move(*move, item) : Grounds{"wrote of switching", {}};
}

// The best remark of the signal's text that fits; an empty span if there is none.
template <class Fits>
Span best_remark(const Concerns& concerns, std::size_t item, Fits&& fits) {
  for (const Remark& remark : concerns.remarks)
    if (remark.item == item && fits(remark)) return remark.span;
  return {};
}

Grounds by_concern(const Signal& signal, const Item& item, const Concerns& concerns) {
  const Span span = best_remark(concerns, signal.item, [](const Remark& remark) {
    return std::find(std::begin(kConcernKinds), std::end(kConcernKinds), remark.kind) !=
           std::end(kConcernKinds);
  });
  const std::vector<StatementSpan>& statements = item.own->analysis.statements;
  const auto move = std::find_if(statements.begin(), statements.end(), is_move);
  if (is_empty(span) && move != statements.end()) return by_move(*move, item);
  return {"stated a concern", span};
}

Grounds by_rival(const Signal& signal, const Item& item, const Concerns& concerns) {
  return {fmt::format("complained about {}", shorten(item.rival, 30)),
          best_remark(concerns, signal.item,
                      [](const Remark& remark) { return remark.tone == Polarity::negative; })};
}

Grounds found_by(const Signal& signal, const Item& item, const Concerns& concerns,
                 const BriefInput& input) {
  switch (signal.group) {
    case SignalGroup::request: return by_request(item, input);
    case SignalGroup::price_or_switching: return by_price_or_switching(item);
    case SignalGroup::rival_complaint: return by_rival(signal, item, concerns);
    case SignalGroup::comparison: return by_cue("compared products", item, kCueCompare);
    case SignalGroup::concern: return by_concern(signal, item, concerns);
    case SignalGroup::mention: break;
  }
  return {fmt::format("mentioned {}", shorten(input.brand, 30)), {}};
}

}  // namespace

Span price_question(const Item& item) {
  constexpr std::uint32_t both = kCueQuestion | kCuePrice;
  return (item.cues & both) == both ? find_sentence(text_of(item), both, Match::all) : Span{};
}

const StatementSpan* coming_move(const Analysis& analysis) {
  for (const StatementSpan& statement : analysis.statements)
    if (is_move(statement) && statement.holder == Holder::author && statement.tense != Tense::past)
      return &statement;
  return nullptr;
}

Grounds grounds_of(const Signal& signal, const Material& material, const Concerns& concerns,
                   const BriefInput& input) {
  const Item& item = material.items[signal.item];
  Grounds grounds = found_by(signal, item, concerns, input);
  if (is_empty(grounds.span))
    grounds.span = best_remark(concerns, signal.item, [](const Remark&) { return true; });
  if (is_empty(grounds.span)) grounds.span = find_sentence(text_of(item), 0);
  grounds.what += " " + age_in_words(signal.at, input.now, input.zone);
  return grounds;
}

const char* goal_of(SignalGroup group, const Grounds& grounds) {
  switch (group) {
    case SignalGroup::request: return "Answer what they asked us, then agree the next step.";
    case SignalGroup::price_or_switching:
      return "Show the whole cost, not the price alone; agree who looks at it.";
    case SignalGroup::rival_complaint: return "Hear the trouble out; agree one thing to show them.";
    case SignalGroup::comparison: return "Find the one point that decides; agree how to show it.";
    default: break;
  }
  return grounds.move ? "Ask what led to it before offering anything."
                      : "Understand this concern before offering anything.";
}

}  // namespace plumbline
