// The inner loops of an encoder that are no product of matrices, in the widest instructions the
// machine has. Widths are multiples of 16, as those of every encoder we read.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plumbline {

// A row of numbers x kept as bytes q: x = scale * (q - zero).
struct RowScale {
  float scale = 0;
  std::int32_t zero = 0;
};

// The weights of one layer as bytes: w[column][k] = scale[column] * byte[column][k]. `sums` are the
// sums of each column's bytes.
struct ByteWeights {
  const float* scales = nullptr;
  const float* bias = nullptr;
  const std::int32_t* sums = nullptr;
  std::size_t columns = 0, inner = 0;
};

struct Kernels {
  const char* name;  // "avx512", "avx2" or "plain"

  // Each of `rows` rows of `width` numbers as bytes, the smallest 0, the largest 255.
  void (*to_bytes)(const float* x, std::size_t rows, std::size_t width, std::uint8_t* out,
                   RowScale* scales);
  // The numbers behind sums of products of bytes, with the bias.
  void (*from_sums)(const std::int32_t* sums, std::size_t rows, const RowScale* scales,
                    const ByteWeights& weights, float* out);
  // x = 0.5 x (1 + erf(x / sqrt 2)), Hendrycks and Gimpel 2016; erf after Abramowitz and Stegun
  // 7.1.26, off by at most 2e-7.
  void (*gelu)(float* x, std::size_t count);
  // x = normed(x + added) * gain + shift per row; `added` may be nullptr. The variance has 1e-12
  // added, as in BERT.
  void (*add_and_norm)(float* x, const float* added, std::size_t rows, std::size_t width,
                       const float* gain, const float* shift);
  // Attention within one text: `qkv` has `length` rows of query, key and value, each of
  // heads * 32 numbers; `out` gets heads * 32 numbers a row. `scratch` has room for
  // attention_scratch(length) numbers.
  void (*attention)(const float* qkv, std::size_t length, std::size_t heads, float* scratch,
                    float* out);
};

inline constexpr std::size_t kHeadWidth = 32;  // of every encoder we read
inline constexpr std::size_t kLane = 16;       // numbers worked on at once
inline constexpr std::size_t kQueriesAtOnce = 4;
std::size_t attention_scratch(std::size_t length);

const Kernels& kernels();        // the best this machine can run
const Kernels& plain_kernels();  // runs everywhere; for tests, which hold the others against it

}  // namespace plumbline
