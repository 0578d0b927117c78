// Finds many words and short phrases in one pass over the words of a text: the lists of themes.txt
// and talk.txt and the key words of cues.txt.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "nlp/prepared.h"

namespace plumbline {

// A phrase that stands in the text.
struct PhraseHit {
  std::uint32_t tag = 0;     // as given to `add`
  std::uint32_t phrase = 0;  // number of the phrase, in the order of `add`
  std::uint32_t sentence = 0;
  Span span;
};

enum class PhraseMode {
  longest,  // at each place the longest phrase, and its words are used up
  all,      // every phrase that stands anywhere
};

// The words of a text as phrases are compared: without accents, digits of any script as ASCII ones,
// each with a hash of itself and of its first three bytes. Made once per text for all tables;
// `text` must outlive it.
struct PlainWords {
  explicit PlainWords(const Prepared& of);
  PlainWords(const PlainWords&) = delete;
  PlainWords& operator=(const PlainWords&) = delete;

  const Prepared& text;
  std::vector<std::string_view> words;  // as long as text.words
  std::vector<std::uint64_t> hashes, beginnings;

 private:
  std::deque<std::string> changed_;
};

// A phrase is blank-separated elements; each is a word, a beginning of words ("deliver*"),
// alternatives of these ("worth the|its|my money"), or {number}, {amount} (a number with a currency
// beside it), {percent} (a number with a percent sign). Text with kana, Han or Hangul is found
// anywhere in the running text. Immutable once sealed.
class PhraseTable {
 public:
  PhraseTable();
  ~PhraseTable();
  PhraseTable(PhraseTable&&) noexcept;
  PhraseTable& operator=(PhraseTable&&) noexcept;

  // The error says what is wrong with the phrase, without a place.
  Status add(std::string_view phrase, std::uint32_t tag);
  Status seal();
  // In text order; with PhraseMode::all several may begin at one place.
  void find(const PlainWords& text, PhraseMode mode, std::vector<PhraseHit>& out) const;
  bool empty() const { return phrases_.empty() && inside_.empty(); }

 private:
  struct Form {
    std::string text;     // folded, without accents; "{number}" and the like as they are
    bool prefix = false;  // the rest of the word is free
  };
  struct Phrase {
    std::vector<std::vector<Form>> elements;
    std::uint32_t tag = 0;
    std::uint32_t number = 0;
  };
  // Phrases by the hash of how they begin: a flat table, empty slots have an empty range.
  struct Index {
    struct Slot {
      std::uint64_t hash = 0;
      std::uint32_t begin = 0, end = 0;  // in `ids`
    };
    std::vector<Slot> slots;  // a power of two
    // Eight bits for each slot that is taken: says soon that most words begin no phrase, and stays
    // in the fast cache where the slots do not.
    std::vector<std::uint64_t> bits;
    std::vector<std::uint32_t> ids;
    std::span<const std::uint32_t> at(std::uint64_t hash) const;
    void build(std::vector<std::pair<std::uint64_t, std::uint32_t>> entries);
  };
  struct Scan;  // what finds phrases inside unspaced text
  class Reader;

  Status add_element(std::string_view element, Phrase& phrase) const;

  std::vector<Phrase> phrases_;
  std::vector<std::uint64_t> seconds_;  // per phrase: the hash of its second word, 0 if it may vary
  std::vector<std::pair<std::uint64_t, std::uint32_t>> whole_, begun_;  // what `seal` indexes
  Index exact_, prefix_;  // first word of a phrase, or its first three bytes -> phrases_
  std::vector<std::uint32_t> numeric_;
  struct Inside {
    std::string text;
    std::uint32_t tag = 0, number = 0;
  };
  // The phrases of unspaced text alone; with PhraseMode::all also those that a longer one hides.
  void find_inside(const Prepared& text, PhraseMode mode, std::vector<PhraseHit>& out) const;

  std::vector<Inside> inside_;
  std::unique_ptr<Scan> scan_;
  std::uint32_t count_ = 0;
};

}  // namespace plumbline
