#include "nlp/model_rows.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace plumbline {

void* take_large_pages(std::size_t bytes) {
  constexpr std::size_t kLargePage = std::size_t{2} << 20;
  const bool large = bytes >= kLargePage;
  const std::size_t whole = (bytes + kLargePage - 1) / kLargePage * kLargePage;
  void* const memory = large ? std::aligned_alloc(kLargePage, whole) : std::malloc(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  if (large) madvise(memory, whole, MADV_HUGEPAGE);  // a wish: small pages do as well
  return memory;
}

void give_large_pages(void* memory) { std::free(memory); }

}  // namespace plumbline
