// A search tree as SQL: what is words becomes one expression of the full-text index, what is fields
// becomes conditions on the mention.
#pragma once

#include <cstdint>
#include <vector>

#include "model/search.h"
#include "store/reading.h"

namespace plumbline {

// Rows that match, newest first by the moment of publication (undated last), at most `limit`.
// A word without letters or digits (an emoji, a sign) is looked for byte by byte in title and text.
// before: and after: count days of the zone; after includes its day, before leaves it out. parent
// is exact; author holds in handle or name, place and topic label hold, folded; a topic may also be
// its number; the other fields are equal, letter case aside.
Result<std::vector<std::int64_t>> search_rows(const ReaderGround& ground, const SearchNode& query,
                                              int limit);
Result<std::int64_t> count_rows(const ReaderGround& ground, const SearchNode& query);

}  // namespace plumbline
