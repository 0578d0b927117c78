// Full stops that end no sentence: of abbreviations ("z. B.", "Dr. Kim") and German ordinals ("am
// 15. Mai").
#pragma once

#include <cstddef>
#include <string_view>

namespace plumbline {

// Whether the full stop at text[stop], with blanks behind it, belongs to the word before it. Looks
// at two words before and one behind.
bool is_inner_stop(std::string_view text, std::size_t stop);

}  // namespace plumbline
