// Numbers written in characters that are words ("二千", "三百五十", "二〇二六"), of a language that
// says which and how (`numerals` of entities.txt).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace plumbline {

class Numerals {
 public:
  static constexpr std::size_t kBytes = 3;  // of each character

  // A character and what it is worth: 0 to 9, or what the digit before it is
  // multiplied by. Others are passed over.
  void add(std::string_view character, double worth);
  // `is_short`: a last digit is worth a tenth of what stands before it (两千五 is 2500); otherwise
  // ones (二千五 is 2005), and a hundred or a thousand may stand without a digit (千円).
  void use(bool is_short) {
    used_ = true;
    short_ = is_short;
  }
  bool used() const { return used_ && !worth_.empty(); }
  // Whether the first character of `text` is one of them.
  bool begins(std::string_view text) const { return worth_at(text) >= 0; }

  // The whole number that `text` begins with and its bytes in `length`; false without one. What is
  // several numbers (三四百) is none.
  bool read(std::string_view text, std::uint64_t& value, std::size_t& length) const;

 private:
  // -1: the first character of `text` is none.
  std::int64_t worth_at(std::string_view text) const;

  std::unordered_map<std::uint32_t, std::int64_t> worth_;  // by the three bytes of a character
  bool used_ = false, short_ = false;
};

}  // namespace plumbline
