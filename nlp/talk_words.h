// Reads talk.txt, themes.txt and stop.txt of a language.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "model/entity.h"
#include "nlp/analyze.h"
#include "nlp/phrases.h"

namespace plumbline {

// Words and phrases of themes.txt; a hit's tag is an index into `names`, kNoTheme for phrases that
// only look like a theme.
struct ThemeWords {
  static constexpr std::uint32_t kNoTheme = 0xFFFF;
  PhraseTable phrases;
};
const std::vector<std::string>& theme_names();  // the fixed names of AspectFinding::aspect

// Words and phrases of talk.txt. A hit's tag is 0 for price, 1 for value, 2 for neither; its phrase
// number is an index into `weights`.
struct TalkWords {
  PhraseTable phrases;
  std::vector<float> weights;

  // How much a text talks of price and of worth, each from 0 to 1, in the sentence that does most:
  // a review of ten sentences that speaks of the price in one speaks of it. What lies in one of
  // `offers` is price talk and no value talk; `why`, if given, receives a Reason per hit.
  std::pair<float, float> scores(const PlainWords& text, std::span<const OfferFinding> offers,
                                 std::vector<Reason>* why) const;
};

Result<ThemeWords> read_themes(const std::string& name, std::string_view content);
Result<TalkWords> read_talk(const std::string& name, std::string_view content);
// Folded, without accents.
Result<std::unordered_set<std::string>> read_stop_words(const std::string& name,
                                                        std::string_view content);

}  // namespace plumbline
