#include "model/analysis.h"

#include <algorithm>

namespace plumbline {
namespace {
constexpr std::string_view kKindNames[kStatementKinds] = {
    "want",       "need",    "pain",   "fear",      "risk",   "cost",
    "experience", "promise", "praise", "switching", "buying", "question"};
constexpr std::string_view kEmotionNames[kEmotionCount] = {
    "anger", "joy", "optimism", "sadness", "fear", "surprise", "disgust", "none"};
}  // namespace

std::string_view name_of(Polarity polarity) {
  switch (polarity) {
    case Polarity::negative: return "negative";
    case Polarity::positive: return "positive";
    case Polarity::neutral: break;
  }
  return "neutral";
}

Sentiment sentiment_from(float negative, float neutral, float positive) {
  Sentiment out{Polarity::neutral, positive - negative, negative, neutral, positive};
  if (positive > neutral && positive > negative) out.label = Polarity::positive;
  if (negative > neutral && negative > positive) out.label = Polarity::negative;
  return out;
}

std::string_view name_of(Emotion emotion) {
  return kEmotionNames[static_cast<std::size_t>(emotion)];
}

std::string_view name_of(StatementKind kind) { return kKindNames[static_cast<int>(kind)]; }

std::string_view name_of(Holder holder) { return holder == Holder::author ? "author" : "other"; }

std::string_view name_of(Tense tense) {
  switch (tense) {
    case Tense::present: break;
    case Tense::past: return "past";
    case Tense::future: return "future";
  }
  return "present";
}

std::string kind_list() {
  std::string out;
  for (std::string_view name : kKindNames) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

bool kind_of(std::string_view name, StatementKind& kind) {
  for (int i = 0; i < kStatementKinds; ++i) {
    if (kKindNames[i] != name) continue;
    kind = static_cast<StatementKind>(i);
    return true;
  }
  return false;
}

bool Analysis::is_doubtful() const {
  constexpr float kHeardByFull = 0.35F, kHeardByFast = 0.2F;
  if (sentiment.label != Polarity::positive) return false;
  if (irony >= kToldIrony) return true;
  if (tier == "full") return irony >= kHeardByFull;
  const bool is_blamed = std::ranges::any_of(
      aspects, [](const AspectFinding& each) { return each.label == Polarity::negative; });
  const bool hurts = std::ranges::any_of(
      statements, [](const StatementSpan& each) { return each.kind == StatementKind::pain; });
  return irony >= kHeardByFast && (is_blamed || hurts);
}

}  // namespace plumbline
