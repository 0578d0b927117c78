// What a brief does not know, said aloud, and what in it deserves doubt.
#pragma once

#include <string>
#include <vector>

#include "sales/concerns.h"
#include "sales/lead.h"

namespace plumbline {

// Money themes without evidence come first and start with kMoneyGap; the count of withheld
// sentences ends with kWithheldGap. Both are shown in their own section of the page.
inline constexpr std::string_view kMoneyGap = "Money: no evidence on ";
inline constexpr std::string_view kWithheldGap = "withheld (special category)";

std::vector<std::string> find_gaps(const BriefInput& input, const Material& material,
                                   const Concerns& concerns);
std::vector<std::string> find_doubts(const BriefInput& input, const Material& material,
                                     const PostingPattern& pattern);

}  // namespace plumbline
