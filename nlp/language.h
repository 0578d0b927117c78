// Which language a text is in: by its script where that settles it, else by CLD2's letter
// statistics, with stop words and other lists of the languages known here as second evidence on the
// short texts that letters say little about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/language_words.h"
#include "nlp/prepared.h"
#include "nlp/when_asked.h"
#include "nlp/word_table.h"

namespace plumbline {

// Immutable once filled, then free for any number of threads.
class LanguageFinder {
 public:
  // Teaches the stop words of `code` (content of stop.txt: a word per line, lines with # skipped).
  // At most 64 languages; those beyond are known by letters only.
  void add_stop_words(std::string_view code, std::string_view content);

  // Teaches what the other lists of the languages taught so far hold; read when a text asks.
  void add_lists(const LanguageFolders& folders) { lists_ = LanguageWords::of(folders, codes_); }

  // ISO 639-1, or "und" where the text is too short or too mixed to tell and `hint` (the source's
  // own claim, may be empty) does not help. Handles, links and e-mail addresses count for nothing.
  // Reads the first 4 KiB of words only.
  std::string find(const Prepared& text, std::string_view hint) const;

 private:
  struct Counts;
  struct Guess {
    std::string code;  // of the letters; may be empty
    bool reliable = false;
  };
  void count_stop_words(const Prepared& text, Counts& out) const;
  bool is_borne_out(std::string_view hint, const Counts& counts) const;
  bool is_doubted(std::string_view guess, const Counts& counts, int best, int lead) const;

  // The language of a few words by all lists, where it says other than the letters; empty where
  // not.
  std::string by_lists(const Prepared& text, const Counts& counts, const Guess& guess) const;

  std::vector<std::string> codes_;
  std::optional<WhenAsked<LanguageWords>> lists_;
  WordTable<std::uint64_t> words_;  // bit i: a stop word of codes_[i]
};

}  // namespace plumbline
