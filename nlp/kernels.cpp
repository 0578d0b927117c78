#include "nlp/kernels.h"

#include "nlp/kernels_body.h"
#include "nlp/kernels_tables.h"

namespace plumbline {
namespace {

const Kernels* best() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return avx512_kernels();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2_kernels();
#endif
  return &plain_kernels();
}

}  // namespace

std::size_t attention_scratch(std::size_t length) {
  return (kHeadWidth + kQueriesAtOnce) * padded_length(length);
}

const Kernels& plain_kernels() {
  static const Kernels table = {"plain", to_bytes, from_sums, gelu, add_and_norm, attention};
  return table;
}

const Kernels& kernels() {
  static const Kernels* const chosen = best();
  return *chosen;
}

}  // namespace plumbline
