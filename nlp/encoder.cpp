#include "nlp/encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "nlp/matrix.h"

namespace plumbline {
namespace {

// A product is made ready once for a count of rows, which takes longer than to run it: rows that
// nobody reads are added up to a multiple.
constexpr std::size_t kRowsAlike = 64;
constexpr std::size_t kRowsTogether = 128;  // their sums stay in the cache; a multiple of that

}  // namespace

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

Result<Encoder::Weights> Encoder::weights(const TensorFile& file, const std::string& name,
                                          std::size_t columns, std::size_t inner) {
  const std::int8_t* const bytes = PLUMBLINE_TRY(file.bytes(name, {columns, inner})).data();
  Weights out;
  out.packed = PackedBytes(bytes, columns, inner);
  out.about.columns = columns;
  out.about.inner = inner;
  out.about.scales = PLUMBLINE_TRY(file.floats(name + ".scale", {columns})).data();
  out.about.bias = PLUMBLINE_TRY(file.floats(name + ".bias", {columns})).data();
  std::vector<std::int32_t>& sums = column_sums_.emplace_back(columns);
  for (std::size_t column = 0; column < columns; ++column)
    for (std::size_t k = 0; k < inner; ++k) sums[column] += bytes[column * inner + k];
  out.about.sums = sums.data();
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

// What a product says of a block of rows is worked on row by row, while it is near: `each` gets the
// row and its sums.
template <class Each>
void Encoder::product(std::size_t rows, const Weights& weights, Scratch& scratch, Each each) const {
  const auto [columns, inner] = std::pair(weights.about.columns, weights.about.inner);
  scratch.sums.resize(std::max(scratch.sums.size(), kRowsTogether * columns));
  for (std::size_t first = 0; first < rows; first += kRowsTogether) {
    const std::size_t count = std::min(kRowsTogether, rows - first);
    const std::size_t padded = (count + kRowsAlike - 1) / kRowsAlike * kRowsAlike;
    weights.packed.multiply(scratch.bytes.data() + first * inner, padded, scratch.sums.data());
    for (std::size_t row = first; row < first + count; ++row)
      each(row, scratch.sums.data() + (row - first) * columns);
  }
}

void Encoder::encode(std::span<const std::vector<TextPiece>> texts, Scratch& scratch,
                     std::vector<float>& out) const {
  const std::size_t width = shape_.width;
  const Kernels& run = kernels();
  start(texts, out);
  const std::size_t rows = out.size() / width, widest = std::max(shape_.inner, width);
  scratch.mixed.resize(std::max(scratch.mixed.size(), rows * width));
  scratch.qkv.resize(std::max(scratch.qkv.size(), rows * 3 * width));
  scratch.scales.resize(std::max(scratch.scales.size(), rows));
  for (std::vector<std::uint8_t>* bytes : {&scratch.bytes, &scratch.more})
    bytes->resize(std::max(bytes->size(), (rows + kRowsAlike) * widest));
  scratch.row.resize(widest);
  float* const wide = scratch.row.data();
  const auto bytes = [&](std::size_t row, const float* from, std::size_t count,
                         std::vector<std::uint8_t>& to) {
    run.to_bytes(from, 1, count, to.data() + row * count, &scratch.scales[row]);
  };
  const auto numbers = [&](std::size_t row, const std::int32_t* sums, const Weights& weights,
                           float* to) {
    run.from_sums(sums, 1, &scratch.scales[row], weights.about, to);
  };
  // To scratch.more, as scratch.bytes is still being read.
  const auto add = [&](const Weights& weights, const Norm& norm) {
    product(rows, weights, scratch, [&](std::size_t row, const std::int32_t* sums) {
      numbers(row, sums, weights, wide);
      run.add_and_norm(out.data() + row * width, wide, 1, width, norm.gain, norm.shift);
      bytes(row, out.data() + row * width, width, scratch.more);
    });
    std::swap(scratch.bytes, scratch.more);
  };
  for (std::size_t row = 0; row < rows; ++row)
    bytes(row, out.data() + row * width, width, scratch.bytes);
  for (const Layer& layer : layers_) {
    product(rows, layer.qkv, scratch, [&](std::size_t row, const std::int32_t* sums) {
      numbers(row, sums, layer.qkv, scratch.qkv.data() + row * 3 * width);
    });
    attend(texts, scratch);
    for (std::size_t row = 0; row < rows; ++row)
      bytes(row, scratch.mixed.data() + row * width, width, scratch.bytes);
    add(layer.out, layer.first);
    product(rows, layer.inner, scratch, [&](std::size_t row, const std::int32_t* sums) {
      numbers(row, sums, layer.inner, wide);
      run.gelu(wide, shape_.inner);
      bytes(row, wide, shape_.inner, scratch.more);
    });
    std::swap(scratch.bytes, scratch.more);
    add(layer.outer, layer.second);
  }
}

// From scratch.qkv to scratch.mixed, each text by itself.
void Encoder::attend(std::span<const std::vector<TextPiece>> texts, Scratch& scratch) const {
  const std::size_t width = shape_.width;
  std::size_t row = 0;
  for (const std::vector<TextPiece>& text : texts) {
    scratch.scores.resize(std::max(scratch.scores.size(), attention_scratch(text.size())));
    kernels().attention(scratch.qkv.data() + row * 3 * width, text.size(), width / kHeadWidth,
                        scratch.scores.data(), scratch.mixed.data() + row * width);
    row += text.size();
  }
}

}  // namespace plumbline
