// Sixteen numbers worked on at once, written so that one text compiles to whatever a machine has.
// Included only by files that are compiled for one set of instructions (nlp/kernels_body.h,
// nlp/learn/loops_body.h). Calls nothing that is not in this file, so that no function compiled for
// a newer machine can be picked by the linker for an older one.
#pragma once

#include <cstddef>
#include <cstdint>

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors never cross the border of such a file

namespace plumbline {
namespace {

typedef float Lane __attribute__((vector_size(64)));
typedef std::int32_t WholeLane __attribute__((vector_size(64)));

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
PLUMBLINE_INLINE Lane pick(WholeLane yes, Lane a, Lane b) {
  WholeLane x, y;
  __builtin_memcpy(&x, &a, sizeof x);
  __builtin_memcpy(&y, &b, sizeof y);
  return bits((x & yes) | (y & ~yes));
}
PLUMBLINE_INLINE Lane smaller(Lane a, Lane b) { return pick(a < b, a, b); }
PLUMBLINE_INLINE Lane larger(Lane a, Lane b) { return pick(a > b, a, b); }

// A fixed tree, so that every machine adds in the same order.
PLUMBLINE_INLINE float sum(Lane v) {
  float x[16];
  save(x, v);
  for (int half = 8; half > 0; half /= 2)
    for (int i = 0; i < half; ++i) x[i] += x[i + half];
  return x[0];
}
PLUMBLINE_INLINE float least(Lane v) {
  float x[16], out;
  save(x, v);
  out = x[0];
  for (int i = 1; i < 16; ++i) out = x[i] < out ? x[i] : out;
  return out;
}
PLUMBLINE_INLINE float greatest(Lane v) { return -least(-v); }

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

}  // namespace
}  // namespace plumbline
