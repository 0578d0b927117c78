// robots.txt as RFC 9309 wants it read: groups, rules, longest match. Pure; fetching is in
// crawler/curl_http.cpp, keeping in crawler/robots_shelf.h.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

struct RobotsRule {
  std::string line;     // as it stands in the file, for messages: "Disallow: /private"
  std::string pattern;  // percent-encoding made one; `*` is any run of bytes
  bool allow = false;
  bool to_end = false;  // ended with `$`
};

// The groups that name one user agent, merged.
struct RobotsGroup {
  std::vector<RobotsRule> rules;  // longest pattern first, of two alike the allowing one
  double crawl_delay = 0;         // seconds; 0: not given. Not part of the RFC
};

struct Robots {
  std::map<std::string, RobotsGroup, std::less<>> groups;  // by product token, lower case, or "*"
};

struct RobotsVerdict {
  bool allowed = true;
  std::string rule;  // the line that decided; empty if none did
};

// Reads the first MiB (the RFC asks for 500 KiB at least); a line cut there is dropped. Never
// fails: what is not a rule is passed over.
Robots parse_robots(std::string_view body);

// The group for a user agent: "Plumbline/0.1 (+https://…)" looks for "plumbline", then for "*".
// Null: no rules apply.
const RobotsGroup* group_for(const Robots& robots, std::string_view agent);

// `path` with its query, as in the address; /robots.txt itself is always allowed. Linear in the
// rules that are longer than the one that matches.
RobotsVerdict verdict(const Robots& robots, std::string_view agent, std::string_view path);
bool allowed(const Robots& robots, std::string_view agent, std::string_view path);

// "plumbline" of "Plumbline/0.1 (…)", lower case. Digits count too, as in "MJ12bot".
std::string product_token(std::string_view agent);

}  // namespace plumbline
