// The full tier from below: weights in files, loops in several instruction sets, the encoder that
// reads and the one that learns.
#include "nlp/encoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "nlp/kernels.h"
#include "nlp/learn/encoder_net.h"
#include "nlp/learn/loops.h"

namespace plumbline {
namespace {

std::vector<float> random_numbers(std::size_t count, unsigned seed, float size = 1.0F) {
  std::mt19937 random(seed);
  std::vector<float> out(count);
  for (float& each : out) each = size * (static_cast<float>(random() % 20001) / 10000.0F - 1.0F);
  return out;
}

// A small encoder with random weights, and three texts of unlike lengths.
struct Small {
  EncoderShape shape{2, 64, 96, 24, 40};
  Parameters parameters;
  EncoderNet net{shape, parameters};
  EncoderTape tape;

  Small() {
    for (std::size_t i = 0; i < parameters.all.size(); ++i) {
      const Parameter& one = parameters.all[i];
      const std::vector<float> drawn =
          random_numbers(one.count, static_cast<unsigned>(i) + 1, one.decays ? 0.3F : 0.1F);
      std::ranges::copy(drawn, parameters.of(i));
      if (one.name.ends_with(".gain"))
        for (std::size_t j = 0; j < one.count; ++j) parameters.of(i)[j] += 1.0F;
    }
    for (const std::size_t length : {5U, 19U, 2U}) {
      std::vector<TextPiece>& text = tape.texts.emplace_back();
      for (std::size_t i = 0; i < length; ++i)
        text.push_back({static_cast<std::int32_t>((i * 7 + length) % shape.vocabulary), {}, true});
    }
  }

  // A loss that every output number moves: their products with fixed numbers.
  double loss(Dropout dropout) {
    net.forward(parameters, dropout, tape);
    const std::vector<float> target = random_numbers(tape.output.size(), 99);
    double out = 0;
    for (std::size_t i = 0; i < target.size(); ++i)
      out += static_cast<double>(target[i]) * static_cast<double>(tape.output[i]);
    return out;
  }

  std::string file() const {
    std::vector<Tensor> tensors;
    std::vector<std::string> kept;
    kept.reserve(parameters.all.size() * 2);
    for (std::size_t i = 0; i < parameters.all.size(); ++i) add_tensor(i, tensors, kept);
    return write_tensors(tensors, {{"made", "for a test"}});
  }

