// The loops behind nlp/learn/loops.h, included once per set of instructions.
#include "nlp/lanes.h"

namespace plumbline {
namespace {

void add_bias(float* x, std::size_t rows, std::size_t width, const float* bias) {
  for (std::size_t row = 0; row < rows; ++row, x += width)
    for (std::size_t i = 0; i < width; i += kLane) save(x + i, load(x + i) + load(bias + i));
}

void sum_rows(const float* x, std::size_t rows, std::size_t width, float* out) {
  for (std::size_t row = 0; row < rows; ++row, x += width)
    for (std::size_t i = 0; i < width; i += kLane) save(out + i, load(out + i) + load(x + i));
}

PLUMBLINE_INLINE Lane kept(const std::uint8_t* bytes, float grown) {
  std::uint8_t some[16];
  __builtin_memcpy(some, bytes, sizeof some);
  WholeLane yes;
  for (int i = 0; i < 16; ++i) yes[i] = some[i] == 0 ? 0 : -1;
  return yes ? all(grown) : all(0.0F);
}

void drop(float* x, std::size_t count, DropMask mask) {
  if (mask.kept == nullptr) return;
  for (std::size_t i = 0; i < count; i += kLane)
    save(x + i, load(x + i) * kept(mask.kept + i, mask.grown));
}

void add(float* x, const float* y, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kLane) save(x + i, load(x + i) + load(y + i));
}

void norm(float* x, std::size_t rows, std::size_t width, const float* gain, const float* shift,
          float* turned, float* y) {
  const float share = 1.0F / static_cast<float>(width);
  for (std::size_t row = 0; row < rows; ++row, x += width, y += width) {
    Lane total = {};
    for (std::size_t i = 0; i < width; i += kLane) total += load(x + i);
    const float mean = sum(total) * share;
    Lane squares = {};
    for (std::size_t i = 0; i < width; i += kLane) {
      const Lane v = load(x + i) - mean;
      squares += v * v;
    }
    turned[row] = 1.0F / __builtin_sqrtf(sum(squares) * share + 1e-12F);
    for (std::size_t i = 0; i < width; i += kLane) {
      const Lane v = (load(x + i) - mean) * turned[row];
      save(x + i, v);
      save(y + i, v * load(gain + i) + load(shift + i));
    }
  }
}

void norm_slope(float* slope, const float* normed, const float* turned, std::size_t rows,
                std::size_t width, const float* gain, float* gain_slope, float* shift_slope) {
  const float share = 1.0F / static_cast<float>(width);
  for (std::size_t row = 0; row < rows; ++row, slope += width, normed += width) {
    Lane plain = {}, crossed = {};
    for (std::size_t i = 0; i < width; i += kLane) {
      const Lane d = load(slope + i), n = load(normed + i);
      save(gain_slope + i, load(gain_slope + i) + d * n);
      save(shift_slope + i, load(shift_slope + i) + d);
      const Lane g = d * load(gain + i);
      save(slope + i, g);
      plain += g;
      crossed += g * n;
    }
    const float mean = sum(plain) * share, along = sum(crossed) * share;
    for (std::size_t i = 0; i < width; i += kLane)
      save(slope + i, (load(slope + i) - mean - load(normed + i) * along) * turned[row]);
  }
}

void gelu(const float* x, std::size_t count, float* y) {
  for (std::size_t i = 0; i < count; i += kLane) {
    const Lane v = load(x + i);
    save(y + i, v * 0.5F * (1.0F + error_function(v)));
  }
}

void gelu_slope(const float* x, std::size_t count, float* slope) {
  for (std::size_t i = 0; i < count; i += kLane) {
    const Lane v = load(x + i);
    const Lane bell = 0.39894228F * exponential(v * v * -0.5F);
    save(slope + i, load(slope + i) * (0.5F * (1.0F + error_function(v)) + v * bell));
  }
}

void attention(const float* qkv, std::size_t length, std::size_t heads, DropMask mask,
               float* weights, float* scratch, float* out) {
  const std::size_t width = heads * kHeadWidth, padded = padded_length(length);
  const std::size_t apart = 3 * width;
  float* const dropped = scratch + kHeadWidth * padded;
  for (std::size_t head = 0; head < heads; ++head) {
    const float* const q = qkv + head * kHeadWidth;
    turn_over(q + width, apart, length, padded, scratch);
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t at = (head * length + i) * padded;
      float* const mine = weights + at;
      products(q + i * apart, scratch, padded, kHeadRoot, mine);
      weigh(mine, length, padded);
      for (std::size_t j = 0; j < padded; j += kLane) save(dropped + j, load(mine + j));
      drop(dropped, padded, {mask.kept == nullptr ? nullptr : mask.kept + at, mask.grown});
      Lane first = {}, second = {};
      for (std::size_t j = 0; j < length; ++j) {
        const float* const value = q + j * apart + 2 * width;
        first += load(value) * dropped[j];
        second += load(value + kLane) * dropped[j];
      }
      save(out + i * width + head * kHeadWidth, first);
      save(out + i * width + head * kHeadWidth + kLane, second);
    }
  }
}

