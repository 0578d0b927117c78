// The fast model applied to a text, whole or a part of it, and taken apart again for explanations.
#pragma once

#include <string_view>
#include <vector>

#include "nlp/analyze.h"
#include "nlp/fast_model.h"

namespace plumbline {

// What one thread works with; overwritten by each text, keeps its memory.
struct FastScratch {
  FastTokens tokens;
  std::vector<Piece> addresses;
  std::vector<std::uint32_t> slots;
  std::vector<FastNote> notes;              // of each token of the text read last
  std::vector<std::array<float, 4>> up_to;  // by FastModel::answer, of those tokens
  std::vector<FastFeature> features;
  const ModelRow* rows = nullptr;  // of the model that judges next: FastModel::rows
};

// Appends the features of `text` (valid UTF-8) to `scratch.slots`, so that a title and a text count
// as one.
void read_fast(std::string_view text, const Lexicon& lexicon, std::string_view lang,
               FastScratch& scratch);

struct FastText {
  std::string_view text;
  const Lexicon& lexicon;
  std::string_view lang;
};

// What is to be explained beside the mood.
struct FastQuestions {
  Emotion emotion = Emotion::none;  // none: not asked
  bool irony = false;
  float weight = 1;  // factor on all weights: where the fast tier's word is a part of a mean
};

// What moved P(positive) against P(negative) ("word"), the emotion against the others ("joy: word")
// and irony ("irony: word"), one entry per place and rule, in text order, small ones left out.
// Weights are summands of logarithms of odds. The letters of a word count with the word.
void explain_fast(const FastText& text, const FastModel& model, const FastQuestions& questions,
                  FastScratch& scratch, std::vector<Reason>& out);

}  // namespace plumbline
