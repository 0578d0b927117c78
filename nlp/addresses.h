// Handles, links and e-mail addresses in a text: not words of their author.
#pragma once

#include <string_view>
#include <vector>

#include "base/words.h"

namespace plumbline {

// Fills `out` with them, in order and disjoint: "@name", "@name@host.example", "https://…",
// "www.…", "host.com/path", "name@host.example". A link does not end with the punctuation of its
// sentence. Linear in the length of the text.
void find_addresses(std::string_view text, std::vector<Piece>& out);

}  // namespace plumbline
