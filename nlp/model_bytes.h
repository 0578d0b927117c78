// Numbers in the bytes of a model file: little-endian, floats as their bits.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace plumbline {

inline void put_u32(std::string& out, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xFF);
}
inline void put_u64(std::string& out, std::uint64_t value) {
  put_u32(out, static_cast<std::uint32_t>(value));
  put_u32(out, static_cast<std::uint32_t>(value >> 32));
}
inline void put_float(std::string& out, float value) {
  put_u32(out, std::bit_cast<std::uint32_t>(value));
}

// What is wrong with the frame of a model file, `magic` before and the XXH3 of all before it after;
// empty: nothing, and `body` is what lies between.
std::string frame_fault(std::string_view bytes, std::string_view magic, std::string_view& body);

// Reads numbers one after the other; zeros behind the end, which `good` then tells.
class ModelBytes {
 public:
  explicit ModelBytes(std::string_view bytes) : bytes_(bytes) {}

  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) {
      good_ = false;
      return {};
    }
    const std::string_view out = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return out;
  }
  std::uint32_t u32() {
    std::uint32_t value = 0;
    const std::string_view four = take(4);
    for (std::size_t i = 0; i < four.size(); ++i)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(four[i])) << (8 * i);
    return value;
  }
  // One that is not finite is not good.
  float number() {
    const auto value = std::bit_cast<float>(u32());
    if (!std::isfinite(value)) good_ = false;
    return value;
  }
  bool good() const { return good_; }
  std::size_t left() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

}  // namespace plumbline
