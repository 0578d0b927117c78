// What the words mean that public sets of labelled texts use.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

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

// Gives the fields of each line of a set, parted by tabs, to `take`; they are valid during the
// call. Lines that are no UTF-8 and those that `take` says false to are counted in `skipped`.
// False: the file is not there.
bool read_set(const std::string& file,
              const std::function<bool(const std::vector<std::string_view>& fields)>& take,
              std::int64_t& skipped);

}  // namespace plumbline
