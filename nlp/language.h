// Which language a text is in: by its script where that settles it, else by CLD2's letter
// statistics, with stop words as second evidence on the short texts that letters say little about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/prepared.h"
#include "nlp/word_table.h"

namespace plumbline {

// Immutable once filled, then free for any number of threads.
class LanguageFinder {
 public:
  // Teaches the stop words of `code` (content of stop.txt: a word per line, lines with # skipped).
  // At most 64 languages; those beyond are known by letters only.
  void add_stop_words(std::string_view code, std::string_view content);

  // ISO 639-1, or "und" where the text is too short or too mixed to tell and `hint` (the source's
  // own claim, may be empty) does not help. Handles, links and e-mail addresses count for nothing.
  // Reads the first 4 KiB of words only.
  std::string find(const Prepared& text, std::string_view hint) const;

 private:
  struct Counts;
  void count_stop_words(const Prepared& text, Counts& out) const;
  bool is_borne_out(std::string_view hint, const Counts& counts) const;
  bool is_doubted(std::string_view guess, const Counts& counts, int best, int lead) const;

  std::vector<std::string> codes_;
  WordTable<std::uint64_t> words_;  // bit i: a stop word of codes_[i]
};

}  // namespace plumbline
