// Where each sentence of a brief can be checked: quotes that are stretches of the stored text, and
// the numbered list of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/analysis.h"
#include "model/brief.h"
#include "model/document.h"

namespace plumbline {

inline constexpr int kMostQuoteWords = 25;           // by Unicode words and by blanks, both
inline constexpr std::size_t kMostQuoteBytes = 240;  // for text without words to count

// `wanted` brought onto character borders inside `text`, without blanks and without a terminal's
// colours ("[31m") at or across its ends; empty where nothing is left.
Span clamp_span(std::string_view text, Span wanted);
// Whether it can be shown without being cut.
bool fits_quote(std::string_view text, Span wanted, int most_words = kMostQuoteWords);
// `wanted` as it can be quoted: the whole sentence or sentences around it where they are short
// enough, else whole_sentences from the beginning of its first, or if that is too far from there.
Span quotable_span(std::string_view text, Span wanted);
// `wanted` less a sentence that it does not begin, or does not end, where another stands in it.
Span whole_sentences(std::string_view text, Span wanted);
// Whether a sentence was begun before `span`, or goes on behind it.
bool begins_inside(std::string_view text, Span span);
bool ends_inside(std::string_view text, Span span);
// The sentence or sentences around `inside`: from the end mark before it to the one after it.
Span sentence_around(std::string_view text, Span inside);
// What may be shown of `wanted`: at most `most_words` words and kMostQuoteBytes, cut behind a word.
Span quote_span(std::string_view text, Span wanted, int most_words = kMostQuoteWords);
std::string_view slice(std::string_view text, Span span);

// The evidence of one brief. The same stretch of the same document is one piece of evidence.
class EvidenceSet {
 public:
  // The id (E1, E2 …) of these bytes of the document; `span` must come from quote_span.
  std::string add(const Document& document, Span span);
  std::vector<Evidence> take() { return std::move(list_); }

 private:
  std::vector<Evidence> list_;
  std::unordered_map<std::string, std::string> ids_;
};

}  // namespace plumbline
