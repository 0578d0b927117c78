#include "nlp/learn/labels.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr EmotionLabel kEmotions[] = {{"admiration", 2, Emotion::joy},
                                      {"amusement", 2, Emotion::joy},
                                      {"anger", 0, Emotion::anger},
                                      {"annoyance", 0, Emotion::anger},
                                      {"approval", 2, Emotion::joy},
                                      {"caring", 2, Emotion::joy},
                                      {"confusion", -1, Emotion::surprise},
                                      {"curiosity", -1, Emotion::surprise},
                                      {"desire", 2, Emotion::joy},
                                      {"disappointment", 0, Emotion::sadness},
                                      {"disapproval", 0, Emotion::anger},
                                      {"disgust", 0, Emotion::disgust},
                                      {"embarrassment", 0, Emotion::sadness},
                                      {"excitement", 2, Emotion::joy},
                                      {"fear", 0, Emotion::fear},
                                      {"gratitude", 2, Emotion::joy},
                                      {"grief", 0, Emotion::sadness},
                                      {"joy", 2, Emotion::joy},
                                      {"love", 2, Emotion::joy},
                                      {"nervousness", 0, Emotion::fear},
                                      {"neutral", 1, Emotion::none},
                                      {"optimism", 2, Emotion::optimism},
                                      {"pride", 2, Emotion::joy},
                                      {"realization", -1, Emotion::surprise},
                                      {"relief", 2, Emotion::joy},
                                      {"remorse", 0, Emotion::sadness},
                                      {"sadness", 0, Emotion::sadness},
                                      {"surprise", -1, Emotion::surprise}};

}  // namespace

int sentiment_label(std::string_view name) {
  if (name == "negative") return 0;
  if (name == "neutral") return 1;
  return name == "positive" ? 2 : -1;
}

const EmotionLabel* emotion_label(std::string_view name) {
  const auto* found = std::ranges::find(kEmotions, name, &EmotionLabel::name);
  return found == std::end(kEmotions) ? nullptr : found;
}

bool read_set(const std::string& file,
              const std::function<bool(const std::vector<std::string_view>& fields)>& take,
              std::int64_t& skipped) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return false;
  for (std::string line; std::getline(in, line);)
    if (!is_utf8(line) || !take(split(line, '\t'))) ++skipped;
  return true;
}

}  // namespace plumbline
