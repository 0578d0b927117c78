// The loops behind nlp/kernels.h, included once per set of instructions: the same lines, compiled
// for other machines. Everything is in an unnamed namespace; the including file offers the table.
#include "nlp/lanes.h"

namespace plumbline {
namespace {

void to_bytes(const float* x, std::size_t rows, std::size_t width, std::uint8_t* out,
              RowScale* scales) {
  for (std::size_t row = 0; row < rows; ++row, x += width, out += width) {
    Lane low = load(x), high = low;
    for (std::size_t i = kLane; i < width; i += kLane) {
      const Lane v = load(x + i);
      low = smaller(low, v);
      high = larger(high, v);
    }
    const float least_one = least(low) < 0 ? least(low) : 0.0F;
    const float greatest_one = greatest(high) > 0 ? greatest(high) : 0.0F;
    const float range = greatest_one - least_one;
    const float scale = range > 0 ? range / 255.0F : 1.0F;
    const auto zero = static_cast<std::int32_t>(-least_one / scale + 0.5F);
    scales[row] = {scale, zero};
    const float turned = 1.0F / scale;
    const Lane shift = all(static_cast<float>(zero) + 0.5F);
    for (std::size_t i = 0; i < width; i += kLane) {
      Lane v = load(x + i) * turned + shift;
      v = larger(smaller(v, all(255.0F)), all(0.0F));
      const WholeLane whole = __builtin_convertvector(v, WholeLane);
      const ByteLane bytes = __builtin_convertvector(whole, ByteLane);
      __builtin_memcpy(out + i, &bytes, sizeof bytes);
    }
  }
}

void from_sums(const std::int32_t* sums, std::size_t rows, const RowScale* scales,
               const ByteWeights& weights, float* out) {
  const std::size_t width = weights.columns;
  for (std::size_t row = 0; row < rows; ++row, sums += width, out += width) {
    const std::int32_t zero = scales[row].zero;
    const Lane scale = all(scales[row].scale);
    for (std::size_t i = 0; i < width; i += kLane) {
      WholeLane s, w;
      __builtin_memcpy(&s, sums + i, sizeof s);
      __builtin_memcpy(&w, weights.sums + i, sizeof w);
      const Lane v = __builtin_convertvector(s - w * zero, Lane);
      save(out + i, v * (scale * load(weights.scales + i)) + load(weights.bias + i));
    }
  }
}

void gelu(float* x, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kLane) {
    const Lane v = load(x + i);
    save(x + i, v * 0.5F * (1.0F + error_function(v)));
  }
}

void add_and_norm(float* x, const float* added, std::size_t rows, std::size_t width,
                  const float* gain, const float* shift) {
  for (std::size_t row = 0; row < rows; ++row, x += width) {
    Lane total = {};
    for (std::size_t i = 0; i < width; i += kLane) {
      Lane v = load(x + i);
      if (added != nullptr) v += load(added + row * width + i);
      save(x + i, v);
      total += v;
    }
    const float mean = sum(total) / static_cast<float>(width);
    Lane squares = {};
    for (std::size_t i = 0; i < width; i += kLane) {
      const Lane v = load(x + i) - mean;
      squares += v * v;
    }
    const float turned = 1.0F / __builtin_sqrtf(sum(squares) / static_cast<float>(width) + 1e-12F);
    for (std::size_t i = 0; i < width; i += kLane)
      save(x + i, (load(x + i) - mean) * turned * load(gain + i) + load(shift + i));
  }
}

// `count` queries from `q` on: their weights over all keys, then the weighted values.
template <std::size_t count>
PLUMBLINE_INLINE void attend(const float* q, const float* values, std::size_t width,
                             std::size_t length, std::size_t padded, float* scratch, float* out) {
  float* const scores = scratch + kHeadWidth * padded;  // behind the keys, turned over
  products_of<count>(q, 3 * width, scratch, padded, kHeadRoot, scores);
  float turned[count];
  for (std::size_t i = 0; i < count; ++i)
    turned[i] = weigh_unscaled(scores + i * padded, length, padded);
  Lane first[count] = {}, second[count] = {};
  for (std::size_t j = 0; j < length; ++j) {
    const Lane low = load(values + j * 3 * width), high = load(values + j * 3 * width + kLane);
    for (std::size_t i = 0; i < count; ++i) {
      first[i] += low * scores[i * padded + j];
      second[i] += high * scores[i * padded + j];
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    save(out + i * width, first[i] * turned[i]);
    save(out + i * width + kLane, second[i] * turned[i]);
  }
}

void attention(const float* qkv, std::size_t length, std::size_t heads, float* scratch,
               float* out) {
  const std::size_t width = heads * kHeadWidth, padded = padded_length(length);
  for (std::size_t head = 0; head < heads; ++head) {
    const float* const q = qkv + head * kHeadWidth;
    float* const to = out + head * kHeadWidth;
    turn_over(q + width, 3 * width, length, padded, scratch);
    std::size_t i = 0;
    for (; i + kQueriesAtOnce <= length; i += kQueriesAtOnce)
      attend<kQueriesAtOnce>(q + i * 3 * width, q + 2 * width, width, length, padded, scratch,
                             to + i * width);
    for (; i < length; ++i)
      attend<1>(q + i * 3 * width, q + 2 * width, width, length, padded, scratch, to + i * width);
  }
}

}  // namespace
}  // namespace plumbline
