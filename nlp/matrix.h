// Products of matrices, by oneDNN, which picks the best instructions of the machine at run time.
// All matrices lie row by row.
// A product runs on the thread that asks for it: our workers share the work among themselves.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace plumbline {

struct ProductSize {
  std::size_t rows = 0, columns = 0, inner = 0;
  auto operator<=>(const ProductSize&) const = default;
};

// b[columns, inner] of many products, laid out once as this machine wants it.
class PackedBytes {
 public:
  PackedBytes();  // of nothing
  PackedBytes(const std::int8_t* b, std::size_t columns, std::size_t inner);
  ~PackedBytes();
  PackedBytes(PackedBytes&&) noexcept;
  PackedBytes& operator=(PackedBytes&&) noexcept;

  // out[rows, columns] = a[rows, inner] * b turned over. Sums are whole numbers, so every machine
  // gets the same ones; `inner` is at most 65,536. Any number of threads may ask.
  void multiply(const std::uint8_t* a, std::size_t rows, std::int32_t* out) const;
  // The same as the machine does it: one without instructions for it gets sums of bytes above 127
  // wrong. multiply() sees to that.
  void multiply_as_is(const std::uint8_t* a, std::size_t rows, std::int32_t* out) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

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
