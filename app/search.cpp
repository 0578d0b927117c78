#include "app/search.h"

#include <algorithm>

#include "query/parse.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostTopics = 15;
constexpr std::string_view kThemes[] = {"price",   "delivery",    "setup",   "training",
                                        "support", "warranty",    "running", "leaving",
                                        "quality", "reliability", "ease",    "people"};

bool asks_for_topic(const SearchNode& node) {
  return (node.kind == SearchNode::Kind::field && node.field == "topic") ||
         std::any_of(node.children.begin(), node.children.end(), asks_for_topic);
}

// Those of the grouping, then what wants, needs and pains are about.
Result<std::vector<std::string>> topics_of(const Workspace& workspace) {
  std::vector<std::string> out;
  const Grouping grouping = PLUMBLINE_TRY(workspace.store->grouping());
  for (const TopicInfo& topic : grouping.topics)
    if (out.size() < kMostTopics) out.push_back(topic.label);
  for (const std::string_view theme : kThemes)
    if (std::find(out.begin(), out.end(), theme) == out.end()) out.emplace_back(theme);
  return out;
}

}  // namespace

Result<SearchOutcome> search(const Workspace& workspace, std::string_view words, int limit) {
  const SearchNode query = PLUMBLINE_TRY(parse_search(words));
  SearchOutcome outcome;
  outcome.understood = print_search(query);
  outcome.mentions = PLUMBLINE_TRY(workspace.store->search(query, limit));
  outcome.total = PLUMBLINE_TRY(workspace.store->count(query));
  outcome.unindexed = PLUMBLINE_TRY(workspace.store->unindexed());
  if (outcome.total == 0 && asks_for_topic(query))
    outcome.topics = PLUMBLINE_TRY(topics_of(workspace));
  return outcome;
}

}  // namespace plumbline
