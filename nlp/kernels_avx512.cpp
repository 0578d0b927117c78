// nlp/kernels_body.h for machines with AVX512.
#include <cstddef>
#include <cstdint>

#include "nlp/kernels.h"
#include "nlp/kernels_tables.h"

#if defined(__x86_64__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), \
                             apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,fma")
#endif

#include "nlp/kernels_body.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

namespace plumbline {
const Kernels* avx512_kernels() {
  static const Kernels table = {"avx512", to_bytes, from_sums, gelu, add_and_norm, attention};
  return &table;
}
}  // namespace plumbline
#else
namespace plumbline {
const Kernels* avx512_kernels() { return nullptr; }
}  // namespace plumbline
#endif
