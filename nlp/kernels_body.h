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

// `count` rows through 48 or 16 columns of a layer from `column` on.
template <std::size_t count, std::size_t lanes>
PLUMBLINE_INLINE void dense_block(NumberRows x, const DenseLayer& layer, std::size_t column,
                                  RowsOut out) {
  Lane v[count][lanes];
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t l = 0; l < lanes; ++l) v[i][l] = load(layer.bias + column + l * kLane);
  const float* weights = layer.weights + column;
  for (std::size_t k = 0; k < layer.inner; ++k, weights += layer.columns) {
    Lane w[lanes];
    for (std::size_t l = 0; l < lanes; ++l) w[l] = load(weights + l * kLane);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t l = 0; l < lanes; ++l) v[i][l] += w[l] * x.at[i * x.apart + k];
  }
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t l = 0; l < lanes; ++l)
      save(out.at + i * out.apart + column + l * kLane,
           layer.bend ? larger(v[i][l], all(0.0F)) : v[i][l]);
}

template <std::size_t count>
PLUMBLINE_INLINE void dense_rows(NumberRows x, const DenseLayer& layer, RowsOut out) {
  std::size_t column = 0;
  for (; column + 3 * kLane <= layer.columns; column += 3 * kLane)
    dense_block<count, 3>(x, layer, column, out);
  for (; column < layer.columns; column += kLane) dense_block<count, 1>(x, layer, column, out);
}

void dense(NumberRows x, DenseLayer layer, RowsOut out) {
  constexpr std::size_t kRows = 6;
  std::size_t row = 0;
  for (; row + kRows <= x.count; row += kRows)
    dense_rows<kRows>({x.at + row * x.apart, x.apart, kRows}, layer,
                      {out.at + row * out.apart, out.apart});
  for (; row < x.count; ++row)
    dense_rows<1>({x.at + row * x.apart, x.apart, 1}, layer, {out.at + row * out.apart, out.apart});
}

void add_bytes(const std::int8_t* const* rows, std::size_t count, float step, float* out,
               std::size_t width) {
  for (std::size_t i = 0; i < width; i += kLane) {
    WholeLane sum = {};
    for (std::size_t row = 0; row < count; ++row) {
      SmallLane bytes;
      __builtin_memcpy(&bytes, rows[row] + i, sizeof bytes);
      sum += __builtin_convertvector(bytes, WholeLane);
    }
    save(out + i, __builtin_convertvector(sum, Lane) * step);
  }
}

void sum_up(NumberRows x, std::size_t width, float* out) {
  const float part = 1.0F / static_cast<float>(x.count);
  for (std::size_t i = 0; i < width; i += kLane) {
    Lane most = load(x.at + i), total = most;
    for (std::size_t row = 1; row < x.count; ++row) {
      const Lane v = load(x.at + row * x.apart + i);
      most = larger(most, v);
      total += v;
    }
    save(out + i, most);
    save(out + width + i, total * part);
  }
}

void add(float* x, const float* added, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kLane) save(x + i, load(x + i) + load(added + i));
}

void to_shares(float* x, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kLane)
    save(x + i, 1.0F / (1.0F + exponential(-load(x + i))));
}

}  // namespace
}  // namespace plumbline
