// Statements as found, held against their text: cut where a sentence ends and where "but" parts
// what is said, and praise or pain that its own words speak against set right. For the Analyzer
// alone.
#pragma once

#include <cstdint>
#include <vector>

#include "nlp/analyzer_parts.h"

namespace plumbline {

// `words` are of the text that the statements stand in. One that goes over the end of a sentence
// becomes one for each sentence that says the same; praise and pain end where "but" parts them from
// the contrary. Praise whose own words blame is none, nor pain whose words praise; with
// Against::turns it is the contrary, where the text does not hold that already: the full tier finds
// what there is of that by itself. Moods are the fast tier's. Overwrites AnalyzerScratch::fast.
enum class Against : std::uint8_t { goes, turns };
struct Settling {
  const Judge& by;
  const LanguagePart& part;
  Against against = Against::goes;
};
void settle_statements(const Settling& how, const PlainWords& words, AnalyzerScratch& own,
                       std::vector<StatementSpan>& statements);

// Adds what the plainest words say (sure_cues.txt) and a model did not find, and takes away what
// they deny (denied_cues.txt).
// `mood` is that of the text: who praises does not leave.
void hear_plain_words(const LanguagePart& part, const PlainWords& words, const Sentiment& mood,
                      std::vector<StatementSpan>& statements);

}  // namespace plumbline
