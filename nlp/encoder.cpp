#include "nlp/encoder.h"

#include <fmt/format.h>

#include <algorithm>

#include "nlp/matrix.h"

namespace plumbline {

Result<EncoderShape> EncoderShape::of(const TensorFile& file) {
  EncoderShape shape;
  const Tensor* word = file.find("word");
  const Tensor* position = file.find("position");
  const Tensor* inner = file.find("layer.0.inner");
  for (const Tensor* each : {word, position, inner})
    if (each == nullptr || each->shape.size() != 2)
      return fail(ErrorCode::parse,
                  "not the weights of an encoder: \"word\", \"position\" or \"layer.0.inner\" "
                  "is missing or has no two dimensions");
  shape.vocabulary = word->shape[0];
  shape.width = word->shape[1];
  shape.positions = position->shape[0];
  shape.inner = inner->shape[0];
  while (file.find(fmt::format("layer.{}.inner", shape.layers)) != nullptr) ++shape.layers;
  constexpr std::size_t kWidest = 65536;
  if (shape.width == 0 || shape.width % kHeadWidth != 0 || shape.inner % kLane != 0 ||
      shape.width > kWidest || shape.inner > kWidest || shape.positions < 2)
    return fail(ErrorCode::parse,
                fmt::format("an encoder {} wide with {} inside cannot be read: widths must be "
                            "multiples of {} and {}",
                            shape.width, shape.inner, kHeadWidth, kLane));
  return shape;
}

Result<ByteWeights> Encoder::weights(const TensorFile& file, const std::string& name,
                                     std::size_t columns, std::size_t inner) {
  ByteWeights out;
  out.columns = columns;
  out.inner = inner;
  out.bytes = PLUMBLINE_TRY(file.bytes(name, {columns, inner})).data();
  out.scales = PLUMBLINE_TRY(file.floats(name + ".scale", {columns})).data();
  out.bias = PLUMBLINE_TRY(file.floats(name + ".bias", {columns})).data();
  std::vector<std::int32_t>& sums = column_sums_.emplace_back(columns);
  for (std::size_t column = 0; column < columns; ++column)
    for (std::size_t k = 0; k < inner; ++k) sums[column] += out.bytes[column * inner + k];
  out.sums = sums.data();
  return out;
}

Result<Encoder::Norm> Encoder::norm(const TensorFile& file, const std::string& name,
                                    std::size_t width) {
  Norm out;
  out.gain = PLUMBLINE_TRY(file.floats(name + ".gain", {width})).data();
  out.shift = PLUMBLINE_TRY(file.floats(name + ".shift", {width})).data();
  return out;
}

Result<Encoder> Encoder::open(const TensorFile& file) {
  Encoder out;
  out.shape_ = PLUMBLINE_TRY(EncoderShape::of(file));
  const auto [layers, width, inner, positions, vocabulary] = out.shape_;
  out.word_ = PLUMBLINE_TRY(file.bytes("word", {vocabulary, width})).data();
  out.word_scale_ = PLUMBLINE_TRY(file.floats("word.scale", {vocabulary})).data();
  out.position_ = PLUMBLINE_TRY(file.floats("position", {positions, width})).data();
  out.norm_ = PLUMBLINE_TRY(norm(file, "norm", width));
  for (std::size_t i = 0; i < layers; ++i) {
    const std::string name = fmt::format("layer.{}.", i);
    Layer& layer = out.layers_.emplace_back();
    layer.qkv = PLUMBLINE_TRY(out.weights(file, name + "qkv", 3 * width, width));
    layer.out = PLUMBLINE_TRY(out.weights(file, name + "out", width, width));
    layer.inner = PLUMBLINE_TRY(out.weights(file, name + "inner", inner, width));
    layer.outer = PLUMBLINE_TRY(out.weights(file, name + "outer", width, inner));
    layer.first = PLUMBLINE_TRY(norm(file, name + "norm1", width));
    layer.second = PLUMBLINE_TRY(norm(file, name + "norm2", width));
  }
  return out;
}

// Word and place of every piece, normed.
void Encoder::start(std::span<const std::vector<TextPiece>> texts, std::vector<float>& x) const {
  const std::size_t width = shape_.width;
  std::size_t rows = 0;
  for (const std::vector<TextPiece>& text : texts) rows += text.size();
  x.resize(rows * width);
  float* to = x.data();
  for (const std::vector<TextPiece>& text : texts) {
    const float* place = position_;
    for (const TextPiece& piece : text) {
      const auto id = std::min(static_cast<std::size_t>(piece.id), shape_.vocabulary - 1);
      const std::int8_t* const word = word_ + id * width;
      for (std::size_t i = 0; i < width; ++i)
        to[i] = word_scale_[id] * static_cast<float>(word[i]) + place[i];
      to += width;
      place += width;
    }
  }
  kernels().add_and_norm(x.data(), nullptr, rows, width, norm_.gain, norm_.shift);
}

void Encoder::product(const std::vector<float>& x, std::size_t rows, const ByteWeights& weights,
                      Scratch& scratch, std::vector<float>& out) const {
  scratch.bytes.resize(std::max(scratch.bytes.size(), rows * weights.inner));
  scratch.sums.resize(std::max(scratch.sums.size(), rows * weights.columns));
  scratch.scales.resize(std::max(scratch.scales.size(), rows));
  out.resize(std::max(out.size(), rows * weights.columns));
  const Kernels& run = kernels();
  run.to_bytes(x.data(), rows, weights.inner, scratch.bytes.data(), scratch.scales.data());
  multiply_bytes(scratch.bytes.data(), weights.bytes, scratch.sums.data(),
                 {rows, weights.columns, weights.inner});
  run.from_sums(scratch.sums.data(), rows, scratch.scales.data(), weights, out.data());
}

void Encoder::encode(std::span<const std::vector<TextPiece>> texts, Scratch& scratch,
                     std::vector<float>& out) const {
  const std::size_t width = shape_.width;
  const Kernels& run = kernels();
  start(texts, out);
  const std::size_t rows = out.size() / width;
  scratch.mixed.resize(std::max(scratch.mixed.size(), rows * width));
  for (const Layer& layer : layers_) {
    product(out, rows, layer.qkv, scratch, scratch.qkv);
    std::size_t row = 0;
    for (const std::vector<TextPiece>& text : texts) {
      scratch.scores.resize(std::max(scratch.scores.size(), attention_scratch(text.size())));
      run.attention(scratch.qkv.data() + row * 3 * width, text.size(), width / kHeadWidth,
                    scratch.scores.data(), scratch.mixed.data() + row * width);
      row += text.size();
    }
    product(scratch.mixed, rows, layer.out, scratch, scratch.wide);
    run.add_and_norm(out.data(), scratch.wide.data(), rows, width, layer.first.gain,
                     layer.first.shift);
    product(out, rows, layer.inner, scratch, scratch.wide);
    run.gelu(scratch.wide.data(), rows * shape_.inner);
    product(scratch.wide, rows, layer.outer, scratch, scratch.qkv);
    run.add_and_norm(out.data(), scratch.qkv.data(), rows, width, layer.second.gain,
                     layer.second.shift);
  }
}

}  // namespace plumbline
