// An encoder that can be taught: the forward pass of nlp/encoder.h in floats, and its derivative.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "nlp/encoder.h"
#include "nlp/learn/parameters.h"

namespace plumbline {

// What the derivative needs to know of the forward pass over some texts. One per thread.
struct EncoderTape {
  struct Layer {
    std::vector<float> input, qkv, weights, mixed;           // attention
    std::vector<float> first_normed, first_turned, between;  // its norm, and what comes of it
    std::vector<float> wide, bent;                           // before and after GELU
    std::vector<float> second_normed, second_turned;
    std::vector<std::uint8_t> weights_kept, mixed_kept, outer_kept;
  };
  std::vector<std::vector<TextPiece>> texts;
  std::vector<std::size_t> weights_begin;  // of each text, in Layer::weights
  std::size_t rows = 0;
  std::vector<float> start_normed, start_turned;
  std::vector<std::uint8_t> start_kept;
  std::vector<Layer> layers;
  std::vector<float> output;  // width numbers for each piece of each text
  std::vector<float> scratch, slope, wide_slope, qkv_slope;
  std::vector<Half> x_halves, y_halves;
};

// Drops numbers at random, always the same ones for the same seed. `share` 0: drops none.
struct Dropout {
  float share = 0;
  std::uint64_t seed = 0;
};

class EncoderNet {
 public:
  // An encoder of that shape, its arrays added to `parameters` under the names of nlp/encoder.h.
  EncoderNet(EncoderShape shape, Parameters& parameters);
  // Takes all of them from `file`, floats or bytes.
  Status take(const TensorFile& file, Parameters& parameters) const;

  // Reads tape.texts; leaves tape.output.
  void forward(const Parameters& parameters, Dropout dropout, EncoderTape& tape) const;
  // `slope` is that of tape.output, and is used up. Adds to `slopes`, as long as
  // Parameters::values.
  void backward(const Parameters& parameters, Dropout dropout, EncoderTape& tape,
                std::vector<float>& slope, std::vector<float>& slopes) const;

  const EncoderShape& shape() const { return shape_; }
  std::size_t word() const { return word_; }  // the number of the word array

 private:
  struct Linear {
    std::size_t weight = 0, bias = 0, columns = 0, inner = 0;
  };
  struct Norm {
    std::size_t gain = 0, shift = 0;
  };
  struct Layer {
    Linear qkv, out, inner, outer;
    Norm first, second;
  };

  Linear add_linear(Parameters& parameters, const std::string& name, std::size_t columns,
                    std::size_t inner) const;
  Norm add_norm(Parameters& parameters, const std::string& name) const;
  void start(const Parameters& parameters, Dropout dropout, EncoderTape& tape) const;
  void forward_layer(const Parameters& parameters, const Layer& layer, Dropout dropout,
                     EncoderTape& tape, std::size_t number) const;
  void backward_layer(const Parameters& parameters, const Layer& layer, Dropout dropout,
                      EncoderTape& tape, std::size_t number, std::vector<float>& slope,
                      std::vector<float>& slopes) const;
  void backward_start(const Parameters& parameters, Dropout dropout, EncoderTape& tape,
                      std::vector<float>& slope, std::vector<float>& slopes) const;
  // y = x * weights + bias, for all rows of the tape.
  static void apply(const Parameters& parameters, const Linear& linear, const std::vector<float>& x,
                    EncoderTape& tape, std::vector<float>& y);
  // Adds the slopes of the weights; `x_slope` gets that of x, on top of what it holds where `add`.
  static void apply_slope(const Parameters& parameters, const Linear& linear,
                          const std::vector<float>& x, const std::vector<float>& y_slope,
                          EncoderTape& tape, std::vector<float>& slopes, float* x_slope, bool add);

  EncoderShape shape_;
  std::size_t word_ = 0, position_ = 0;
  Norm norm_;
  std::vector<Layer> layers_;
  std::vector<std::size_t> own_;  // every array of the encoder
};

}  // namespace plumbline
