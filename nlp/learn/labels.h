// What the words mean that public sets of labelled texts use.
#pragma once

#include <string_view>

#include "model/analysis.h"

namespace plumbline {

// 0 negative, 1 neutral, 2 positive; -1 for any other word.
int sentiment_label(std::string_view name);

struct EmotionLabel {
  std::string_view name;
  int sentiment = -1;  // as above; -1: has no side
  Emotion emotion = Emotion::none;
};

// One of the 28 names of GoEmotions (Demszky and others 2020) by Ekman's six, with optimism apart;
// the four of emotion4 are among them. nullptr for any other word.
const EmotionLabel* emotion_label(std::string_view name);

}  // namespace plumbline
