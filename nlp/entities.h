// Whom, what and when a text names: people, places, money and days, by rules over small word lists.
// Precise rather than complete. Brands are nlp/brands.h.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/entity.h"
#include "nlp/amounts.h"
#include "nlp/entity_words.h"
#include "nlp/language_files.h"
#include "nlp/phrases.h"
#include "nlp/when_asked.h"

namespace plumbline {

// What was found; kept by one thread from text to text so that its memory is.
struct EntityFindings : Named {
  std::vector<Percentage> percents;
  std::vector<PhraseHit> hits, shared_hits;
};

// Immutable once loaded, free for any number of threads.
class EntityFinder {
 public:
  // entities.txt and offers.txt of each folder; those of the shared folder hold for all.
  static Result<EntityFinder> load(const LanguageFolders& folders);

  // Replaces what is in `out`. Days are counted from `published`; where that is kNoTime, days that
  // depend on it have none. `lang` unknown: what needs no language.
  void find(const PlainWords& words, std::string_view lang, Seconds published,
            EntityFindings& out) const;

 private:
  std::map<std::string, WhenAsked<EntityWords>, std::less<>> languages_;
  std::shared_ptr<const EntityWords> shared_ = std::make_shared<EntityWords>();
};

// A hit of one of the two tables, with what it means.
struct EntityHit {
  const EntityEntry* entry = nullptr;
  Span span;
  std::uint32_t first = 0, last = 0;  // words
};

// The parts of EntityFinder::find, each over all hits in text order.
void find_days(const PlainWords& words, const std::vector<EntityHit>& hits,
               const EntityLanguage& language, Seconds published, std::vector<EntityFinding>& out);
void find_names(const PlainWords& words, const std::vector<EntityHit>& hits,
                const EntityLanguage& language, std::vector<EntityFinding>& out);
// Wants the money and percentages of the text.
void find_offers(const PlainWords& words, const std::vector<EntityHit>& hits,
                 const EntityLanguage& language, const std::vector<EntityFinding>& entities,
                 const std::vector<Percentage>& percents, std::vector<OfferFinding>& out);

}  // namespace plumbline
