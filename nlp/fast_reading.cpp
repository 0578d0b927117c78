#include "nlp/fast_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "nlp/addresses.h"
#include "nlp/fast_words.h"

namespace plumbline {
namespace {

// Below this a reason is noise to a reader.
constexpr float kTellingFeature = 0.02F, kTellingBeside = 0.1F;

std::string_view name_of_rule(FastRule rule) {
  switch (rule) {
    case FastRule::word: return "word";
    case FastRule::phrase: return "phrase";
    case FastRule::negation: return "negation";
    case FastRule::emphasis: return "emphasis";
    case FastRule::symbol: return "emoji";
    case FastRule::sign: return "punctuation";
    case FastRule::list: return "word list";
    case FastRule::contrast: return "contrast";
  }
  return "word";
}

// The name, and of a mistyped word what it was read as.
std::string words_of(const FastFeature& feature, const FastTokens& tokens) {
  std::string out(name_of_rule(feature.rule));
  if (feature.rule != FastRule::word) return out;
  const auto token =
      std::partition_point(tokens.tokens.begin(), tokens.tokens.end(),
                           [&](const FastToken& t) { return t.span.begin < feature.span.begin; });
  if (token != tokens.tokens.end() && token->read_as && token->span == feature.span)
    out.append(", read as ").append(tokens.folded(*token));
  return out;
}

auto key_of(const FastFeature& f) { return std::tuple(f.span.begin, f.span.end, f.rule); }

}  // namespace

void read_fast(std::string_view text, const Lexicon& lexicon, std::string_view lang,
               FastScratch& scratch) {
  find_addresses(text, scratch.addresses);
  split_fast(text, scratch.addresses, scratch.tokens);
  read_as_meant(lexicon, scratch.tokens);
  fast_features(scratch.tokens, lexicon, lang, {scratch.slots, scratch.notes, scratch.rows});
}

void explain_fast(const FastText& text, const FastModel& model, const FastQuestions& questions,
                  FastScratch& scratch, std::vector<Reason>& out) {
  find_addresses(text.text, scratch.addresses);
  split_fast(text.text, scratch.addresses, scratch.tokens);
  read_as_meant(text.lexicon, scratch.tokens);
  auto& features = scratch.features;
  features.clear();
  fast_features(scratch.tokens, text.lexicon, text.lang, features);
  const std::size_t count = features.size();
  std::stable_sort(
      features.begin(), features.end(),
      [](const FastFeature& a, const FastFeature& b) { return key_of(a) < key_of(b); });
  for (std::size_t begin = 0; begin < count;) {
    std::size_t end = begin;
    float mood = 0, emotion = 0, irony = 0;  // summed, then weighed
    for (; end < count && key_of(features[end]) == key_of(features[begin]); ++end) {
      const std::uint32_t slot = features[end].slot;
      mood += model.pull(slot, count);
      emotion += model.emotion_pull(slot, count, questions.emotion);
      irony += model.irony_pull(slot, count);
    }
    mood *= questions.weight;
    emotion *= questions.weight;
    const Span place = features[begin].span;
    const std::string words = words_of(features[begin], scratch.tokens);
    if (std::fabs(mood) >= kTellingFeature) out.push_back({place, words, mood});
    if (questions.emotion != Emotion::none && std::fabs(emotion) >= kTellingBeside)
      out.push_back({place, fmt::format("{}: {}", name_of(questions.emotion), words), emotion});
    if (questions.irony && std::fabs(irony) >= kTellingBeside)
      out.push_back({place, "irony: " + words, irony});
    begin = end;
  }
}

}  // namespace plumbline
