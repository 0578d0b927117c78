// The sites that can be asked whether a name exists there: data/sites/sites.json, read and checked.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/name_pattern.h"

namespace plumbline {

// One thing that a reply must say. `expected` and `texts` may hold {name}, {local} (before the @)
// and {host} (after it).
struct ProbeCheck {
  enum class Kind {
    is,       // a value at `at` is `expected`, case aside unless `exact`
    holds,    // a value at `at` holds `expected`
    filled,   // a value at `at` is there and not empty
    empty,    // in JSON no such value, or null, "" or []
    number,   // a value at `at` is a number
    text,     // one of `texts` stands in the body
    no_text,  // none of `texts` stands in the body
  };
  Kind kind = Kind::is;
  std::string at;  // JSON pointer, "." for the whole; a part * stands for every element or member
  std::string expected;
  std::vector<std::string> texts;
  bool exact = false;
};

struct ProbeRule {
  std::vector<int> statuses;
  std::vector<ProbeCheck> checks;  // all of them
  std::string redirect;            // not empty: the reply leads to an address that ends so
};

// Where a profile states something about its owner.
struct ProbeFactRule {
  std::string kind;      // name, text, link, place, work, account, since
  std::string at;        // JSON pointer, maybe with *; or for pages the text before the value
  std::string until;     // for pages: the text behind it
  std::string label;     // below `at`: what the owner calls it
  std::string value;     // below `at`: the value, where that is an object
  std::string verified;  // below `at`: filled if the site itself checked it
  bool checked = false;  // the site checks all of these
};

struct ProbeSite {
  std::string name;  // one lower-case word
  std::string title;
  std::string category;
  std::string documentation;
  std::string note;     // what to know of it, in a sentence; may be empty
  std::string names;    // as written
  std::string claimed;  // a name that is known to exist at the site's own host
  std::string url;      // base address; may hold {name} or {host}; empty: given by the user
  std::string path;
  std::string profile;  // the address of the profile for people
  std::vector<std::pair<std::string, std::string>> headers;
  std::string key_header;  // where a key goes, for sites that give nothing without one
  std::string completed;   // what is added to names without a dot
  std::string check_digit;
  std::vector<std::string> never;  // what no name holds
  bool hosts = false;              // name@host asks that host
  bool needs_host = false;         // only name@host is a name here
  bool email = false;              // asked for an e-mail address, by its hash
  bool registry = false;           // only where the user gives a host
  bool page = false;               // no API: robots.txt is asked first
  bool json = true;                // the replies that say something are JSON
  double per_second = 2;
  std::string several;  // JSON pointer to a list: more than one there are several accounts
  std::string actor;    // JSON pointer to links, one of which leads to an ActivityPub actor
  std::vector<ProbeFactRule> actor_facts;  // what that one states
  ProbeRule exists;
  std::vector<ProbeRule> missing;  // any of them
  std::vector<ProbeFactRule> facts;

  NamePattern pattern, decoys;
};

// A sign that something else answered in place of the site: all that is set must hold.
struct ChallengeSign {
  std::string says;                // "Cloudflare's check for browsers"
  int status = 0;                  // 0: any
  std::string header;              // cf-mitigated, x-amzn-waf-action or server
  std::string value;               // what that header holds; empty: it is there
  std::vector<std::string> texts;  // any of them in the body
  bool html_only = false;
};

struct ProbeSites {
  std::vector<ProbeSite> sites;
  std::vector<ChallengeSign> challenges;
  std::vector<std::string> first_names, last_names;  // of people who do not exist

  const ProbeSite* find(std::string_view name) const;  // null if there is none
};

// Unknown keys, absent ones, patterns that cannot be read and claimed names that do not fit are
// errors of code invalid that name the site.
Result<ProbeSites> read_probe_sites(std::string_view json);
// The file that is built into the program.
Result<ProbeSites> built_in_probe_sites();

}  // namespace plumbline
