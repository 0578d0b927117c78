// Products of matrices, by oneDNN, which picks the best instructions of the machine at run time.
// All matrices lie row by row.
// A product runs on the thread that asks for it: our workers share the work among themselves.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plumbline {

struct ProductSize {
  std::size_t rows = 0, columns = 0, inner = 0;
};

// out[rows, columns] = a[rows, inner] * b[columns, inner] turned over. Sums are whole numbers, so
// every machine gets the same ones; `inner` is at most 65,536.
void multiply_bytes(const std::uint8_t* a, const std::int8_t* b, std::int32_t* out,
                    ProductSize size);

// How a factor of multiply() is read.
enum class Turned : bool { no, yes };

// out[rows, columns] = a * b, or out + a * b where `add`. `a` is [rows, inner], or [inner, rows]
// read turned; `b` is [inner, columns], or [columns, inner] read turned.
void multiply(const float* a, Turned turn_a, const float* b, Turned turn_b, float* out,
              ProductSize size, bool add = false);

// The upper half of a float (bfloat16), as nlp/learn/loops.h rounds it.
using Half = std::uint16_t;

// Whether this machine multiplies halves faster than floats.
bool has_fast_halves();

// multiply() of factors given as halves. Sums are floats.
void multiply_halves(const Half* a, Turned turn_a, const Half* b, Turned turn_b, float* out,
                     ProductSize size, bool add = false);

}  // namespace plumbline