PLUMBLINE_INLINE void add_scaled(float* to, const float* from, float factor) {
  save(to, load(to) + load(from) * factor);
  save(to + kLane, load(to + kLane) + load(from + kLane) * factor);
}

void attention_slope(const float* qkv, const float* weights, std::size_t length, std::size_t heads,
                     DropMask mask, const float* out_slope, float* scratch, float* qkv_slope) {
  const std::size_t width = heads * kHeadWidth, padded = padded_length(length);
  const std::size_t apart = 3 * width;
  for (std::size_t i = 0; i < length * apart; i += kLane) save(qkv_slope + i, Lane{});
  float* const dropped = scratch + kHeadWidth * padded;
  float* const slope = dropped + padded;
  for (std::size_t head = 0; head < heads; ++head) {
    const float* const q = qkv + head * kHeadWidth;
    float* const dq = qkv_slope + head * kHeadWidth;
    turn_over(q + 2 * width, apart, length, padded, scratch);
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t at = (head * length + i) * padded;
      const float* const mine = weights + at;
      const float* const d = out_slope + i * width + head * kHeadWidth;
      const DropMask own = {mask.kept == nullptr ? nullptr : mask.kept + at, mask.grown};
      for (std::size_t j = 0; j < padded; j += kLane) save(dropped + j, load(mine + j));
      drop(dropped, padded, own);
      for (std::size_t j = 0; j < length; ++j)
        add_scaled(dq + j * apart + 2 * width, d, dropped[j]);
      products(d, scratch, padded, 1.0F, slope);
      drop(slope, padded, own);
      Lane along = {};
      for (std::size_t j = 0; j < padded; j += kLane) along += load(slope + j) * load(mine + j);
      const float mean = sum(along);
      for (std::size_t j = 0; j < padded; j += kLane)
        save(slope + j, load(mine + j) * (load(slope + j) - mean) * kHeadRoot);
      for (std::size_t j = 0; j < length; ++j) {
        add_scaled(dq + i * apart, q + j * apart + width, slope[j]);
        add_scaled(dq + j * apart + width, q + i * apart, slope[j]);
      }
    }
  }
}

void adam(float* values, const float* slopes, float* means, float* squares, std::size_t count,
          const AdamStep& step) {
  for (std::size_t i = 0; i < count; i += kLane) {
    const Lane slope = load(slopes + i) * step.scale;
    const Lane mean = load(means + i) * step.first + slope * (1.0F - step.first);
    const Lane square = load(squares + i) * step.second + slope * slope * (1.0F - step.second);
    save(means + i, mean);
    save(squares + i, square);
    Lane root = {};
    for (std::size_t j = 0; j < kLane; ++j) root[j] = __builtin_sqrtf(square[j]);
    const Lane value = load(values + i);
    save(values + i, value - step.rate * mean / (root + step.small) - step.decay * value);
  }
}

double squares(const float* x, std::size_t count) {
  double out = 0;
  for (std::size_t i = 0; i < count; i += kLane) {
    const Lane v = load(x + i);
    out += static_cast<double>(sum(v * v));
  }
  return out;
}

void halve(const float* x, std::size_t count, std::uint16_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t bits = 0;
    __builtin_memcpy(&bits, x + i, sizeof bits);
    out[i] = static_cast<std::uint16_t>((bits + 0x7FFFU + (bits >> 16U & 1U)) >> 16U);
  }
}

constexpr LearnLoops table_named(const char* name) {
  return {name,       add_bias,  sum_rows,        drop, add,     norm, norm_slope, gelu,
          gelu_slope, attention, attention_slope, adam, squares, halve};
}

}  // namespace
}  // namespace plumbline
