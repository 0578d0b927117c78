// Finds fixed words and phrases in a text in one pass: the signals of interest and the special
// categories of personal data that a brief leaves out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plumbline {

// What a word or phrase gives away. A text holds any number of them.
enum Cue : std::uint32_t {
  kCueRequest = 1,      // asks the reader to do something: a call back, a demo, an offer
  kCueSwitch = 2,       // thinks of leaving what they have
  kCueCompare = 4,      // weighs products against each other
  kCueFirstPerson = 8,  // speaks of themselves
  kCuePrice = 16,       // names money
  kCueValue = 32,       // names worth
  kCueDenial = 64,      // not, no, never
  kCueSpecial = 128,    // health, religion, politics, sex life, union, ethnicity
  kCueQuestion = 256,   // holds a question mark of any script
};

// A pattern is a word ("church"), a stem ("relig*"), words in a row ("trade union*"), or, in a
// script without blanks, any stretch ("宗教"). Case, width and accents do not matter.
struct LexiconEntry {
  std::string_view pattern;
  std::uint32_t cue = 0;
};

class WordLists {
 public:
  explicit WordLists(std::initializer_list<std::span<const LexiconEntry>> tables);
  // The cues found in `text` (valid UTF-8), joined by "or". Linear in the length of the text.
  std::uint32_t find(std::string_view text) const;

 private:
  struct Pattern {
    std::vector<std::string> words;
    bool stem = false;  // the last word may go on
    std::uint32_t cue = 0;
  };
  void add(const LexiconEntry& entry);
  std::uint32_t find_folded(std::string_view folded) const;

  std::vector<std::uint16_t> by_start_;  // first three letters -> 1 + index of a bucket
  std::vector<std::vector<Pattern>> buckets_;
  std::vector<std::pair<std::string, std::uint32_t>> stretches_;
};

std::span<const LexiconEntry> cue_words();      // English, German, Spanish, Japanese
std::span<const LexiconEntry> special_words();  // the same languages
const WordLists& sales_lexicon();               // both tables, built once

}  // namespace plumbline
