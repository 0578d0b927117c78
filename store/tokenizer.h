// Teaches a connection our words: the full-text index then cuts and folds text exactly as the
// analysis does.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace plumbline {

class Database;

// Registers the FTS5 tokenizer "plumbline" and the SQL function plumbline_fold(text).
Status register_words(Database& db);

// The form under which a word of a text is indexed and looked for: width, case and, where an accent
// is an ornament (Latin, Greek, Cyrillic, Hebrew, Arabic), accents folded. In the scripts of South
// and East Asia marks are vowels and voicing, so they stay.
std::string index_form(std::string_view word);

// A whole line folded word by word the same way, its other bytes as they are: for "holds" searches.
std::string fold_line(std::string_view text);

}  // namespace plumbline
