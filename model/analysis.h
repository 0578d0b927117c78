// All that the language part found in one document, with the version of the analyzer that found it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

enum class Polarity : std::int8_t { negative = -1, neutral = 0, positive = 1 };
std::string_view name_of(Polarity polarity);

// Probabilities that sum to 1. `score` is P(positive) - P(negative), in -1..1.
struct Sentiment {
  Polarity label = Polarity::neutral;
  float score = 0;
  float negative = 0;
  float neutral = 1;
  float positive = 0;
};

// From probabilities that sum to 1: the label is the likeliest of the three, neutral on a tie.
Sentiment sentiment_from(float negative, float neutral, float positive);

enum class Emotion : std::uint8_t { anger, joy, optimism, sadness, fear, surprise, disgust, none };
inline constexpr std::size_t kEmotionCount = 8;
std::string_view name_of(Emotion emotion);

// Probabilities that sum to 1, or all 0 where emotion was not judged.
struct EmotionFinding {
  Emotion label = Emotion::none;
  std::array<float, kEmotionCount> scores{};  // in the order of Emotion
  bool judged() const { return scores[static_cast<std::size_t>(label)] > 0; }
};

// Bytes [begin, end) of Document::text, always on character borders.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};
// Whether they share a byte.
constexpr bool overlap(const Span& a, const Span& b) { return a.begin < b.end && b.begin < a.end; }

// What was praised or blamed. Fixed names: price, delivery, warranty, support, training, setup,
// running, leaving, quality, reliability, ease, people.
struct AspectFinding {
  std::string aspect;
  Polarity label = Polarity::neutral;
  Span span;
  float score = 0;  // -1..1, what `label` was made of: for explanations, never kept
};

// The store keeps the numbers: add at the end only.
enum class StatementKind : std::uint8_t {
  want,
  need,
  pain,
  fear,
  risk,
  cost,
  experience,  // how they wish to be treated
  promise,     // what a firm or a product undertakes
  praise,
  switching,  // leaving, or going from one to another
  buying,
  question
};
inline constexpr int kStatementKinds = 12;
std::string_view name_of(StatementKind kind);
// False for a word that is no kind.
bool kind_of(std::string_view name, StatementKind& kind);
// Every kind, as an error message lists them: "want, need, ...".
std::string kind_list();

// Whose statement it is: the author's, or somebody's whom the author reports.
enum class Holder : std::uint8_t { author, other };
std::string_view name_of(Holder holder);

// When the thing itself is: the wish, the trouble, the payment, the move.
enum class Tense : std::uint8_t { present, past, future };
std::string_view name_of(Tense tense);

// A stretch of the text that states one of the kinds. What is denied, or holds only under a
// condition, is none.
struct StatementSpan {
  StatementKind kind = StatementKind::want;
  std::string topic;  // a cost-of-ownership theme (names as for aspects) where one is named in the
                      // sentence, else the content words the statement is about, at most three; may
                      // be empty
  Span span;
  Holder holder = Holder::author;
  Tense tense = Tense::present;
  Span condition = {};  // "if the price stays": what the sentence makes it hang on; empty: nothing

  bool conditional() const { return condition.begin < condition.end; }
  // The statement and its condition, and what stands between: what to quote.
  Span whole() const {
    if (!conditional()) return span;
    return {span.begin < condition.begin ? span.begin : condition.begin,
            span.end > condition.end ? span.end : condition.end};
  }
};

// Of Analysis::irony; the second is what words that say so give it (nlp/irony.h).
inline constexpr float kIronyNotJudged = -1, kToldIrony = 0.9F;

// Recomputable at any time; `version` makes old rows visible.
struct Analysis {
  std::string version;  // of the analyzer and its data, e.g. "reading-8-3fa2"; empty: not analysed
  std::string lang;     // ISO 639-1; "und" where we cannot tell
  bool scored = true;   // false: no sentiment data for this language, so `sentiment` means nothing
  Sentiment sentiment;
  std::string tier;   // which tier said it, "fast"; empty: not said, or kept before tiers were
  std::string model;  // what gave the sentiment: "fast-" and eight digits, or "lexicon"
  EmotionFinding emotion;
  // 0..1: doubt that it is meant as it reads; below 0: not judged. It never changes the label.
  float irony = kIronyNotJudged;
  std::vector<AspectFinding> aspects;
  std::vector<StatementSpan> statements;
  float price_talk = 0;  // 0..1: how much of it is about price, discounts, being cheap or dear
  float value_talk = 0;  // 0..1: how much of it is about worth, quality for the money, what lasts

  // It reads as praise but may be meant ironically: words say so, the full tier hears it, or the
  // fast one does and something in it is blamed. The full tier doubts one ironic text in five that
  // reads as praise, and one to three sincere ones in a hundred (bench/runs/2026-11-30-irony).
  bool is_doubtful() const;
};

// What tells near-identical texts apart from others; see nlp/fingerprint.h for how it is made.
struct Fingerprint {
  std::uint64_t folded =
      0;  // equal for texts that differ in case, punctuation, links and handles only; 0: too short
  std::vector<std::uint32_t> bands;  // near-identical texts share at least one
  std::string
      sketch;  // 64 bytes; the share of equal bytes estimates the Jaccard similarity of word pairs
};

}  // namespace plumbline
