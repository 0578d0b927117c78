// Reduces claims and sentences to the same few terms, so that "Pays for itself in a year" and "paid
// itself back within twelve months" meet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/prepared.h"

namespace plumbline {

// A word cut to what it shares with its other forms, by endings of English, German, Spanish,
// French, Italian, Portuguese and Dutch in one list: rough on purpose, since a claim only meets a
// sentence by several words together. `plain_word` is folded and without accents.
std::string stem(std::string_view plain_word);

// What one or a few words of a text stand for.
struct ClaimTerm {
  enum class Kind {
    filler,    // a stop word or a bare number
    content,   // `name` is its stem, or the first word of its group ("arrives" is "deliver")
    duration,  // `hours` long; "a year", "three days", "within weeks" (counted as three)
    negation,  // not, never, kein, sin …
    against,   // what a promise is not: late, forever, joke, myth …
  };
  Kind kind = Kind::filler;
  std::string name;
  bool opposite = false;  // the word is an opposite of `name`: "hard" for "easy"
  double hours = 0;
  bool soft = false;  // "same day", "next week": said in praise, so it never breaks a promise
  std::uint32_t first = 0, last = 0;  // words of the text, both included
};

// Terms of words [first, last) of `text`, in order.
void claim_terms(const Prepared& text, std::uint32_t first, std::uint32_t last,
                 std::vector<ClaimTerm>& out);

// Beginnings of the words of which one stands in every text that holds the content term `name`.
std::vector<std::string> words_of_term(const std::string& name);

// "yes" and its kin are 1, "no" and its kin -1, other words 0: how an answer to one's own question
// begins.
int answer_of(std::string_view plain_word);
// True for words with which a real question begins, one that its author does not answer.
bool asks_openly(std::string_view plain_word);

}  // namespace plumbline
