// A table from short strings to small values, made for reading: one probe per look-up, keys kept as
// 64-bit hashes only, no allocation while looking up.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace plumbline {

// Keys are told apart by their XXH3 hash. For a million keys the chance that any two share one is
// below 1 in 10^7, and then the two merely share a value.
template <class Value>
class WordTable {
 public:
  const Value* find(std::string_view key) const {
    if (slots_.empty()) return nullptr;
    const std::uint64_t hash = mark(key);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      if (slots_[at].hash == hash) return &slots_[at].value;
      if (slots_[at].hash == 0) return nullptr;
    }
  }

  // The value of `key`, made when it is not there. Valid until the next call.
  Value& operator[](std::string_view key) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
    const std::uint64_t hash = mark(key);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      if (slots_[at].hash == hash) return slots_[at].value;
      if (slots_[at].hash != 0) continue;
      slots_[at].hash = hash;
      ++size_;
      return slots_[at].value;
    }
  }

  std::size_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;  // 0: empty
    Value value{};
  };

  static std::uint64_t mark(std::string_view key) {
    const std::uint64_t hash = hash64(key);
    return hash == 0 ? 1 : hash;
  }

  void grow() {
    std::vector<Slot> old = std::exchange(slots_, {});
    slots_.resize(old.empty() ? 64 : old.size() * 2);
    mask_ = slots_.size() - 1;
    for (Slot& slot : old) {
      if (slot.hash == 0) continue;
      std::size_t at = slot.hash & mask_;
      while (slots_[at].hash != 0) at = (at + 1) & mask_;
      slots_[at] = std::move(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0, size_ = 0;
};

}  // namespace plumbline
