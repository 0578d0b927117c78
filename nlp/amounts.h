// Numbers that mean something: money in any common spelling, percentages, days written in digits.
// One pass over the digits of a text.
#pragma once

#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/entity.h"
#include "nlp/entity_words.h"
#include "nlp/prepared.h"

namespace plumbline {

struct Percentage {
  Span span;  // with its sign or word
  double value = 0;
  bool minus = false;  // "-20%"
};

// Appends money and days to `out` and percentages to `percents`, in text order. "1.299,00" and
// "1,299.00" are one number; a dot or comma before three digits parts thousands, before one or two
// it begins a fraction. Digits of any script count (nlp/digits.h). In unspaced text a unit counts
// whatever follows it. Nothing is looked at where there is no digit.
void find_amounts(const Prepared& text, const EntityLanguage& language, Seconds published,
                  std::vector<EntityFinding>& out, std::vector<Percentage>& percents);

// The word of `text` that begins at or after byte `at`, by number.
std::uint32_t word_from(const Prepared& text, std::uint32_t at);

}  // namespace plumbline
