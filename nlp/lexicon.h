// What a language's sentiment files say: words with weights, and the words that change others.
// docs/add-a-language.md describes the files for those who write them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "nlp/word_table.h"

namespace plumbline {

class FastWords;  // nlp/fast_words.h

// How a feature moves the answer, in logits before the division by length: P(positive) rises with
// opinion + polarity / 2, P(negative) with opinion - polarity / 2, P(neutral) with 0.
struct WordWeight {
  float polarity = 0;
  float opinion = 0;
};

// What a word does to its neighbours. One word may do several things ("hardly" negates and
// dampens).
struct WordRule {
  float seed = 0;               // from words.tsv: its plain polarity, -1..1; 0: none
  float intensity = 1;          // from intensifiers.tsv: factor on the next word, 0.2..3
  bool negates = false;         // the words after it, up to kNegationReach
  bool negates_before = false;  // the two words before it instead, as in Japanese
  bool contrast = false;        // "but": what follows counts more than what came before
};

// The files of one language: name and content. `where` names the folder in error messages.
using LanguageFile = std::pair<std::string, std::string_view>;

struct Lexicon {
  WordTable<WordWeight> weights;  // by feature name, see nlp/sentiment_features.h
  WordTable<WordRule> rules;      // by folded word
  WordTable<WordRule> prefixes;   // by what stands before the * of words.tsv
  std::size_t shortest_prefix = 0, longest_prefix = 0;  // bytes
  std::string name;   // about.txt: the language's own entry, "Deutsch"
  std::string level;  // "learned", "lexicon", or empty: not scored

  std::shared_ptr<const FastWords> known;  // mistyped words are read by it; null: as they stand

  // The rule of a folded word: its own, else that of its longest known beginning, else nullptr.
  const WordRule* rule_of(std::string_view folded) const;
  bool scores() const { return !level.empty(); }
};

// True for a file name that belongs to the sentiment part.
bool is_sentiment_file(std::string_view name);

// Adds what the files say to `lexicon`; later lines win. An unreadable line is an error with its
// file and line: "lang/nl/words.tsv:12".
Status read_lexicon(const std::vector<LanguageFile>& files, const std::string& where,
                    Lexicon& lexicon);

}  // namespace plumbline
