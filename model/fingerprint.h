// How alike two texts are, judged by their sketches (Fingerprint::sketch) alone.
#pragma once

#include <string_view>

namespace plumbline {

// The share s of equal bytes at equal places, corrected for bytes that agree by chance:
// (s - 1/256) / (1 - 1/256), at least 0. Estimates the Jaccard similarity of the texts' word pairs,
// 0..1. 0 if one is empty or their lengths differ.
double sketch_similarity(std::string_view a, std::string_view b);

}  // namespace plumbline
