#include "nlp/learn/loops.h"

#include <string_view>

#include "nlp/kernels.h"
#include "nlp/learn/loops_body.h"
#include "nlp/learn/loops_tables.h"

namespace plumbline {
namespace {

const LearnLoops* best() {
  const std::string_view name = kernels().name;
  if (name == "avx512") return avx512_learn_loops();
  if (name == "avx2") return avx2_learn_loops();
  return &plain_learn_loops();
}

}  // namespace

std::size_t attention_learn_scratch(std::size_t length) {
  return (kHeadWidth + 2) * padded_length(length);
}

const LearnLoops& plain_learn_loops() {
  static const LearnLoops table = table_named("plain");
  return table;
}

const LearnLoops& learn_loops() {
  static const LearnLoops* const chosen = best();
  return *chosen;
}

}  // namespace plumbline
