// Dates of unspaced writing: "2026年3月5日", "3月5号", "去年の3月", "来月5日".
#pragma once

#include <cstddef>
#include <string_view>

#include "nlp/calendar.h"
#include "nlp/entity_words.h"

namespace plumbline {

struct UnspacedDate {
  std::size_t begin = 0, end = 0;  // bytes
  Days days;
  bool relative = false;
};

// The date whose first ASCII digit stands at `at`; false without one. A day without a month counts
// only behind a word for the month, and what stands behind a number says what it is ("dated" of
// entities.txt). Days are counted from `today`.
bool read_unspaced_date(std::string_view text, std::size_t at, const EntityLanguage& language,
                        Day today, UnspacedDate& out);

}  // namespace plumbline
