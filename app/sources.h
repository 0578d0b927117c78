// The kinds of source, for commands that list and try them.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "app/progress.h"
#include "crawler/source.h"

namespace plumbline {

// invalid with a "did you mean" where there is none of that name.
Result<const Source*> source_named(std::string_view name);

// All there is to know of a kind of source, in words for a person: help, keys, token, terms.
std::string describe_source(const Source& source);

// What one request to a configured source brought, in words for a person: address asked, answer,
// documents, next step. Nothing is kept.
Result<std::string> probe(const Config& config, const SourceConfig& source, Progress& progress);

}  // namespace plumbline
