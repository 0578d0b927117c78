#include "nlp/feelings.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "nlp/phrase_file.h"

namespace plumbline {
namespace {

constexpr std::uint32_t kFelt = kEmotionCount - 1;  // emotions but none
constexpr std::uint32_t kDenies = 3;                // words before a feeling
constexpr float kNamedOdds = 54;                    // factor on the odds of a feeling that is named
// Of a text that no model judged, before what is named.
constexpr float kUnjudged = 0.05F;

bool emotion_named(std::string_view name, std::uint32_t& tag) {
  for (tag = 0; tag < kFelt; ++tag)
    if (name_of(static_cast<Emotion>(tag)) == name) return true;
  return false;
}

// In writing without blanks the negator joins on: 嬉しくない, 不高兴.
bool is_denied_beside(std::string_view text, Span span) {
  const std::string_view before = text.substr(0, span.begin), behind = text.substr(span.end);
  constexpr std::string_view kBehind[] = {"くない", "くは", "くあり", "ない",     "なかった",
                                          "ません", "ず、", "てない", "ていない", "じゃない"};
  constexpr std::string_view kBefore[] = {"不",     "没",   "沒",       "没有",     "沒有", "不太",
                                          "不怎么", "并不", "一点也不", "一點也不", "不是"};
  return std::ranges::any_of(kBehind, [&](auto word) { return behind.starts_with(word); }) ||
         std::ranges::any_of(kBefore, [&](auto word) { return before.ends_with(word); });
}

bool is_denied(const Prepared& text, const PhraseHit& hit, const Lexicon& lexicon) {
  if (is_unspaced(text.text.substr(hit.span.begin, hit.span.end - hit.span.begin)) &&
      is_denied_beside(text.text, hit.span))
    return true;
  const auto begin = [](const Word& word) { return word.span.begin; };
  auto word = std::ranges::lower_bound(text.words, hit.span.begin, {}, begin);
  for (std::uint32_t back = 0; back < kDenies && word != text.words.begin(); ++back) {
    --word;
    if (word->sentence != hit.sentence) return false;
    const WordRule* const rule = lexicon.rule_of(word->folded);
    if (rule != nullptr && rule->negates) return true;
  }
  return false;
}

}  // namespace

Result<Feelings> Feelings::load(std::string_view content) {
  struct Words {
    PhraseTable phrases;
  };
  Words words = PLUMBLINE_TRY(read_phrases<Words>(
      "feelings.txt", content, [](const PatternLine& line, Words& out) -> Status {
        std::uint32_t tag = 0;
        if (line.fields.size() != 2 || !emotion_named(line.fields[0], tag))
          return fail(
              ErrorCode::invalid,
              "a line is: anger, joy, optimism, sadness, fear, surprise or disgust, TAB and "
              "a phrase");
        return out.phrases.add(line.fields[1], tag);
      }));
  Feelings out;
  out.phrases_ = std::move(words.phrases);
  return out;
}

void Feelings::find(const PlainWords& words, const Lexicon& lexicon,
                    std::vector<Feeling>& out) const {
  if (phrases_.empty()) return;
  std::vector<PhraseHit> hits;
  phrases_.find(words, PhraseMode::longest, hits);
  for (const PhraseHit& hit : hits)
    if (!is_denied(words.text, hit, lexicon))
      out.push_back({hit.span, static_cast<Emotion>(hit.tag)});
}

void feel(const std::vector<Feeling>& feelings, EmotionFinding& emotion) {
  if (feelings.empty()) return;
  if (!emotion.judged()) {
    emotion.scores.fill(kUnjudged);
    emotion.scores[static_cast<std::size_t>(Emotion::none)] = 1 - kUnjudged * kFelt;
  }
  std::array<int, kEmotionCount> named{};
  for (const Feeling& each : feelings) ++named[static_cast<std::size_t>(each.emotion)];
  const float most = static_cast<float>(*std::ranges::max_element(named));
  float sum = 0;
  for (std::size_t i = 0; i < kEmotionCount; ++i)
    sum += emotion.scores[i] *= std::pow(kNamedOdds, static_cast<float>(named[i]) / most);
  for (float& score : emotion.scores) score /= sum;
  emotion.label =
      static_cast<Emotion>(std::ranges::max_element(emotion.scores) - emotion.scores.begin());
}

}  // namespace plumbline
