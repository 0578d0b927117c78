// Words that the lists of a language hold beside its stop words, as evidence of a few words'
// language: "Guter Service" holds no stop word.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nlp/language_files.h"
#include "nlp/when_asked.h"
#include "nlp/word_table.h"

namespace plumbline {

// Immutable once loaded.
class LanguageWords {
 public:
  // A language's number is its place among `codes`; the files of others are not read.
  static WhenAsked<LanguageWords> of(const LanguageFolders& folders,
                                     const std::vector<std::string>& codes);

  // Bit i: a word of language i. `folded` as Word::folded.
  std::uint64_t languages_of(std::string_view folded) const;

 private:
  struct List {
    std::string file, content;
    std::uint64_t bit = 0;
  };
  static LanguageWords read(const std::vector<List>& lists, std::uint64_t english);
  void add_line(const List& list, std::string_view line);
  void add_words(std::string_view phrase, std::uint64_t bit);

  WordTable<std::uint64_t> words_, beginnings_;
  std::size_t longest_ = 0;  // bytes of a beginning: a word may be a megabyte
};

}  // namespace plumbline
