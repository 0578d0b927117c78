// A search as a tree: what query/parse.h makes of the words typed, and what a store answers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"

namespace plumbline {

struct SearchNode {
  enum class Kind {
    all,     // every mention
    word,    // `text`; a trailing * was typed if `prefix`
    phrase,  // `text`, its words in this order
    field,   // `field` : `text`
    both,    // all children
    either,  // any child
    except,  // first child, not the second
  };
  Kind kind = Kind::all;
  std::string text;
  std::string field;  // source author lang brand sentiment topic kind rating before after parent
                      // title place
  bool prefix = false;
  // For field rating: text is compared by this: "=" "<" "<=" ">" ">=".
  std::string compare = "=";
  std::vector<SearchNode> children;
};

}  // namespace plumbline
