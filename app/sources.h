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

// What one request to a configured source brought, in words for a person: address asked, answer,
// documents, next step. Nothing is kept.
Result<std::string> probe(const Config& config, const SourceConfig& source, Progress& progress);

}  // namespace plumbline
