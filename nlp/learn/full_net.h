// What the full tier learns: an encoder and the heads of nlp/full_model.h, all taught at once by
// texts of which each may say something of some heads and nothing of the others.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/full_model.h"
#include "nlp/learn/encoder_net.h"

namespace plumbline {

// Pieces [first, last) of a text that are one term, and how it is spoken of: 0 negative, 1 neutral,
// 2 positive.
struct TermLabel {
  std::uint32_t first = 0, last = 0;
  std::uint8_t mood = 1;
};

// One text with what people or a teacher said of it. A weight of 0: nothing was said.
struct FullExample {
  std::vector<TextPiece> pieces;
  std::uint16_t domain = 0;
  std::array<float, 3> sentiment{};            // sums to 1
  std::array<float, kEmotionCount> emotion{};  // sums to 1
  std::uint8_t emotions_asked = 0xFF;  // bit i: emotion i was among those that could be said
  float sentiment_weight = 0, emotion_weight = 0, irony_weight = 0;
  float irony = 0;
  bool has_terms = false;  // `terms` are all that there are
  std::vector<TermLabel> terms;
  // Empty, or for each piece what it is part of, as bits in the order of StatementMark.
  std::vector<std::uint16_t> statements;
};

class FullNet {
 public:
  explicit FullNet(EncoderShape shape);

  // Takes the encoder of `base`, floats or bytes, and its heads where it has some: then it is
  // taught further. Else they begin small and random.
  Status begin(const TensorFile& base, std::uint64_t seed);

  // Of a shard of a batch of `of` texts: adds the slopes of the mean loss to `slopes` and returns
  // the shard's part of that loss.
  double learn(std::vector<const FullExample*> shard, std::size_t of, Dropout dropout,
               EncoderTape& tape, std::vector<float>& slopes) const;

  // The file that nlp/full_model.h reads: weights as bytes, heads as floats.
  std::string model(std::string_view vocabulary,
                    const std::map<std::string, std::string, std::less<>>& metadata) const;

  Parameters parameters;
  const EncoderShape& shape() const { return encoder_.shape(); }

 private:
  struct Head {
    std::size_t weight = 0, bias = 0, classes = 0, inner = 0;
  };
  struct Lesson;  // one text's way through the heads, in full_net.cpp

  Head add_head(const std::string& name, std::size_t classes, std::size_t inner);

  EncoderNet encoder_;
  Head sentiment_, emotion_, irony_, term_, aspect_, statement_;
};

}  // namespace plumbline
