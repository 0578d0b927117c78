// What in a text speaks for a mood, as named features, for languages that are judged by their word
// list (the others: nlp/fast_features.h).
#pragma once

#include <cstdint>
#include <string_view>

#include "nlp/lexicon.h"
#include "nlp/prepared.h"

namespace plumbline {

// Words after a negator that it turns, unless punctuation or a contrast word comes first.
inline constexpr int kNegationReach = 4;

// Names, as they stand in weights.tsv:
//   good           the folded word; words of digits only are <number>
//   ~good          the same in the reach of a negator
//   waste of       two words in a row within a sentence
//   delay*         the first five letters of a longer word
//   😡  :(         an emoji (without skin tone) or an emoticon (without nose, lower case)
//   <exclaim> <question> <ellipsis> <capitals> <stretched> <negation> <link> <handle> <hashtag>
//   <praise> <blame>   sums of words.tsv
//   <bias>         always there
enum class FeatureKind : std::uint8_t { word, phrase, stem, symbol, rule };

struct Feature {
  std::string_view name;  // valid during the call only
  // The name without "~" where `name` is a negated copy. If the copy has no weight of its own, this
  // one counts, its polarity times kNegatedPolarity.
  std::string_view plain;
  FeatureKind kind = FeatureKind::word;
  float value = 1;       // how strongly it is there: 1, changed by intensifiers, capitals, contrast
  bool negated = false;  // phrases and stems have no negated copy: their polarity is turned
  Span span;             // empty for <bias>
};

// What a negated word keeps of its polarity: "not good" is less bad than "bad".
inline constexpr float kNegatedPolarity = -0.6F;

class FeatureSink {
 public:
  virtual ~FeatureSink() = default;
  virtual void add(const Feature& feature) = 0;
};

// A part of a prepared text: words [first, last) and the bytes they and their symbols lie in.
struct TextPart {
  std::size_t first = 0, last = 0;
  Span bytes;
};
TextPart whole(const Prepared& text);

// Sends every feature of the part to `sink` and returns by how much their sum is to be divided, the
// root of the number of words and symbols. Time and calls are linear in the length of the part.
float visit_features(const Prepared& text, const TextPart& part, const Lexicon& lexicon,
                     FeatureSink& sink);

}  // namespace plumbline
