// Whether a word that is a brand and a common word ("apple") means the brand: what its neighbours
// and its shape say, as weights that add up. Read from brands.txt of each language.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "nlp/analyze.h"
#include "nlp/language_files.h"
#include "nlp/phrases.h"

namespace plumbline {

// How a text uses capitals: where they say something of a word, and where they do not.
enum class Casing : std::uint8_t { none, sentence, title };
Casing casing_of(const Prepared& text);

// The words of a text that may be a brand: [first, last] by number.
struct BrandPlace {
  std::uint32_t first = 0, last = 0;
  std::string_view word;  // the brand's own word, folded
  bool plural = false, possessive = false;
  Casing casing = Casing::none;  // of the whole text
  bool common = true;            // false: no common word, judged as its firm has context words
};

// What one language says. Immutable once loaded.
class BrandContext {
 public:
  // A line that cannot be read is an error with its place.
  static Result<BrandContext> load(const std::string& name, std::string_view content);

  bool is_common(std::string_view word) const { return common_.contains(std::string(word)); }

  // What looks like a word behind a name in a hashtag and is an ending, folded: "ness".
  const std::vector<std::string>& endings() const { return endings_; }
  // Whether a capital inside a sentence says that a word is a name: not in German.
  bool capitals_speak() const;

  // The probability that the place means the brand. `own` are the firm's context words, folded,
  // each one word. `why`, if given, gets a Reason per piece of evidence.
  float judge(const PlainWords& text, const BrandPlace& place,
              const std::unordered_set<std::string>& own, std::vector<Reason>* why) const;

 private:
  using Weights = std::unordered_map<std::string, float>;
  // Evidence by where a word stands, for all brands or for one word.
  struct Sides {
    Weights before, after, near;
    std::vector<std::pair<std::string, float>> endings;  // of the word after
  };
  class Sum;

  static const float* weight_in(const Weights& weights, std::string_view word);
  Status read_line(std::string_view what, std::string_view value, std::string_view words);
  void judge_shape(const PlainWords& text, const BrandPlace& place, Sum& sum) const;
  void judge_neighbours(const PlainWords& text, const BrandPlace& place, Sum& sum) const;
  void judge_text(const PlainWords& text, const BrandPlace& place,
                  const std::unordered_set<std::string>& own, Sum& sum) const;

  std::unordered_set<std::string> common_;
  std::vector<std::string> endings_;
  std::map<std::string, float, std::less<>> shape_;  // by name, see brand_context.cpp
  Sides all_;
  std::map<std::string, Sides, std::less<>> of_;  // by the common word
};

}  // namespace plumbline
