// The words that the fast tier knows to be words, so that a mistyped one is read as what was meant.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "nlp/fast_tokens.h"
#include "nlp/lexicon.h"
#include "nlp/model_rows.h"

namespace plumbline {

// Letters of a word that is looked at: shorter ones have too many neighbours, longer ones are left
// as they are, which also bounds the work.
inline constexpr std::size_t kShortestMeant = 4;
inline constexpr std::size_t kLongestMeant = 16;

// A word seen in fewer texts than this is known, but no mistyped word is read as it.
inline constexpr std::uint32_t kLeastTextsOfMeant = 20;

// A word and the number of texts it was seen in.
using CountedWord = std::pair<std::string, std::uint32_t>;

// The bytes of a file of words, the same for any order of them. Those that are not all a-z, or too
// short or too long, are left out.
std::string pack_fast_words(const std::vector<CountedWord>& words);

// Holds 40 bits of each word's hash and how common it is, not the word.
class FastWords {
 public:
  // Bytes that are no whole file of words are an error of code parse that says what is wrong.
  static Result<FastWords> read(std::string_view bytes, const std::string& where);

  // The words that go with a fast model: words.bin beside its file, or none; the built-in ones for
  // the built-in model (an empty name), and for a `shifted` one where no other model lies beside
  // it.
  static Result<std::shared_ptr<const FastWords>> of_model(const std::string& model_file,
                                                           bool shifted);

  // `word` is folded, as all words here.
  bool has(std::string_view word) const;

  // The known word that `word` was meant to be, one slip away: two neighbours swapped, else a
  // letter too many, else one in place of its neighbour on the keyboard, else of any other, else
  // one left out; among several of a kind the most common. The first letter is trusted, and rare
  // words are not meant. False if there is none, or `word` is itself known or nothing to look at.
  bool meant(std::string_view word, std::string& out) const;

  // The same in two steps, for many words: all codes are asked for before the first is needed, so
  // that memory need not be waited for. kNoCode: nothing to look at.
  static constexpr std::uint64_t kNoCode = 0;
  std::uint64_t ask(std::string_view word) const;
  bool meant(std::string_view word, std::uint64_t code, std::string& out) const;

  std::size_t size() const { return size_; }
  // "words-" and eight digits of the file's hash.
  const std::string& name() const { return name_; }

 private:
  class Search;
  void add(std::uint64_t key, std::uint8_t rank);
  bool may_hold(std::uint64_t hash) const;         // false: not known, at one look
  std::uint8_t rank_of(std::uint64_t hash) const;  // 0: not known; higher: more common

  LargeTable<std::uint64_t> may_hold_;  // one bit for each beginning of a hash
  LargeTable<std::uint64_t> slots_;     // 40 bits of hash, 8 of rank; 0: empty
  std::size_t mask_ = 0, size_ = 0;
  std::string name_;
};

// Reads mistyped words as meant: their folded bytes and hash become those of the known word, their
// span stays. Left alone are words of hashtags, short ones in capitals, and what the word list
// knows. Without `lexicon.known` nothing is changed. Time is linear in the number of tokens.
void read_as_meant(const Lexicon& lexicon, FastTokens& tokens);

}  // namespace plumbline
