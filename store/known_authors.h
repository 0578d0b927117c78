// The accounts met last, so that most mentions find the number of theirs without asking the file.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/document.h"

namespace plumbline {

// By 128 bits of source and native id. Holds at most 131,072 accounts (5 MB); a newer one takes the
// place of an older one.
class KnownAuthors {
 public:
  struct Key {
    std::uint64_t low = 0, high = 0;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(key.low); }
  };
  static Key key_of(std::string_view source, std::string_view native);

  // The number of the account if it was last seen under just this handle and name, so that the file
  // has nothing to learn; else 0.
  std::int64_t find(const Key& key, const Author& author) const;
  void keep(const Key& key, const Author& author, std::int64_t number);
  void drop_cached();  // after a rollback, or when an account is gone

 private:
  static constexpr std::size_t kPlaces = std::size_t{1} << 17;
  struct Place {
    Key key;
    std::uint64_t names = 0;
    std::int64_t number = 0;  // 0: free
  };
  std::vector<Place> places_;  // made when first used
};

}  // namespace plumbline
