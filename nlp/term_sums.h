// Numbers that tell of the mood of a term what the fast model and the word list say of the words
// around it.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "nlp/fast_model.h"
#include "nlp/term_features.h"

namespace plumbline {

// What FastModel::answer left of the tokens: any stretch costs one subtraction.
using OpinionSums = std::vector<std::array<float, 4>>;

// For the sentence, the clause, four windows left and right, two around and the term itself and the
// text, how far positive stands above negative and neutral above both; for the sentence, the
// clause and three windows the sum of the word list, and its nearest word.
MoodSums mood_sums(const FastTokens& tokens, const std::vector<FastNote>& words,
                   const OpinionSums& opinions, TokenRange term);

}  // namespace plumbline
