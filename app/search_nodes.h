// Small searches made by the program itself, not read from words.
#pragma once

#include <string>
#include <vector>

#include "model/search.h"

namespace plumbline {

// Texts with any word that begins like one of these.
SearchNode any_of(const std::vector<std::string>& words);

}  // namespace plumbline
