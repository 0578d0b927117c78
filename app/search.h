// Finding mentions by the words a user types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/workspace.h"

namespace plumbline {

struct SearchOutcome {
  std::string understood;  // the query as read, printed back
  std::int64_t total = 0;
  std::vector<StoredDocument> mentions;  // newest first
  // Where nothing was found and a topic was asked for: those there are, most talked of first.
  std::vector<std::string> topics;
  std::int64_t unindexed = 0;  // mentions that words do not find before the next nightly run
};

Result<SearchOutcome> search(const Workspace& workspace, std::string_view words, int limit);

}  // namespace plumbline
