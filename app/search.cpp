#include "app/search.h"

#include "query/parse.h"

namespace plumbline {

Result<SearchOutcome> search(const Workspace& workspace, std::string_view words, int limit) {
  const SearchNode query = PLUMBLINE_TRY(parse_search(words));
  SearchOutcome outcome;
  outcome.understood = print_search(query);
  outcome.mentions = PLUMBLINE_TRY(workspace.store->search(query, limit));
  outcome.total = PLUMBLINE_TRY(workspace.store->count(query));
  outcome.unindexed = PLUMBLINE_TRY(workspace.store->unindexed());
  return outcome;
}

}  // namespace plumbline
