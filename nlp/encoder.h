// A transformer encoder (Devlin et al. 2019, "BERT") with its weights as bytes: pieces of text in,
// one vector per piece out, each knowing its neighbours.
//
// Weights are bytes with a scale per column, activations bytes with a scale and zero per row
// (dynamic quantisation); sums are whole numbers, attention and norms are in floats. The same
// text gives the same vectors, whatever else is read with it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/kernels.h"
#include "nlp/matrix.h"
#include "nlp/tensor_file.h"
#include "nlp/text_piece.h"

namespace plumbline {

// Sizes of an encoder, as its weights say.
struct EncoderShape {
  std::size_t layers = 0;
  std::size_t width = 0;      // numbers per piece; a multiple of kHeadWidth
  std::size_t inner = 0;      // of the feed-forward layers
  std::size_t positions = 0;  // the longest text, in pieces
  std::size_t vocabulary = 0;

  // As the arrays of `file` say: "word", "position" and "layer.N.inner".
  static Result<EncoderShape> of(const TensorFile& file);
};

class Encoder {
 public:
  // `file` must outlive the encoder. Wants, all by name: word [vocabulary, width] and
  // layer.N.{qkv, out, inner, outer} as bytes with "….scale" per row, the same with "….bias";
  // position [positions, width]; norm.{gain, shift}, layer.N.norm1.…, layer.N.norm2.….
  static Result<Encoder> open(const TensorFile& file);

  // Memory that is kept from call to call; one per thread.
  struct Scratch {
    std::vector<float> qkv, mixed, row, scores;
    std::vector<std::uint8_t> bytes, more;  // what a product reads, and what the next one will
    std::vector<RowScale> scales;
    std::vector<std::int32_t> sums;
  };

  // `out` gets `shape().width` numbers for every piece of every text, in order. Texts are at most
  // shape().positions long. Some hundreds of pieces at a time use the machine best.
  void encode(std::span<const std::vector<TextPiece>> texts, Scratch& scratch,
              std::vector<float>& out) const;

  const EncoderShape& shape() const { return shape_; }

 private:
  struct Norm {
    const float* gain = nullptr;
    const float* shift = nullptr;
  };
  struct Weights {
    ByteWeights about;
    PackedBytes packed;
  };
  struct Layer {
    Weights qkv, out, inner, outer;
    Norm first, second;
  };

  Result<Weights> weights(const TensorFile& file, const std::string& name, std::size_t columns,
                          std::size_t inner);
  static Result<Norm> norm(const TensorFile& file, const std::string& name, std::size_t width);
  void start(std::span<const std::vector<TextPiece>> texts, std::vector<float>& x) const;
  template <class Each>
  void product(std::size_t rows, const Weights& weights, Scratch& scratch, Each each) const;
  void attend(std::span<const std::vector<TextPiece>> texts, Scratch& scratch) const;

  EncoderShape shape_;
  const std::int8_t* word_ = nullptr;
  const float* word_scale_ = nullptr;
  const float* position_ = nullptr;
  Norm norm_;
  std::vector<Layer> layers_;
  std::vector<std::vector<std::int32_t>> column_sums_;  // what ByteWeights::sums point to
};

}  // namespace plumbline
