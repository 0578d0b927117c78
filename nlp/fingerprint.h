// Tells near-identical texts apart from others without keeping the texts at hand.
#pragma once

#include <string_view>

#include "model/analysis.h"

namespace plumbline {

// Words folded (base/words.h), links, @handles, a leading "RT" and digits-only tokens left out.
// `folded` is their hash, 0 where none is left; texts of fewer than five such words get 0 bands and
// an empty sketch and are copies only of an equal text by the same author.
//
// Bands are the six smallest hashes of runs of four words (fewer in a very short text): an edited
// word touches four runs, so two texts of twelve words that differ in one always share a band.
//
// The sketch is MinHash over words and word pairs (runs of two to four words where there are fewer
// than eight: short texts must agree more closely), 64 bins of a byte each. Every round of hashing
// throws each of them into one bin; rounds go on until no bin is empty, and a bin keeps the
// smallest value of its first round (Dahlgaard, Knudsen and Thorup 2017, "Fast similarity
// sketching"). So empty bins are filled at random instead of by their neighbours, and short texts
// are compared as surely as with 64 hash functions.
Fingerprint fingerprint(std::string_view text);

// Share of equal bytes of two sketches, corrected for chance, 0..1: estimates the Jaccard
// similarity of what was sketched. 0 if one is empty. The same as sketch_similarity of
// model/fingerprint.h.
double similarity(std::string_view sketch_a, std::string_view sketch_b);

inline constexpr double kCopySimilarity = 0.6;

}  // namespace plumbline
