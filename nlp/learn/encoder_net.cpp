#include "nlp/learn/encoder_net.h"

#include <fmt/format.h>

#include <algorithm>

#include "nlp/learn/loops.h"
#include "nlp/learn/random.h"
#include "nlp/matrix.h"

namespace plumbline {
namespace {

// Bytes that say which of `count` numbers are kept; `place` tells the many masks of a pass apart.
DropMask draw(Dropout dropout, std::uint64_t place, std::size_t count,
              std::vector<std::uint8_t>& kept) {
  if (dropout.share <= 0) return {};
  const auto limit = static_cast<std::uint8_t>(dropout.share * 256.0F);
  kept.resize((count + 7) / 8 * 8);
  const std::uint64_t seed = stirred(dropout.seed ^ stirred(place));
  for (std::size_t i = 0; i < kept.size(); i += 8) {
    const std::uint64_t random = stirred(seed + i);
    for (std::size_t j = 0; j < 8; ++j)
      kept[i + j] = static_cast<std::uint8_t>(random >> (8 * j)) >= limit ? 1 : 0;
  }
  return {kept.data(), 256.0F / (256.0F - static_cast<float>(limit))};
}

// The mask that draw() made in the forward pass.
DropMask drawn(Dropout dropout, const std::vector<std::uint8_t>& kept) {
  if (dropout.share <= 0) return {};
  const auto limit = static_cast<std::uint8_t>(dropout.share * 256.0F);
  return {kept.data(), 256.0F / (256.0F - static_cast<float>(limit))};
}

const Half* halved(const std::vector<float>& x, std::vector<Half>& out) {
  out.resize(x.size());
  learn_loops().halve(x.data(), x.size(), out.data());
  return out.data();
}

std::size_t padded(std::size_t length) { return (length + kLane - 1) / kLane * kLane; }

}  // namespace

EncoderNet::Linear EncoderNet::add_linear(Parameters& parameters, const std::string& name,
                                          std::size_t columns, std::size_t inner) const {
  Linear out{0, 0, columns, inner};
  out.weight = parameters.add(name, {columns, inner});
  out.bias = parameters.add(name + ".bias", {columns});
  return out;
}

EncoderNet::Norm EncoderNet::add_norm(Parameters& parameters, const std::string& name) const {
  Norm out;
  out.gain = parameters.add(name + ".gain", {shape_.width});
  out.shift = parameters.add(name + ".shift", {shape_.width});
  return out;
}

EncoderNet::EncoderNet(EncoderShape shape, Parameters& parameters) : shape_(shape) {
  const std::size_t first = parameters.all.size();
  word_ = parameters.add("word", {shape.vocabulary, shape.width});
  position_ = parameters.add("position", {shape.positions, shape.width});
  norm_ = add_norm(parameters, "norm");
  for (std::size_t i = 0; i < shape.layers; ++i) {
    const std::string name = fmt::format("layer.{}.", i);
    Layer& layer = layers_.emplace_back();
    layer.qkv = add_linear(parameters, name + "qkv", 3 * shape.width, shape.width);
    layer.out = add_linear(parameters, name + "out", shape.width, shape.width);
    layer.inner = add_linear(parameters, name + "inner", shape.inner, shape.width);
    layer.outer = add_linear(parameters, name + "outer", shape.width, shape.inner);
    layer.first = add_norm(parameters, name + "norm1");
    layer.second = add_norm(parameters, name + "norm2");
  }
  for (std::size_t i = first; i < parameters.all.size(); ++i) own_.push_back(i);
}

Status EncoderNet::take(const TensorFile& file, Parameters& parameters) const {
  for (const std::size_t each : own_) PLUMBLINE_CHECK(parameters.take(each, file));
  return {};
}

void EncoderNet::apply(const Parameters& parameters, const Linear& linear,
                       const std::vector<float>& x, EncoderTape& tape, std::vector<float>& y) {
  const ProductSize size{tape.rows, linear.columns, linear.inner};
  y.resize(tape.rows * linear.columns);
  if (parameters.halves.empty()) {
    multiply(x.data(), Turned::no, parameters.of(linear.weight), Turned::yes, y.data(), size);
  } else {
    multiply_halves(halved(x, tape.x_halves), Turned::no, parameters.half_of(linear.weight),
                    Turned::yes, y.data(), size);
  }
  learn_loops().add_bias(y.data(), tape.rows, linear.columns, parameters.of(linear.bias));
}

void EncoderNet::apply_slope(const Parameters& parameters, const Linear& linear,
                             const std::vector<float>& x, const std::vector<float>& y_slope,
                             EncoderTape& tape, std::vector<float>& slopes, float* x_slope,
                             bool add) {
  float* const weight_slope = slopes.data() + parameters.all[linear.weight].begin;
  const ProductSize of_weight{linear.columns, linear.inner, tape.rows};
  const ProductSize of_x{tape.rows, linear.inner, linear.columns};
  if (parameters.halves.empty()) {
    multiply(y_slope.data(), Turned::yes, x.data(), Turned::no, weight_slope, of_weight, true);
    multiply(y_slope.data(), Turned::no, parameters.of(linear.weight), Turned::no, x_slope, of_x,
             add);
  } else {
    const Half* const turned = halved(y_slope, tape.y_halves);
    multiply_halves(turned, Turned::yes, halved(x, tape.x_halves), Turned::no, weight_slope,
                    of_weight, true);
    multiply_halves(turned, Turned::no, parameters.half_of(linear.weight), Turned::no, x_slope,
                    of_x, add);
  }
  learn_loops().sum_rows(y_slope.data(), tape.rows, linear.columns,
                         slopes.data() + parameters.all[linear.bias].begin);
}

void EncoderNet::start(const Parameters& parameters, Dropout dropout, EncoderTape& tape) const {
  const std::size_t width = shape_.width;
  tape.rows = 0;
  tape.weights_begin.clear();
  std::size_t weights = 0;
  for (const std::vector<TextPiece>& text : tape.texts) {
    tape.rows += text.size();
    tape.weights_begin.push_back(weights);
    weights += width / kHeadWidth * text.size() * padded(text.size());
  }
  tape.weights_begin.push_back(weights);
  tape.start_normed.resize(tape.rows * width);
  tape.start_turned.resize(tape.rows);
  tape.output.resize(tape.rows * width);
  float* to = tape.start_normed.data();
  for (const std::vector<TextPiece>& text : tape.texts)
    for (std::size_t i = 0; i < text.size(); ++i, to += width) {
      const float* const word = parameters.of(word_) + static_cast<std::size_t>(text[i].id) * width;
      const float* const place = parameters.of(position_) + i * width;
      for (std::size_t j = 0; j < width; ++j) to[j] = word[j] + place[j];
    }
  learn_loops().norm(tape.start_normed.data(), tape.rows, width, parameters.of(norm_.gain),
                     parameters.of(norm_.shift), tape.start_turned.data(), tape.output.data());
  learn_loops().drop(tape.output.data(), tape.rows * width,
                     draw(dropout, 0, tape.rows * width, tape.start_kept));
}

void EncoderNet::forward_layer(const Parameters& parameters, const Layer& layer, Dropout dropout,
                               EncoderTape& tape, std::size_t number) const {
  const LearnLoops& run = learn_loops();
  EncoderTape::Layer& keep = tape.layers[number];
  const std::size_t width = shape_.width, count = tape.rows * width;
  const std::uint64_t place = 3 * number;
  keep.input = tape.output;
  apply(parameters, layer.qkv, keep.input, tape, keep.qkv);
  keep.weights.resize(tape.weights_begin.back());
  keep.mixed.resize(count);
  const DropMask mask = draw(dropout, place + 1, keep.weights.size(), keep.weights_kept);
  std::size_t row = 0;
  for (std::size_t i = 0; i < tape.texts.size(); ++i) {
    const std::size_t length = tape.texts[i].size(), begin = tape.weights_begin[i];
    tape.scratch.resize(std::max(tape.scratch.size(), attention_learn_scratch(length)));
    run.attention(keep.qkv.data() + row * 3 * width, length, width / kHeadWidth,
                  {mask.kept == nullptr ? nullptr : mask.kept + begin, mask.grown},
                  keep.weights.data() + begin, tape.scratch.data(),
                  keep.mixed.data() + row * width);
    row += length;
  }
  apply(parameters, layer.out, keep.mixed, tape, keep.first_normed);
  run.drop(keep.first_normed.data(), count, draw(dropout, place + 2, count, keep.mixed_kept));
  run.add(keep.first_normed.data(), keep.input.data(), count);
  keep.first_turned.resize(tape.rows);
  keep.between.resize(count);
  run.norm(keep.first_normed.data(), tape.rows, width, parameters.of(layer.first.gain),
           parameters.of(layer.first.shift), keep.first_turned.data(), keep.between.data());
  apply(parameters, layer.inner, keep.between, tape, keep.wide);
  keep.bent.resize(keep.wide.size());
  run.gelu(keep.wide.data(), keep.wide.size(), keep.bent.data());
  apply(parameters, layer.outer, keep.bent, tape, keep.second_normed);
  run.drop(keep.second_normed.data(), count, draw(dropout, place + 3, count, keep.outer_kept));
  run.add(keep.second_normed.data(), keep.between.data(), count);
  keep.second_turned.resize(tape.rows);
  run.norm(keep.second_normed.data(), tape.rows, width, parameters.of(layer.second.gain),
           parameters.of(layer.second.shift), keep.second_turned.data(), tape.output.data());
}

void EncoderNet::forward(const Parameters& parameters, Dropout dropout, EncoderTape& tape) const {
  start(parameters, dropout, tape);
  tape.layers.resize(layers_.size());
  for (std::size_t i = 0; i < layers_.size(); ++i)
    forward_layer(parameters, layers_[i], dropout, tape, i);
}

void EncoderNet::backward_layer(const Parameters& parameters, const Layer& layer, Dropout dropout,
                                EncoderTape& tape, std::size_t number, std::vector<float>& slope,
                                std::vector<float>& slopes) const {
  const LearnLoops& run = learn_loops();
  EncoderTape::Layer& keep = tape.layers[number];
  const std::size_t width = shape_.width, count = tape.rows * width;
  const auto slope_of = [&](std::size_t parameter) {
    return slopes.data() + parameters.all[parameter].begin;
  };
  run.norm_slope(slope.data(), keep.second_normed.data(), keep.second_turned.data(), tape.rows,
                 width, parameters.of(layer.second.gain), slope_of(layer.second.gain),
                 slope_of(layer.second.shift));
  tape.slope = slope;  // the way around the feed-forward layers
  run.drop(slope.data(), count, drawn(dropout, keep.outer_kept));
  tape.wide_slope.resize(keep.wide.size());
  apply_slope(parameters, layer.outer, keep.bent, slope, tape, slopes, tape.wide_slope.data(),
              false);
  run.gelu_slope(keep.wide.data(), keep.wide.size(), tape.wide_slope.data());
  apply_slope(parameters, layer.inner, keep.between, tape.wide_slope, tape, slopes,
              tape.slope.data(), true);
  run.norm_slope(tape.slope.data(), keep.first_normed.data(), keep.first_turned.data(), tape.rows,
                 width, parameters.of(layer.first.gain), slope_of(layer.first.gain),
                 slope_of(layer.first.shift));
  slope = tape.slope;  // the way around attention
  run.drop(tape.slope.data(), count, drawn(dropout, keep.mixed_kept));
  tape.wide_slope.resize(count);
  apply_slope(parameters, layer.out, keep.mixed, tape.slope, tape, slopes, tape.wide_slope.data(),
              false);
  tape.qkv_slope.resize(3 * count);
  const DropMask mask = drawn(dropout, keep.weights_kept);
  std::size_t row = 0;
  for (std::size_t i = 0; i < tape.texts.size(); ++i) {
    const std::size_t length = tape.texts[i].size(), begin = tape.weights_begin[i];
    run.attention_slope(keep.qkv.data() + row * 3 * width, keep.weights.data() + begin, length,
                        width / kHeadWidth,
                        {mask.kept == nullptr ? nullptr : mask.kept + begin, mask.grown},
                        tape.wide_slope.data() + row * width, tape.scratch.data(),
                        tape.qkv_slope.data() + row * 3 * width);
    row += length;
  }
  apply_slope(parameters, layer.qkv, keep.input, tape.qkv_slope, tape, slopes, slope.data(), true);
}

void EncoderNet::backward_start(const Parameters& parameters, Dropout dropout, EncoderTape& tape,
                                std::vector<float>& slope, std::vector<float>& slopes) const {
  const LearnLoops& run = learn_loops();
  const std::size_t width = shape_.width;
  const auto slope_of = [&](std::size_t parameter) {
    return slopes.data() + parameters.all[parameter].begin;
  };
  run.drop(slope.data(), tape.rows * width, drawn(dropout, tape.start_kept));
  run.norm_slope(slope.data(), tape.start_normed.data(), tape.start_turned.data(), tape.rows, width,
                 parameters.of(norm_.gain), slope_of(norm_.gain), slope_of(norm_.shift));
  const float* from = slope.data();
  for (const std::vector<TextPiece>& text : tape.texts)
    for (std::size_t i = 0; i < text.size(); ++i, from += width) {
      run.add(slope_of(word_) + static_cast<std::size_t>(text[i].id) * width, from, width);
      run.add(slope_of(position_) + i * width, from, width);
    }
}

void EncoderNet::backward(const Parameters& parameters, Dropout dropout, EncoderTape& tape,
                          std::vector<float>& slope, std::vector<float>& slopes) const {
  for (std::size_t i = layers_.size(); i-- > 0;)
    backward_layer(parameters, layers_[i], dropout, tape, i, slope, slopes);
  backward_start(parameters, dropout, tape, slope, slopes);
}

}  // namespace plumbline
