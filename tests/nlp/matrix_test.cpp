#include "nlp/matrix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace plumbline {
namespace {

// Whole numbers, the same on every machine, however large the bytes.
TEST(PackedBytes, SumsAreExact) {
  const struct {
    std::size_t rows, columns, inner;
    int least, most;  // of the first factor
  } cases[] = {{1, 16, 64, 255, 255},
               {7, 24, 384, 0, 255},
               {16, 8, 1536, 200, 255},
               {3, 5, 10, 0, 127},
               {1, 1, 1, 0, 255}};
  std::mt19937 random(3);
  for (const auto& c : cases) {
    std::vector<std::uint8_t> a(c.rows * c.inner);
    std::vector<std::int8_t> b(c.columns * c.inner);
    std::uniform_int_distribution<int> of_a(c.least, c.most), of_b(-127, 127);
    for (auto& value : a) value = static_cast<std::uint8_t>(of_a(random));
    for (auto& value : b) value = static_cast<std::int8_t>(of_b(random));
    std::fill_n(b.begin(), c.inner, std::int8_t{127});
    std::vector<std::int32_t> out(c.rows * c.columns), expected(out.size());
    PackedBytes(b.data(), c.columns, c.inner).multiply(a.data(), c.rows, out.data());
    for (std::size_t r = 0; r < c.rows; ++r)
      for (std::size_t k = 0; k < c.columns; ++k)
        for (std::size_t i = 0; i < c.inner; ++i)
          expected[r * c.columns + k] += a[r * c.inner + i] * b[k * c.inner + i];
    EXPECT_EQ(out, expected) << c.rows << "x" << c.columns << "x" << c.inner;
  }
}

}  // namespace
}  // namespace plumbline
