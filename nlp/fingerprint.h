// Tells near-identical texts apart from others without keeping the texts at hand.
#pragma once

#include <string_view>

#include "model/analysis.h"

namespace plumbline {

// Words folded (base/words.h), links, @handles, a leading "RT" and digits-only tokens left out.
// `folded` is their hash; texts of fewer than five such words get 0 bands and an empty sketch and
// are copies only of an equal text by the same author. The sketch is one-permutation MinHash over
// word pairs with random densification (64 bins, a byte each); bands are hashes of 3 bins each (of
// 18 wide bins).
Fingerprint fingerprint(std::string_view text);

// Share of equal bytes of two sketches, corrected for chance, 0..1: estimates the Jaccard
// similarity of the word pairs. 0 if one is empty.
double similarity(std::string_view sketch_a, std::string_view sketch_b);

inline constexpr double kCopySimilarity = 0.6;

}  // namespace plumbline
