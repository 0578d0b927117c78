#include "app/repeats.h"

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::uint64_t kOtherSeed = 0x9E3779B97F4A7C15u;

std::uint64_t hash_of(const Document& document, std::uint64_t seed) {
  return hash64(document.text, hash64(document.title, hash64(document.lang, seed)));
}

}  // namespace

Repeats::Key Repeats::key_of(const Document& document) {
  return {hash_of(document, 0), hash_of(document, kOtherSeed)};
}

bool Repeats::find(const Key& key, Found& found) {
  Shelf& shelf = shelves_[key.low % kShelves];
  const std::lock_guard<std::mutex> lock(shelf.mutex);
  if (shelf.places.empty()) return false;
  const Place& place = shelf.places[key.high % kPlaces];
  if (place.key != key) return false;
  found = place.found;
  return true;
}

void Repeats::keep(const Key& key, const Found& found) {
  Shelf& shelf = shelves_[key.low % kShelves];
  const std::lock_guard<std::mutex> lock(shelf.mutex);
  if (shelf.places.empty()) shelf.places.resize(kPlaces);
  shelf.places[key.high % kPlaces] = {key, found};
}

}  // namespace plumbline
