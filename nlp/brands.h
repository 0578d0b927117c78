// Which brands and products a text means: by name, alias, handle and misspelling, and by context
// where the name is a common word too.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "model/entity.h"
#include "nlp/brand_context.h"
#include "nlp/brand_tags.h"
#include "nlp/language.h"
#include "nlp/language_files.h"
#include "nlp/spelling.h"

namespace plumbline {

struct BrandTerms {
  std::string name;
  std::vector<std::string> aliases;   // other spellings that mean it; the name itself is always one
  std::vector<std::string> products;  // what it sells; a product is evidence for its brand
  // Words that speak for this brand near its name. With any, the name counts as a common word.
  std::vector<std::string> context;
};

// Immutable, free for any number of threads.
class BrandWords {
 public:
  // `folders` hold brands.txt, the words and weights of each language; a line that cannot be read
  // is an error with its place.
  static Result<BrandWords> load(std::vector<BrandTerms> brands, const LanguageFolders& folders);
  // The languages built into the program.
  static Result<BrandWords> load(std::vector<BrandTerms> brands);

  // Appends what it finds in text order; at each place the longest name wins. A name is also heard
  // inside a hashtag ("#AcmeFail", "#boycottacme"), where it is written together with letters of a
  // script without capitals ("Acmeका"), and, of a name of several words, by one of them where
  // text or context names the brand besides. Also what it doubts, with a probability below 1/2.
  // `hint` is the source's claim of the language. `why`, if given, gets the evidence on each
  // doubtful word.
  void find(const Prepared& text, std::string_view hint, std::vector<EntityFinding>& out,
            std::vector<Reason>* why = nullptr) const;
  bool empty() const { return terms_.empty(); }

 private:
  struct Term {
    std::vector<std::string> words;  // folded, without accents
    std::string joined;              // "acmepumps"
    std::size_t brand = 0;           // in brands_
    std::string product;             // empty: the brand itself
  };
  // How much of a text fits a term.
  struct Match {
    const Term* term = nullptr;
    std::uint32_t words = 0;  // of the text
    bool plural = false, possessive = false, misspelled = false;
  };
  class Reader;

  BrandWords() : known_({}) {}
  void add_term(std::string_view spelling, std::size_t brand, std::string product);
  const BrandContext& context_of(const Prepared& text, std::string_view hint) const;
  bool is_common_anywhere(std::string_view word) const;

  std::vector<BrandTerms> brands_;
  std::vector<std::unordered_set<std::string>> context_words_;  // of each brand, folded
  std::vector<Term> terms_;
  std::map<std::string, BrandContext, std::less<>> contexts_;  // by language
  BrandContext no_context_;
  TagWords tag_words_;
  LanguageFinder finder_;
  KnownWords known_;
};

}  // namespace plumbline
