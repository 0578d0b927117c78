// Names to test a site with before it is believed: one that exists, one that nobody has, one that
// nobody has but that looks like a person's.
#pragma once

#include <optional>
#include <random>

#include "crawler/probe.h"

namespace plumbline {

// None where no account of that host is known.
std::optional<ProbeName> claimed_name(const ProbeSite& site, const std::string& host);
// Of the site's own pattern, at that host where it is not empty.
ProbeName random_name(const ProbeSite& site, const std::string& host, std::mt19937_64& random);
// Made of a first and a last name of people who do not exist, and a number; a second random name
// where the site allows no such names.
ProbeName lookalike_name(const ProbeSites& sites, const ProbeSite& site, const std::string& host,
                         std::mt19937_64& random);

}  // namespace plumbline
