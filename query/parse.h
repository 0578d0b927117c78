// Reads Plumbline's own search language.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/search.h"

namespace plumbline {

// words "a phrase" prefix* AND OR NOT -word ( ) field:value field:"two words" rating:>=4
// after:2026-01-01. Words side by side mean AND; NOT binds tighter than AND, AND tighter than OR.
// Lower-case and/or/not are words. An unknown field is an error with a "did you mean"; so are an
// unclosed quote or bracket and a query of only NOT, each naming the column (from 1).
Result<SearchNode> parse_search(std::string_view query);
std::string print_search(const SearchNode& node);  // parses back to the same tree

}  // namespace plumbline
