// Texts that come again and again - reposts, templates, the same file read twice - are analysed
// once.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

#include "model/analysis.h"
#include "model/document.h"

namespace plumbline {

// What was found in the last texts, by 128 bits of text, title and language. Holds at most 16,384
// texts (some 15 MB); a newer one takes the place of an older one. Safe from many threads. One
// instance serves one analyzer: what it finds must depend on nothing else.
class Repeats {
 public:
  struct Found {
    Fingerprint fingerprint;
    Analysis analysis;
  };
  struct Key {
    std::uint64_t low = 0, high = 0;
    friend bool operator==(const Key&, const Key&) = default;
  };
  static Key key_of(const Document& document);  // a normalized one

  bool find(const Key& key, Found& found);
  void keep(const Key& key, const Found& found);

 private:
  static constexpr std::size_t kShelves = 16, kPlaces = 1024;
  struct Place {
    Key key;
    Found found;
  };
  struct Shelf {
    std::mutex mutex;
    std::vector<Place> places;  // made when first used
  };
  std::array<Shelf, kShelves> shelves_;
};

}  // namespace plumbline
