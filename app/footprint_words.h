// A footprint as people and programs read it.
#pragma once

#include <string>

#include "app/footprint.h"
#include "base/time.h"

namespace plumbline {

// Said with every footprint, in text and in JSON.
inline constexpr std::string_view kNotYetAPerson =
    "A name that is found is not yet the same person: anyone may take it. Only what two places say "
    "of each other, or the person says, joins them.";

// Safe for a terminal; lines are not broken. Times in that zone.
std::string footprint_text(const Footprint& found, const FootprintWish& wish, const Zone& zone);
std::string footprint_json(const Footprint& found, const FootprintWish& wish, Seconds now);

// The sites that can be asked: as rows for a table, and as JSON.
std::vector<std::vector<std::string>> site_rows(const ProbeSites& sites);
std::string sites_json(const ProbeSites& sites);

}  // namespace plumbline
