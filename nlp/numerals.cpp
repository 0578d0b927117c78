#include "nlp/numerals.h"

#include <algorithm>
#include <array>
#include <span>

namespace plumbline {
namespace {

constexpr std::size_t kMostCharacters = 16;
constexpr std::int64_t kMyriad = 10'000;  // from here on a factor closes what stands before it

std::uint32_t key_of(std::string_view character) {
  std::uint32_t key = 0;
  for (std::size_t i = 0; i < Numerals::kBytes; ++i)
    key = key << 8 | static_cast<unsigned char>(character[i]);
  return key;
}

std::int64_t by_place(std::span<const std::int64_t> digits) {
  std::int64_t value = 0;
  for (const std::int64_t digit : digits) value = value * 10 + digit;
  return value;
}

// Digits and factors in turn: 二 千 三 百 五 十.
class Sum {
 public:
  explicit Sum(bool is_short) : short_(is_short) {}

  // False: what was taken before and this are several numbers, or none.
  bool take(std::int64_t worth) {
    if (worth >= kMyriad) return close(worth);
    if (worth >= 10) return multiply(worth);
    if (digit_ > 0) return false;
    digit_ = worth;
    after_zero_ = after_zero_ || worth == 0;
    return true;
  }

  std::int64_t value() const {
    const bool tenth = short_ && factor_ >= 100 && !after_zero_;
    return total_ + section_ + digit_ * (tenth ? factor_ / 10 : 1);
  }

 private:
  bool multiply(std::int64_t worth) {
    if (digit_ == 0 && worth != 10 && short_) return false;
    section_ += std::max<std::int64_t>(digit_, 1) * worth;
    return next(worth);
  }

  bool close(std::int64_t worth) {
    section_ += digit_;
    if (worth > closed_) {
      if (total_ + section_ == 0 && short_) return false;
      total_ = std::max<std::int64_t>(total_ + section_, 1) * worth;
    } else {
      if (section_ == 0) return false;
      total_ += section_ * worth;
    }
    section_ = 0;
    closed_ = worth;
    return next(worth);
  }

  bool next(std::int64_t worth) {
    digit_ = 0;
    factor_ = worth;
    after_zero_ = false;
    return total_ < std::int64_t{1} << 50;
  }

  const bool short_;
  std::int64_t total_ = 0, section_ = 0, closed_ = 0;
  std::int64_t digit_ = 0, factor_ = 1;
  bool after_zero_ = false;
};

}  // namespace

void Numerals::add(std::string_view character, double worth) {
  const bool known = worth >= 0 && worth <= 1e12 && worth != 1e12;
  if (character.size() == Numerals::kBytes && known)
    worth_[key_of(character)] = static_cast<std::int64_t>(worth);
}

std::int64_t Numerals::worth_at(std::string_view text) const {
  if (text.size() < Numerals::kBytes) return -1;
  const auto found = worth_.find(key_of(text));
  return found == worth_.end() ? -1 : found->second;
}

bool Numerals::read(std::string_view text, std::uint64_t& value, std::size_t& length) const {
  std::array<std::int64_t, kMostCharacters> worths{};
  std::size_t count = 0;
  for (; count < kMostCharacters; ++count) {
    worths[count] = worth_at(text.substr(std::min(count * Numerals::kBytes, text.size())));
    if (worths[count] < 0) break;
  }
  length = count * Numerals::kBytes;
  const std::span<const std::int64_t> all(worths.data(), count);
  if (std::ranges::all_of(all, [](std::int64_t worth) { return worth < 10; })) {
    value = static_cast<std::uint64_t>(by_place(all));
    return value > 0;
  }
  Sum sum(short_);
  for (const std::int64_t worth : all)
    if (!sum.take(worth)) return false;
  value = static_cast<std::uint64_t>(sum.value());
  return true;
}

}  // namespace plumbline
