// The tables of learned models in memory: rows of sixteen bytes, so that each is one load.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace plumbline {

using ModelRow = std::array<std::int8_t, 16>;

// Memory in pages of 2 MB where the system has them: rows are read all over a table, and each small
// page would be looked up anew. Less than one such page is taken as usual.
void* take_large_pages(std::size_t bytes);  // throws std::bad_alloc
void give_large_pages(void* memory);

template <class T>
struct LargePages {
  using value_type = T;
  T* allocate(std::size_t count) { return static_cast<T*>(take_large_pages(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t) { give_large_pages(memory); }
  bool operator==(const LargePages&) const { return true; }
};

template <class T>
using LargeTable = std::vector<T, LargePages<T>>;
using ModelRows = LargeTable<ModelRow>;

// Asks memory for a row that is summed a little later, so that the sum need not wait for it;
// nothing where `rows` is nullptr.
inline void ask_for_row(const ModelRow* rows, std::uint32_t row) {
  if (rows != nullptr) __builtin_prefetch(rows + row);
}

}  // namespace plumbline
