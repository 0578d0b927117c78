// What the fast model sees of a text, each feature a slot of its table: words, pairs and triples of
// words, three to five letters, what a negator turns, capitals, signs, and what the language's word
// list says. Learning (nlp/learn) and scoring read the same features from here.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "nlp/fast_tokens.h"
#include "nlp/lexicon.h"
#include "nlp/model_rows.h"

namespace plumbline {

inline constexpr int kFastBits = 18;
inline constexpr std::uint32_t kFastSlots = 1U << kFastBits;

// Why a feature is there, for explanations.
enum class FastRule : std::uint8_t {
  word,
  phrase,
  negation,
  emphasis,
  symbol,
  sign,
  list,
  contrast
};

struct FastFeature {
  std::uint32_t slot = 0;
  FastRule rule = FastRule::word;
  Span span;  // in the text; the whole text where a feature speaks of it as a whole
};

// What was learned of one token on the way: its slots, [begin, end) of those of the text, and what
// the word list says of it.
struct FastNote {
  std::uint32_t begin = 0, end = 0;
  float seed = 0;         // its plain polarity
  bool negates = false;   // it turns the words after it
  bool contrast = false;  // "but"
};

// Appends the slots of a text to `slots`. Each feature weighs 1 and one that is there twice is
// appended twice; a score divides by the root of their number. `lexicon` gives negators, contrast
// words and the word list; `lang` keeps the words of languages apart, signs and emoji are
// shared by all. Time and number are linear in the length of the text.
void fast_features(const FastTokens& tokens, const Lexicon& lexicon, std::string_view lang,
                   std::vector<std::uint32_t>& slots);

// The same, with one note for each token. `rows`: those of the model that sums them next, if any.
struct FastNoted {
  std::vector<std::uint32_t>& slots;
  std::vector<FastNote>& notes;
  const ModelRow* rows = nullptr;
};
void fast_features(const FastTokens& tokens, const Lexicon& lexicon, std::string_view lang,
                   FastNoted out);

// The same features in the same order with their places, for explanations.
void fast_features(const FastTokens& tokens, const Lexicon& lexicon, std::string_view lang,
                   std::vector<FastFeature>& features);

}  // namespace plumbline
