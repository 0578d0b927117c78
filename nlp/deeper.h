// What the fast tier said, said again by the full tier: of everything, or only of what the fast
// tier was unsure of (a cascade; Viola and Jones 2001).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/analysis.h"
#include "model/document.h"
#include "nlp/analyze.h"
#include "nlp/full_models.h"

namespace plumbline {

enum class Tier : std::uint8_t { fast, full, cascade };
// False for a word that is no tier.
bool tier_named(std::string_view name, Tier& tier);

// How closely texts are read. `share`, of a cascade: how many of all texts, from 0 to 1, the full
// tier may read; 0: as many as its model says.
struct Depth {
  Tier tier = Tier::full;
  float share = 0;
};

// The models learn irony from a set of which half is ironic; of what people write at large about a
// tenth is. What they say, corrected for that (Saerens and others 2002).
float irony_at_large(float share);

// Where the share of the fast tier's likeliest class is ahead of the next by less than this, a
// cascade asks the full tier: about one text in five, as measured on texts of many domains.
float cascade_border(const FullModel& model);
// The border by which about that share of texts goes on, from how far ahead the likeliest class was
// in 4,900 texts of seven kinds (bench/runs/2026-11-30-cascade-share).
float border_of_share(float share);

// How far the share of the likeliest class is ahead of the next, where only the fast tier spoke and
// the full one can; else 1.
float fast_sureness(const FullModels& models, const Analysis& analysis);

// A normalized document and what was said of it so far.
struct FastRead {
  const Document* document = nullptr;
  Analysis* analysis = nullptr;
};

// Of each English document that the tier calls for, sentiment and emotion become the mean of what
// both tiers say, a third of it the fast one's, on the scale of logarithms; irony becomes the full
// one's; the tier is noted. Terms that the full tier finds give their polarity to the aspect they
// lie in, or become aspects of their own in place of those of the fast tier. Of documents in the
// other languages that a model learned from (its metadata, "languages") the sentiment becomes the
// mean of both, half and half: there both know little, and unlike things. Where a model finds
// statements in the language of a document, its statements replace those of the fast tier as far as
// it read. What a user's own labels add to the fast tier's scores is added to those of both. The
// rest stays, and so does all that was said of a text without words. Disguised words
// are read as meant (nlp/meant_text.h). What this model said before stays as it is; what another
// full one said is said anew. `analyzer` is the fast tier, and names the topics.
void read_deeper(const FullModels& models, const Analyzer& analyzer, const Depth& depth,
                 std::span<const FastRead> reads);

// How much the fast tier's word counts beside that of the full one, on the scale of logarithms, and
// what the mean is divided by there.
struct TierBlend {
  float fast = 0.5F, heat = 1;
};
TierBlend blend_of(const Analysis& analysis);

// What stands before a text where a document has a title.
std::string titled(const Document& document);

// Why an analysis by the full tier says so, in text order. "word left out": how much less the odds
// of positive against negative would be without the word, as logarithms (erasure; Li, Monroe and
// Jurafsky 2016), and "joy: word left out" the same for its emotion against all others, as the full
// model has it, in its part of the mean; of a text of more than 64 words the odds of each stretch
// of sentences by itself ("sentences alone"). The fast tier's words with their part of it; the
// share behind each statement; the mood of each aspect; cues.
std::vector<Reason> explain_deeper(const FullModels& models, const Analyzer& analyzer,
                                   const Document& document, const Analysis& analysis);

}  // namespace plumbline
