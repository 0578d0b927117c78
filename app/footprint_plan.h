// Which sites a footprint asks, for which names, and where.
#pragma once

#include <string>
#include <vector>

#include "app/footprint.h"

namespace plumbline {

// One site at one host.
struct SiteJob {
  const ProbeSite* site = nullptr;
  std::string host;   // behind the @ of the names; empty: the site's own
  std::string base;   // in place of the site's address; empty: that
  std::string place;  // host and port that is asked: two jobs of one place never ask at once
  std::string key;
  double per_second = 2;
  bool asks = false;                // false: no answer of it needs a question
  std::vector<SiteAnswer> answers;  // with name and profile; those not asked are judged already
};

// Errors as find_footprint.
Result<std::vector<SiteJob>> plan_footprint(const Config& config, const ProbeSites& sites,
                                            const FootprintWish& wish);

}  // namespace plumbline
