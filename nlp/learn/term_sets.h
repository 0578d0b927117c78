// Sentences in which people marked what is praised or blamed, as public sets give them: one line a
// term, label TAB term TAB sentence with "$T$" in the term's place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/analysis.h"

namespace plumbline {

struct TermSentence {
  std::string text;
  std::vector<std::pair<Span, std::uint8_t>> terms;  // with their sentiment_label, by begin
};

// The sentences of a file in order, the terms of one sentence joined. Lines that cannot be read are
// counted in `skipped`. False: the file is not there.
bool read_term_set(const std::string& file, std::vector<TermSentence>& out, std::int64_t& skipped);

// The first `end` bytes without blanks: sets part the words of one sentence differently.
std::string letters_of(std::string_view text, std::size_t end);

}  // namespace plumbline
