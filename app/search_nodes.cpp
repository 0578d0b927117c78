#include "app/search_nodes.h"

#include <utility>

namespace plumbline {

SearchNode any_of(const std::vector<std::string>& words) {
  SearchNode either;
  either.kind = SearchNode::Kind::either;
  for (const std::string& word : words) {
    SearchNode node;
    node.kind = SearchNode::Kind::word;
    node.text = word;
    node.prefix = true;
    either.children.push_back(std::move(node));
  }
  return either;
}

}  // namespace plumbline
