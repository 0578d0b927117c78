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
#include "nlp/model_rows.h"

namespace plumbline {

// Columns of the table: 0-2 negative, neutral, positive; 3-10 emotions; 11 irony; 12-14 the
// polarity of an aspect.
inline constexpr std::size_t kFastColumns = 15;
inline constexpr std::size_t kFastRow = std::tuple_size_v<ModelRow>;

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

// What a user's own labels add to the scores of the three sides (nlp/learn/own_model.h): to the
// score of side c its bias, mix[c][d] times score d less the mean of the three, and for each
// feature its value over the root of the number of features.
struct FastShift {
  struct Feature {
    std::uint32_t slot = 0;
    std::array<float, 3> add{};
  };
  std::array<float, 3> bias{};
  std::array<std::array<float, 3>, 3> mix{};
  std::vector<Feature> features;
  std::uint64_t data_digest = 0;  // of the texts and labels it was learned from
};

// A model file with a shift: that of a model without one, in which the shift stands where the
// polarity of an aspect stood, which judging does not ask for. Code parse where `bytes` are no
// model file, code invalid where they hold a shift already.
Result<std::string> shift_fast_model(std::string_view bytes, const FastShift& shift);

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
  const ModelRow* rows() const { return rows_.data(); }  // kFastSlots, for fast_features
  // The answer for the slots of a text (nlp/fast_features.h). A language the model does not know,
  // or an empty one, adds nothing to the bias. No slots: what the bias says.
  FastAnswer answer(std::span<const std::uint32_t> slots, std::string_view lang) const;
  // The same, and how far the slots before each note and before the end of the last one spoke for
  // negative, neutral and positive, not divided by the root of their number, which stands last.
  FastAnswer answer(std::span<const std::uint32_t> slots, std::string_view lang,
                    std::span<const FastNote> notes,
                    std::vector<std::array<float, 4>>& up_to) const;
  Sentiment sentiment(std::span<const std::uint32_t> slots, std::string_view lang) const;
  // The scores whose softmax `sentiment` is.
  std::array<float, 3> scores(std::span<const std::uint32_t> slots, std::string_view lang) const;
  // What a user's own labels added to those scores; zeros in a model without a shift.
  std::array<float, 3> own_shift(std::span<const std::uint32_t> slots, std::string_view lang) const;
  // How much one slot among `count` moves positive against negative, an emotion against the mean of
  // all, and irony against none: summands of the scores.
  float pull(std::uint32_t slot, std::size_t count) const;
  float emotion_pull(std::uint32_t slot, std::size_t count, Emotion emotion) const;
  float irony_pull(std::uint32_t slot, std::size_t count) const;

  // "fast-", or "own-" for a model with a user's own shift, and eight digits of the file's hash.
  const std::string& name() const { return name_; }
  bool is_own() const { return own_; }

 private:
  using Columns = std::array<float, kFastRow>;
  using Totals = std::array<std::int32_t, kFastRow>;
  void add(std::span<const std::uint32_t> slots, Totals& sum) const;
  Columns logits(const Totals& sum, std::size_t count, std::string_view lang) const;
  Columns logits(std::span<const std::uint32_t> slots, std::string_view lang) const;
  FastAnswer answer_of(Columns z) const;

  ModelRows rows_;
  Columns scale_{}, bias_{};  // both divided by the temperature of their head
  std::vector<std::pair<std::string, Columns>> languages_;
  std::string name_;
  bool own_ = false;
};

}  // namespace plumbline
