// Where a name exists in public, by official endpoints only, with each site tested by decoys in the
// same run. A name that is found is not yet the same person: nothing is merged here, nothing kept.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/progress.h"
#include "crawler/http.h"
#include "crawler/probe.h"

namespace plumbline {

struct FootprintWish {
  std::vector<std::string> names;  // of one person
  std::vector<std::string> sites;  // only these; empty: all that need nothing more than a name
  bool all = false;                // also say which sites were not asked, and why
  std::vector<std::string> pages;  // the person's own
  std::string email;               // given by the person
  std::map<std::string, std::string> registries;  // site to host, as --registry says it
  std::uint64_t seed = 0;                         // of the decoys
};

struct DecoyAnswer {
  std::string kind;  // claimed, random, lookalike
  std::string name;  // empty: no account of that host is known
  ProbeState state = ProbeState::unknown;
  std::string reason;
};

struct SiteAnswer {
  std::string site, title;
  std::string name;     // as it was asked for
  std::string address;  // what was asked; empty: nothing was
  std::string profile;  // the page for people
  Seconds fetched_at = kNoTime;
  ProbeVerdict verdict;
  bool set_aside = false;  // the site answered a decoy wrongly
  std::string hash;        // of the reply's bytes
  std::vector<DecoyAnswer> decoys;
};

struct PageAnswer {
  std::string url;      // as given
  std::string address;  // after redirects
  Seconds fetched_at = kNoTime;
  ProbeVerdict verdict;
  std::string hash;
};

// One address that states another. Both ways is proof that one owner holds both.
struct AddressTie {
  std::string from, to;
  bool both_ways = false;
};

struct Footprint {
  std::vector<SiteAnswer> answers;  // by site, then in the order of the names
  std::vector<PageAnswer> pages;
  std::vector<AddressTie> ties;
  int set_aside = 0;  // sites
  int not_sure = 0;   // answers and pages that were asked for and are blocked or unknown
};

// Errors: invalid for a site or registry that does not exist and where nothing is asked for; denied
// for a site asked for by name whose key is missing.
Result<Footprint> find_footprint(const Config& config, Http& http, const ProbeSites& sites,
                                 const FootprintWish& wish, Progress& progress);

}  // namespace plumbline