  void add_tensor(std::size_t number, std::vector<Tensor>& tensors,
                  std::vector<std::string>& kept) const {
    const Parameter& one = parameters.all[number];
    const float* const values = parameters.of(number);
    const auto bytes_of = [&](const void* from, std::size_t size) -> std::string_view {
      return kept.emplace_back(static_cast<const char*>(from), size);
    };
    if (!one.decays || one.name == "position") {
      tensors.push_back(
          {one.name, TensorType::f32, one.shape, bytes_of(values, one.count * sizeof(float))});
      return;
    }
    const std::size_t rows = one.shape[0], width = one.count / rows;
    std::vector<float> scales(rows);
    std::vector<std::int8_t> bytes(one.count);
    for (std::size_t row = 0; row < rows; ++row) {
      float most = 0;
      for (std::size_t i = 0; i < width; ++i)
        most = std::max(most, std::abs(values[row * width + i]));
      scales[row] = most / 127.0F;
      for (std::size_t i = 0; i < width; ++i)
        bytes[row * width + i] =
            static_cast<std::int8_t>(std::lround(values[row * width + i] / scales[row]));
    }
    tensors.push_back({one.name, TensorType::i8, one.shape, bytes_of(bytes.data(), bytes.size())});
    tensors.push_back({one.name + ".scale",
                       TensorType::f32,
                       {rows},
                       bytes_of(scales.data(), rows * sizeof(float))});
  }
};

TEST(EncoderNet, SlopesAreThoseOfTheLoss) {
  Small small;
  const Dropout dropout{0.1F, 7};
  small.loss(dropout);
  std::vector<float> slopes(small.parameters.values.size());
  std::vector<float> slope = random_numbers(small.tape.output.size(), 99);
  small.net.backward(small.parameters, dropout, small.tape, slope, slopes);
  for (const Parameter& one : small.parameters.all) {
    // The number with the steepest slope of each array, by a step to both sides.
    const auto begin = slopes.begin() + static_cast<std::ptrdiff_t>(one.begin);
    const auto at = static_cast<std::size_t>(
        std::max_element(begin, begin + static_cast<std::ptrdiff_t>(one.count),
                         [](float a, float b) { return std::abs(a) < std::abs(b); }) -
        slopes.begin());
    float& value = small.parameters.values[at];
    const float before = value, step = 2e-3F;
    value = before + step;
    const double above = small.loss(dropout);
    value = before - step;
    const double below = small.loss(dropout);
    value = before;
    const double measured = (above - below) / (2.0 * static_cast<double>(step));
    EXPECT_NEAR(measured, static_cast<double>(slopes[at]), 0.02 * std::abs(measured) + 0.02)
        << one.name;
  }
}

TEST(EncoderNet, DropsTheSameNumbersForTheSameSeed) {
  Small small;
  const double once = small.loss({0.1F, 7});
  EXPECT_EQ(once, small.loss({0.1F, 7}));
  EXPECT_NE(once, small.loss({0.1F, 8}));
  EXPECT_NE(once, small.loss({}));
}

TEST(Encoder, BytesSayNearlyWhatFloatsSay) {
  Small small;
  small.loss({});
  const std::string bytes = small.file();
  const Result<TensorFile> file = TensorFile::read(bytes);
  ASSERT_TRUE(file) << describe(file.error());
  const Result<Encoder> encoder = Encoder::open(*file);
  ASSERT_TRUE(encoder) << describe(encoder.error());
  Encoder::Scratch scratch;
  std::vector<float> out;
  encoder->encode(small.tape.texts, scratch, out);
  ASSERT_EQ(out.size(), small.tape.output.size());
  double crossed = 0, mine = 0, theirs = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto a = static_cast<double>(out[i]), b = static_cast<double>(small.tape.output[i]);
    crossed += a * b;
    mine += a * a;
    theirs += b * b;
  }
  EXPECT_GT(crossed / std::sqrt(mine * theirs), 0.999);
}

TEST(Encoder, ATextDoesNotDependOnItsNeighbours) {
  Small small;
  const std::string bytes = small.file();
  const Result<TensorFile> file = TensorFile::read(bytes);
  ASSERT_TRUE(file);
  const Result<Encoder> encoder = Encoder::open(*file);
  ASSERT_TRUE(encoder);
  Encoder::Scratch scratch;
  std::vector<float> together, alone;
  encoder->encode(small.tape.texts, scratch, together);
  const float* at = together.data();
  for (const std::vector<TextPiece>& text : small.tape.texts) {
    encoder->encode({&text, 1}, scratch, alone);
    EXPECT_EQ(std::memcmp(at, alone.data(), alone.size() * sizeof(float)), 0) << text.size();
    at += alone.size();
  }
}

TEST(Encoder, ABrokenFileNamesWhatIsWrong) {
  Small small;
  const std::string bytes = small.file();
  for (std::size_t cut : {std::size_t{0}, std::size_t{7}, std::size_t{100}, bytes.size() - 1})
    EXPECT_FALSE(TensorFile::read(std::string_view(bytes).substr(0, cut))) << cut;
  std::string renamed = bytes;
  renamed.replace(renamed.find("layer.1.outer.bias"), 18, "layer.1.other.bias");
  const Result<TensorFile> file = TensorFile::read(renamed);
  ASSERT_TRUE(file);
  const Result<Encoder> encoder = Encoder::open(*file);
  ASSERT_FALSE(encoder);
  EXPECT_NE(encoder.error().message.find("layer.1.outer.bias"), std::string::npos);
}

// Every set of instructions says what the plain one says.
void expect_close(const std::vector<float>& a, const std::vector<float>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    ASSERT_NEAR(a[i], b[i], 1e-4F + 1e-4F * std::abs(b[i])) << i;
}

TEST(Kernels, AgreeWithThePlainOnes) {
  const Kernels &best = kernels(), &plain = plain_kernels();
  constexpr std::size_t kRows = 5, kWidth = 64, kLength = 19;
  const std::vector<float> x = random_numbers(kRows * kWidth, 1, 3.0F);
  std::vector<std::uint8_t> a(x.size()), b(x.size());
  std::vector<RowScale> sa(kRows), sb(kRows);
  best.to_bytes(x.data(), kRows, kWidth, a.data(), sa.data());
  plain.to_bytes(x.data(), kRows, kWidth, b.data(), sb.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_LE(std::abs(int{a[i]} - int{b[i]}), 1);
    const RowScale& scale = sa[i / kWidth];
    EXPECT_NEAR(scale.scale * static_cast<float>(int{a[i]} - scale.zero), x[i],
                scale.scale * 0.51F);
  }
  std::vector<float> u = x, v = x;
  best.gelu(u.data(), u.size());
  plain.gelu(v.data(), v.size());
  expect_close(u, v);
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_NEAR(u[i], 0.5F * x[i] * (1.0F + std::erf(x[i] / std::sqrt(2.0F))), 2e-6F);
  const std::vector<float> qkv = random_numbers(kLength * 3 * kWidth, 2);
  std::vector<float> scratch(attention_scratch(kLength)), p(kLength * kWidth), q(p.size());
  best.attention(qkv.data(), kLength, 2, scratch.data(), p.data());
  plain.attention(qkv.data(), kLength, 2, scratch.data(), q.data());
  expect_close(p, q);
}

TEST(LearnLoops, AgreeWithThePlainOnes) {
  const LearnLoops &best = learn_loops(), &plain = plain_learn_loops();
  constexpr std::size_t kWidth = 64, kLength = 19, kPadded = 32, kHeads = 2;
  const std::vector<float> qkv = random_numbers(kLength * 3 * kWidth, 2);
  const std::vector<float> slope = random_numbers(kLength * kWidth, 3);
  std::vector<std::uint8_t> kept(kHeads * kLength * kPadded);
  for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = i % 9 != 0;
  std::vector<float> scratch(attention_learn_scratch(kLength));
  std::vector<float> out[2], slopes[2], weights[2];
  for (const int i : {0, 1}) {
    const LearnLoops& run = i == 0 ? best : plain;
    out[i].resize(kLength * kWidth);
    slopes[i].resize(qkv.size());
    weights[i].resize(kept.size());
    run.attention(qkv.data(), kLength, kHeads, {kept.data(), 1.1F}, weights[i].data(),
                  scratch.data(), out[i].data());
    run.attention_slope(qkv.data(), weights[i].data(), kLength, kHeads, {kept.data(), 1.1F},
                        slope.data(), scratch.data(), slopes[i].data());
  }
  expect_close(out[0], out[1]);
  expect_close(slopes[0], slopes[1]);
}

float whole(Half half) {
  const std::uint32_t bits = std::uint32_t{half} << 16U;
  float out = 0;
  std::memcpy(&out, &bits, sizeof out);
  return out;
}

TEST(Halves, AreTheNearest) {
  const struct {
    float x;
    Half half;
  } cases[] = {{0, 0},
               {1, 0x3F80},
               {-2, 0xC000},
               {1.00390625F, 0x3F80},  // between two: the even one
               {1.01171875F, 0x3F82},
               {1.0040F, 0x3F81},
               {3.3895314e38F, 0x7F7F}};
  for (const auto& [x, half] : cases)
    for (const LearnLoops* loops : {&learn_loops(), &plain_learn_loops()}) {
      std::vector<Half> out(1);
      loops->halve(&x, 1, out.data());
      EXPECT_EQ(out[0], half) << x << " by " << loops->name;
    }
}

TEST(Halves, MultiplyAsFloatsDo) {
  if (!has_fast_halves()) GTEST_SKIP() << "this machine has no products of halves";
  constexpr std::size_t kRows = 5, kColumns = 24, kInner = 33;
  std::vector<Half> a(kRows * kInner), b(kColumns * kInner);
  std::vector<float> whole_a = random_numbers(a.size(), 1), whole_b = random_numbers(b.size(), 2);
  learn_loops().halve(whole_a.data(), a.size(), a.data());
  learn_loops().halve(whole_b.data(), b.size(), b.data());
  std::ranges::transform(a, whole_a.begin(), whole);
  std::ranges::transform(b, whole_b.begin(), whole);
  for (const Turned first : {Turned::no, Turned::yes})
    for (const Turned second : {Turned::no, Turned::yes})
      for (const bool add : {false, true}) {
        std::vector<float> mine = random_numbers(kRows * kColumns, 3), theirs = mine;
        const ProductSize size{kRows, kColumns, kInner};
        multiply_halves(a.data(), first, b.data(), second, mine.data(), size, add);
        multiply(whole_a.data(), first, whole_b.data(), second, theirs.data(), size, add);
        expect_close(mine, theirs);
      }
}

TEST(EncoderNet, HalvesTeachNearlyWhatFloatsTeach) {
  if (!has_fast_halves()) GTEST_SKIP() << "this machine has no products of halves";
  Small small;
  std::vector<float> slopes[2];
  for (const int i : {0, 1}) {
    if (i == 1) {
      small.parameters.halves.resize(small.parameters.values.size());
      learn_loops().halve(small.parameters.values.data(), small.parameters.values.size(),
                          small.parameters.halves.data());
    }
    small.loss({0.1F, 5});
    std::vector<float> slope = random_numbers(small.tape.output.size(), 99);
    slopes[i].resize(small.parameters.values.size());
    small.net.backward(small.parameters, {0.1F, 5}, small.tape, slope, slopes[i]);
  }
  for (const Parameter& one : small.parameters.all) {
    double crossed = 0, mine = 1e-12, theirs = 1e-12;
    for (std::size_t j = one.begin; j < one.begin + one.count; ++j) {
      const auto a = static_cast<double>(slopes[0][j]), b = static_cast<double>(slopes[1][j]);
      crossed += a * b;
      mine += a * a;
      theirs += b * b;
    }
    EXPECT_GT(crossed / std::sqrt(mine * theirs), 0.995) << one.name;
  }
}

}  // namespace
}  // namespace plumbline
