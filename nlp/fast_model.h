// The fast tier: sentiment, emotion and doubt of irony of a text from one table of small weights.
// docs/design/fast-model.md gives the file and the formulas.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/fast_features.h"

namespace plumbline {

// Columns of the table: 0-2 negative, neutral, positive; 3-10 emotions; 11 irony; 12-14 the
// polarity of an aspect.
inline constexpr std::size_t kFastColumns = 15;
inline constexpr std::size_t kFastRow = 16;  // in memory, so that a row is one load

struct FastHead {
  std::size_t first = 0, count = 0;
};
enum FastHeadName : std::size_t { kSentimentHead, kEmotionHead, kIronyHead, kAspectHead };
inline constexpr std::array<FastHead, 4> kFastHeads = {{{0, 3}, {3, 8}, {11, 1}, {12, 3}}};

// A learned model with full precision, as training leaves it.
struct FastWeights {
  std::vector<float> table;  // kFastSlots rows of kFastRow
  std::array<float, kFastColumns> bias{};
  // What each language adds to the bias; the model answers for these languages only.
  std::vector<std::pair<std::string, std::array<float, kFastColumns>>> languages;
  std::array<float, kFastHeads.size()> temperature{1, 1, 1, 1};
  std::uint64_t data_digest = 0;  // of the texts and labels it was learned from
};

// The bytes of a model file: weights rounded to one byte each.
std::string pack_fast_model(const FastWeights& weights);

struct FastAnswer {
  Sentiment sentiment;
  EmotionFinding emotion;
  float irony = 0;
};

class FastModel {
 public:
  // Bytes that are no whole model file of a version known here are an error of code parse that
  // says what is wrong.
  static Result<FastModel> read(std::string_view bytes, const std::string& where);

  bool knows(std::string_view lang) const;
  // The answer for the slots of a text (nlp/fast_features.h). A language the model does not know,
  // or an empty one, adds nothing to the bias. No slots: what the bias says.
  FastAnswer answer(std::span<const std::uint32_t> slots, std::string_view lang) const;
  Sentiment sentiment(std::span<const std::uint32_t> slots, std::string_view lang) const;
  // How much one slot among `count` moves positive against negative.
  float pull(std::uint32_t slot, std::size_t count) const;

  const std::string& name() const { return name_; }  // "fast-" and eight digits of the file's hash

 private:
  using Columns = std::array<float, kFastRow>;
  Columns logits(std::span<const std::uint32_t> slots, std::string_view lang) const;

  std::vector<std::array<std::int8_t, kFastRow>> rows_;
  Columns scale_{}, bias_{};  // both divided by the temperature of their head
  std::vector<std::pair<std::string, Columns>> languages_;
  std::string name_;
};

}  // namespace plumbline
