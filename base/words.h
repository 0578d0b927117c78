// Words and sentences of any script, as byte ranges of the text given: the one segmentation that
// analysis and search share.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

struct Piece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Words by Unicode's rules (UAX 29) and ICU's dictionaries for Chinese, Japanese, Thai, Khmer, Lao
// and Burmese. Only pieces with a letter, digit or ideograph; pure ASCII takes a fast path with the
// same answer. `text` must be valid UTF-8.
void split_words(std::string_view text, std::vector<Piece>& out);
// Sentences by UAX 29, a line feed always ends one, the stop of an abbreviation or an ordinal none
// (base/sentence_ends.h). Every byte belongs to one sentence; trailing blanks to the one before.
void split_sentences(std::string_view text, std::vector<Piece>& out);

// NFKC, case folded: "ＰＵＭＰ" and "pump" count as one word.
std::string fold_word(std::string_view word);
// The same without accents: "mémoire" gives "memoire". Equal to fold_word where there are none.
std::string fold_word_plain(std::string_view word);

}  // namespace plumbline
