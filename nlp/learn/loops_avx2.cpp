// nlp/learn/loops_body.h for machines with AVX2.
#include <cstddef>
#include <cstdint>

#include "nlp/learn/loops.h"
#include "nlp/learn/loops_tables.h"

#if defined(__x86_64__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif

#include "nlp/learn/loops_body.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

namespace plumbline {
const LearnLoops* avx2_learn_loops() {
  static const LearnLoops table = table_named("avx2");
  return &table;
}
}  // namespace plumbline
#else
namespace plumbline {
const LearnLoops* avx2_learn_loops() { return nullptr; }
}  // namespace plumbline
#endif
