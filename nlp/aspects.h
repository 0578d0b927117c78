// Terms that a tier found become aspects beside those of fixed names.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace plumbline {

struct FoundTerm {
  Span span;
  Sentiment mood;
};

// A term gives its mood to the aspects of fixed names that it overlaps; any other becomes an aspect
// named by its words in small letters, without articles and the like at either end. Aspects come
// out by begin.
void add_terms(std::string_view text, std::span<const FoundTerm> terms,
               std::vector<AspectFinding>& aspects);

// Whether it is one of fixed name (model/analysis.h), not named by a term.
bool has_fixed_name(const AspectFinding& aspect);

// Takes away what `add_terms` added: every aspect without a fixed name (model/analysis.h).
void drop_terms(std::vector<AspectFinding>& aspects);

}  // namespace plumbline
