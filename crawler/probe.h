// Does a name exist at a site? What to ask, and what the answer means. Pure: no network, no clock.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crawler/http.h"
#include "crawler/probe_site.h"

namespace plumbline {

enum class ProbeState {
  found,         // the reply says what only an account says, and nothing that a missing one says
  missing,       // the reply says what the site says of names that nobody has
  blocked,       // something stood between: a challenge, a log-in, a limit, robots.txt, the guard
  unknown,       // an answer that is neither, or none
  illegal_name,  // the site allows no such name, so it was not asked
};
std::string_view state_word(ProbeState state);  // "illegal name"

// A name as one site is asked for it.
struct ProbeName {
  std::string whole;  // "ada@social.example", "ada.bsky.social"; the hash for an address of mail
  std::string local;  // before the @; else the same as `whole`
  std::string host;   // after it; may be empty
};

// What a profile states about its owner, in the owner's or the site's words.
struct ProfileFact {
  std::string kind;   // as in ProbeFactRule
  std::string label;  // "Website"; may be empty
  std::string value;
  std::string where;      // JSON pointer, or what it stands behind
  bool verified = false;  // the site says that it checked
};

struct ProbeVerdict {
  ProbeState state = ProbeState::unknown;
  std::string reason;  // one sentence
  int status = 0;      // of the reply; 0: none came
  std::string quote;   // what in the reply decided
  std::string where;   // and where it stands
  std::vector<ProfileFact> facts;
  std::string actor;  // found by WebFinger: where the account itself is described
};

// An error of code invalid, with the rule that is broken, for a name that the site does not allow.
Result<ProbeName> name_at(const ProbeSite& site, std::string_view name);

// `base` in place of the site's own address where it is not empty; it may hold {name} and {host}.
Request plan_probe(const ProbeSite& site, const ProbeName& name, std::string_view base = {},
                   std::string_view key = {});
std::string profile_address(const ProbeSite& site, const ProbeName& name);

ProbeVerdict judge(const ProbeSites& sites, const ProbeSite& site, const ProbeName& name,
                   const HttpReply& reply);
ProbeVerdict judge_failure(const Error& error);  // no reply came, or none was asked for

// The second step of WebFinger. Nothing if the body is not that account's.
std::vector<ProfileFact> actor_facts(const ProbeSite& site, const ProbeName& name,
                                     std::string_view body);

// What one of the signs says of this reply; empty: the site itself answered.
std::string challenge_in(const ProbeSites& sites, const HttpReply& reply);

// Host names as they may stand behind an @: letters, digits, dots and hyphens, maybe with a port.
bool is_host_name(std::string_view host);

}  // namespace plumbline
