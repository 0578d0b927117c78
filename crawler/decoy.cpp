#include "crawler/decoy.h"

#include <string>

namespace plumbline {
namespace {

constexpr std::size_t kLength = 16;  // of random names: long enough that nobody has them

std::size_t below_number(std::size_t limit, std::mt19937_64& random) {
  return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

std::string at_host(std::string local, const std::string& host) {
  return host.empty() ? local : local + "@" + host;
}

// The last character is tried until the check digit fits.
std::string with_check_digit(const ProbeSite& site, std::string name) {
  for (const char last : std::string("0123456789X")) {
    name.back() = last;
    if (name_at(site, name)) break;
  }
  return name;
}

ProbeName hashed(std::string hash) { return {hash, hash, {}}; }

}  // namespace

std::optional<ProbeName> claimed_name(const ProbeSite& site, const std::string& host) {
  if (site.claimed.empty() || !host.empty()) return {};
  if (site.email) return hashed(site.claimed);
  const auto name = name_at(site, site.claimed);
  if (!name) return {};
  return *name;
}

ProbeName random_name(const ProbeSite& site, const std::string& host, std::mt19937_64& random) {
  const auto chance = [&random](std::size_t limit) { return below_number(limit, random); };
  std::string invented;
  for (int attempt = 0; attempt < 20; ++attempt) {
    invented = site.decoys.invent(site.email ? 64 : kLength, chance);
    if (site.email) return hashed(invented);
    if (!site.check_digit.empty()) invented = with_check_digit(site, std::move(invented));
    if (const auto name = name_at(site, at_host(invented, host))) return *name;
  }
  return {at_host(invented, host), invented, host};
}

ProbeName lookalike_name(const ProbeSites& sites, const ProbeSite& site, const std::string& host,
                         std::mt19937_64& random) {
  const std::string& first = sites.first_names[below_number(sites.first_names.size(), random)];
  const std::string& last = sites.last_names[below_number(sites.last_names.size(), random)];
  const std::string number = std::to_string(10 + below_number(90, random));
  if (site.email) {
    if (const auto name = name_at(site, first + "." + last + number + "@post.example"))
      return *name;
  }
  for (const std::string& local : {first + last + number, first.substr(0, 1) + last + number}) {
    if (const auto name = name_at(site, at_host(local, host))) return *name;
  }
  return random_name(site, host, random);
}

}  // namespace plumbline
