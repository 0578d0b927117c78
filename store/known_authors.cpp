#include "store/known_authors.h"

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::uint64_t kOtherSeed = 0x9E3779B97F4A7C15u;

std::uint64_t hash_of(std::string_view first, std::string_view second, std::uint64_t seed) {
  return hash64(second, hash64(first, seed));
}

}  // namespace

KnownAuthors::Key KnownAuthors::key_of(std::string_view source, std::string_view native) {
  return {hash_of(source, native, 0), hash_of(source, native, kOtherSeed)};
}

std::int64_t KnownAuthors::find(const Key& key, const Author& author) const {
  if (places_.empty()) return 0;
  const Place& place = places_[key.low % kPlaces];
  if (place.key != key || place.names != hash_of(author.handle, author.name, 0)) return 0;
  return place.number;
}

void KnownAuthors::keep(const Key& key, const Author& author, std::int64_t number) {
  if (places_.empty()) places_.resize(kPlaces);
  places_[key.low % kPlaces] = {key, hash_of(author.handle, author.name, 0), number};
}

void KnownAuthors::drop_cached() { places_.clear(); }

}  // namespace plumbline
