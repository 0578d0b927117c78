// Sixteen numbers worked on at once, written so that one text compiles to whatever a machine has.
// Included only by files that are compiled for one set of instructions (nlp/kernels_body.h,
// nlp/learn/loops_body.h). Calls nothing that is not in this file, so that no function compiled for
// a newer machine can be picked by the linker for an older one.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nlp/kernels.h"

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors never cross the border of such a file

namespace plumbline {
namespace {

typedef float Lane __attribute__((vector_size(64)));
typedef std::int32_t WholeLane __attribute__((vector_size(64)));
typedef std::uint8_t ByteLane __attribute__((vector_size(16)));

#define PLUMBLINE_INLINE inline __attribute__((always_inline))

PLUMBLINE_INLINE Lane load(const float* from) {
  Lane out;
  __builtin_memcpy(&out, from, sizeof out);
  return out;
}
PLUMBLINE_INLINE void save(float* to, Lane value) { __builtin_memcpy(to, &value, sizeof value); }
PLUMBLINE_INLINE Lane all(float value) { return Lane{} + value; }
PLUMBLINE_INLINE Lane bits(WholeLane value) {
  Lane out;
  __builtin_memcpy(&out, &value, sizeof out);
  return out;
}
// Written so that compilers see the one instruction that does it.
PLUMBLINE_INLINE Lane smaller(Lane a, Lane b) { return a < b ? a : b; }
PLUMBLINE_INLINE Lane larger(Lane a, Lane b) { return a > b ? a : b; }

// A fixed tree, so that every machine adds in the same order.
PLUMBLINE_INLINE float sum(Lane v) {
  v += __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  v += __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3);
  v += __builtin_shufflevector(v, v, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1);
  return v[0] + v[1];
}
PLUMBLINE_INLINE float greatest(Lane v) {
  v = larger(v,
             __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  v = larger(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
  v = larger(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1));
  return v[0] > v[1] ? v[0] : v[1];
}
PLUMBLINE_INLINE float least(Lane v) { return -greatest(-v); }

// e to the x: 2 to the whole part by the exponent's bits, the rest by a polynomial (Cephes).
PLUMBLINE_INLINE Lane exponential(Lane x) {
  x = larger(smaller(x, all(88.0F)), all(-87.0F));
  const Lane t = x * 1.44269504F;
  const Lane whole = (t + 12582912.0F) - 12582912.0F;
  const Lane f = x - whole * 0.693359375F + whole * 2.12194440e-4F;
  Lane p = all(1.9875691500e-4F);
  p = p * f + 1.3981999507e-3F;
  p = p * f + 8.3334519073e-3F;
  p = p * f + 4.1665795894e-2F;
  p = p * f + 1.6666665459e-1F;
  p = p * f + 5.0000001201e-1F;
  p = p * f * f + f + 1.0F;
  const WholeLane power = (__builtin_convertvector(whole, WholeLane) + 127) << 23;
  return p * bits(power);
}

constexpr float kHeadRoot = 0.17677669529663687F;  // 1 / sqrt(kHeadWidth)

PLUMBLINE_INLINE std::size_t padded_length(std::size_t length) {
  return (length + kLane - 1) / kLane * kLane;
}

// erf(v / sqrt 2), Abramowitz and Stegun 7.1.26.
PLUMBLINE_INLINE Lane error_function(Lane v) {
  const Lane half = v * 0.70710678F;
  const Lane size = half < 0.0F ? -half : half;
  const Lane t = 1.0F / (size * 0.3275911F + 1.0F);
  Lane p = all(1.061405429F);
  p = p * t - 1.453152027F;
  p = p * t + 1.421413741F;
  p = p * t - 0.284496736F;
  p = p * t + 0.254829592F;
  const Lane erf = 1.0F - p * t * exponential(-size * size);
  return half < 0.0F ? -erf : erf;
}

// A softmax over `length` of `padded` scores, those beyond become 0, but for the division by their
// sum: what is returned is what each must be multiplied by.
PLUMBLINE_INLINE float weigh_unscaled(float* scores, std::size_t length, std::size_t padded) {
  for (std::size_t j = length; j < padded; ++j) scores[j] = -1e30F;
  Lane high = load(scores);
  for (std::size_t j = kLane; j < padded; j += kLane) high = larger(high, load(scores + j));
  const float top = greatest(high);
  Lane total = {};
  for (std::size_t j = 0; j < padded; j += kLane) {
    const Lane v = exponential(load(scores + j) - top);
    save(scores + j, v);
    total += v;
  }
  for (std::size_t j = length; j < padded; ++j) scores[j] = 0;
  return 1.0F / sum(total);
}

// Weights of one query: a softmax.
PLUMBLINE_INLINE void weigh(float* scores, std::size_t length, std::size_t padded) {
  const float turned = weigh_unscaled(scores, length, padded);
  for (std::size_t j = 0; j < padded; j += kLane) save(scores + j, load(scores + j) * turned);
}

// Sixteen rows of sixteen numbers turned over: halves change places, then quarters, and so on.
PLUMBLINE_INLINE void turn_square(Lane (&r)[kLane]) {
  for (std::size_t i = 0; i < 8; ++i) {
    const Lane a = r[i], b = r[i + 8];
    r[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    r[i + 8] =
        __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  }
  for (std::size_t k = 0; k < 8; ++k) {
    const std::size_t i = k / 4 * 8 + k % 4;
    const Lane a = r[i], b = r[i + 4];
    r[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);
    r[i + 4] =
        __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
  }
  for (std::size_t k = 0; k < 8; ++k) {
    const std::size_t i = k / 2 * 4 + k % 2;
    const Lane a = r[i], b = r[i + 2];
    r[i] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    r[i + 2] =
        __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
  for (std::size_t i = 0; i < kLane; i += 2) {
    const Lane a = r[i], b = r[i + 1];
    r[i] = __builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
    r[i + 1] =
        __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
  }
}

// `rows` of kHeadWidth numbers, `apart` from one another, turned over into kHeadWidth rows of
// `padded`.
PLUMBLINE_INLINE void turn_over(const float* rows, std::size_t apart, std::size_t length,
                                std::size_t padded, float* out) {
  for (std::size_t j = 0; j < padded; j += kLane)
    for (std::size_t d = 0; d < kHeadWidth; d += kLane) {
      Lane square[kLane] = {};
      for (std::size_t i = 0; i < kLane && j + i < length; ++i)
        square[i] = load(rows + (j + i) * apart + d);
      turn_square(square);
      for (std::size_t i = 0; i < kLane; ++i) save(out + (d + i) * padded + j, square[i]);
    }
}

// out[i][j] = the product of the i-th of `count` rows, `apart` from one another, and the j-th of
// the turned rows, times `factor`; `out` has rows of `padded`. Each sum is added in the same order
// however many there are; together they wait less for one another.
template <std::size_t count>
PLUMBLINE_INLINE void products_of(const float* rows, std::size_t apart, const float* turned,
                                  std::size_t padded, float factor, float* out) {
  for (std::size_t j = 0; j < padded; j += kLane) {
    Lane v[count] = {};
    for (std::size_t d = 0; d < kHeadWidth; ++d) {
      const Lane key = load(turned + d * padded + j);
      for (std::size_t i = 0; i < count; ++i) v[i] += key * rows[i * apart + d];
    }
    for (std::size_t i = 0; i < count; ++i) save(out + i * padded + j, v[i] * factor);
  }
}

PLUMBLINE_INLINE void products(const float* one, const float* turned, std::size_t padded,
                               float factor, float* out) {
  products_of<1>(one, 0, turned, padded, factor, out);
}

}  // namespace
}  // namespace plumbline
