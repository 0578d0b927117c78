// The inner loops of teaching an encoder that are no product of matrices, in the widest
// instructions the machine has. Each is a step forward or its derivative; names as in
// nlp/kernels.h. Widths are multiples of 16.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plumbline {

// What dropping out does to numbers: kept ones grow by `grown`, dropped ones (byte 0) become 0. No
// bytes: nothing is dropped.
struct DropMask {
  const std::uint8_t* kept = nullptr;
  float grown = 1;
};

// One step of AdamW (Loshchilov and Hutter 2019), with the two corrections already in `rate` and
// `small`.
struct AdamStep {
  float rate = 0, small = 1e-6F, decay = 0, first = 0.9F, second = 0.98F, scale = 1;
};

struct LearnLoops {
  const char* name;

  // x[row] += bias for every row.
  void (*add_bias)(float* x, std::size_t rows, std::size_t width, const float* bias);
  // out += the sum of all rows: the derivative of the above.
  void (*sum_rows)(const float* x, std::size_t rows, std::size_t width, float* out);
  // x = x dropped; also its own derivative.
  void (*drop)(float* x, std::size_t count, DropMask mask);
  // x += y.
  void (*add)(float* x, const float* y, std::size_t count);

  // y = normed(x) * gain + shift; `x` becomes normed(x), `turned` 1 / deviation per row.
  void (*norm)(float* x, std::size_t rows, std::size_t width, const float* gain, const float* shift,
               float* turned, float* y);
  // `slope` is that of y on entry and that of x on return; `normed` and `turned` as norm() left
  // them.
  void (*norm_slope)(float* slope, const float* normed, const float* turned, std::size_t rows,
                     std::size_t width, const float* gain, float* gain_slope, float* shift_slope);

  void (*gelu)(const float* x, std::size_t count, float* y);
  void (*gelu_slope)(const float* x, std::size_t count, float* slope);  // in place

  // Attention within one text of `length` pieces. `weights` keeps heads * length * padded numbers,
  // padded being length rounded up to 16; the mask has a byte for each.
  void (*attention)(const float* qkv, std::size_t length, std::size_t heads, DropMask mask,
                    float* weights, float* scratch, float* out);
  // `qkv_slope` gets that of `qkv`.
  void (*attention_slope)(const float* qkv, const float* weights, std::size_t length,
                          std::size_t heads, DropMask mask, const float* out_slope, float* scratch,
                          float* qkv_slope);

  void (*adam)(float* values, const float* slopes, float* means, float* squares, std::size_t count,
               const AdamStep& step);
  double (*squares)(const float* x, std::size_t count);  // their sum
  // Each float's nearest half (nlp/matrix.h), of two the even one.
  void (*halve)(const float* x, std::size_t count, std::uint16_t* out);
};

// Numbers of scratch that both attentions need for a text.
std::size_t attention_learn_scratch(std::size_t length);

const LearnLoops& learn_loops();
const LearnLoops& plain_learn_loops();  // runs everywhere; for tests

}  // namespace plumbline
