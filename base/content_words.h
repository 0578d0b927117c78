// Words that say what a text is about, and the form in which two spellings of one are equal.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace plumbline {

// The built-in stop words of a language (data/lang/<code>/stop.txt), in their `stop_form`; English
// ones for "" and "und", none for a language without such a file.
const std::unordered_set<std::string>& stop_words(std::string_view lang);
// How stop words are compared: without accents and with one kind of apostrophe.
std::string stop_form(std::string_view word);

// False for numbers, single letters and what retweets, links and markup leave behind. `folded` as
// by fold_word.
bool is_content_word(std::string_view folded);
// "acme's" gives "acme".
std::string_view without_possessive(std::string_view folded);
// English plurals only: "pumps" and "pump", "batteries" and "battery", "boxes" and "box".
std::string english_singular(std::string_view folded);

// The words of `text` that are neither stop words of `lang` nor without content, folded, in their
// order. Replaces `out`. `text` must be valid UTF-8.
void content_words(std::string_view text, std::string_view lang, std::vector<std::string>& out);

}  // namespace plumbline
