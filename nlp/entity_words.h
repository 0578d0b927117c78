// What entities.txt and offers.txt of a language say: months and currencies, first names and
// places, the words of an offer. One table finds them all in one pass over the words of a text.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/entity.h"
#include "nlp/numerals.h"
#include "nlp/phrases.h"

namespace plumbline {

// What a phrase in the text begins a reading of.
enum class EntityWord : std::uint8_t {
  month,         // value: 1..12
  weekday,       // value: 1..7, Monday first
  when,          // value and unit: "yesterday" is -1 day
  ago,           // unit; value -1 or 1: the way in which the number in the phrase counts
  title,         // "Mr": a name follows
  first_name,    // a person by itself
  maybe_name,    // a common word too: only before a surname
  last_name,     // only behind a first name or title
  title_after,   // a name stands before it: "जी"
  no_name,       // only looks like a name, a place or a day
  place,         // name
  maybe_place,   // a common word too: only after "in", "from" …
  spelled,       // name: the currency of "five euros"
  offer,         // kind
  offer_after,   // makes an offer of the percentage or amount before it: "off"
  offer_before,  // the same of the one after it: "save"
  offer_code,    // a code must follow: "with code SAVE10"
  no_offer,      // only looks like one
  wished,        // an offer later in the sentence is wished for
};

enum class DayUnit : std::uint8_t { day, week, month, year };

struct EntityEntry {
  EntityWord sort = EntityWord::place;
  int value = 0;
  bool open = false;          // when: one of several days ("कल": yesterday or tomorrow)
  bool needs_capital = true;  // month: a short name by itself is a common word too
  std::uint8_t cut = 0;       // characters before the name itself: the و of "ومحمد"
  DayUnit unit = DayUnit::day;
  OfferKind offer = OfferKind::sale;
  std::string name;
};

// Words looked up beside what the table found.
enum class SideWord : std::uint8_t {
  of,             // "3rd of March"
  within,         // "in March", "since 2019"
  last,           // "last Monday"
  next,           // "next Monday"
  last_after,     // "lundi dernier"
  next_after,     // "lundi prochain"
  ordinal,        // ending of a number: "3rd"
  at_place,       // "in", "from": before a place
  unless,         // near a number and a currency's word: no money ("lost 20 pounds")
  percent,        // after a number
  cut,            // after a percentage with a minus: "-50% on"
  deny,           // before an offer: there is none
  only,           // after a word that denies: "not only"
  over,           // after an offer: it is over
  ask,            // in a question: an offer is asked for
  at_after,       // behind a place: "में"
  place_part,     // right behind a place: makes another word of it ("人" in 日本人)
  money_goes_on,  // right behind a currency that is a measure word too ("左右" in 三块左右)
};
inline constexpr std::size_t kSideWords = 18;

// What stands right behind a number in unspaced text.
enum class NumberUnit : std::uint8_t {
  times,
  money,
  maybe_money,  // a measure word too: only where no letter follows, or SideWord::money_goes_on
  percent,
  year,
  month,
  day,
  none,  // only looks like one: "元素"
};

struct UnspacedUnit {
  NumberUnit sort = NumberUnit::none;
  double worth = 1;
  std::string code;  // of money
};

// One language, or what all share. Immutable once loaded.
struct EntityWords {
  PhraseTable phrases;  // a hit's tag is an index into `entries`
  std::vector<EntityEntry> entries;
  std::map<std::string, double, std::less<>> numbers, times;  // "five", "thousand"
  // What a currency is called, folded: its code (may be empty: unknown) and the worth of one.
  std::map<std::string, std::pair<std::string, double>, std::less<>> currencies;
  std::map<std::string, std::string, std::less<>> codes;   // "EUR", as written
  std::vector<std::pair<std::string, std::string>> signs;  // "US$" and code, longest first
  std::set<std::string, std::less<>> unspaced_names;       // family names, as written
  std::unordered_map<std::string, std::uint32_t> sides;    // folded word, a bit per SideWord
  std::map<std::string, UnspacedUnit, std::less<>> units;
  Numerals numerals;  // of unspaced writing
  // Unspaced words for a month or year: how many away. "去年" is -1 year.
  std::map<std::string, std::pair<int, DayUnit>, std::less<>> periods;
  bool day_first = false, month_first = false;  // how 3/4/2026 is read; neither: not at all

  // The content of the two files; an empty one says nothing. A line that cannot be read is an error
  // with its place. `shared`, if given, knows currencies that this language's numbers stand before.
  static Result<EntityWords> load(const std::string& where, std::string_view entities,
                                  std::string_view offers, const EntityWords* shared = nullptr);
  bool is(std::string_view folded, SideWord side) const;
  // The longest unit that `text` begins with; `length` gets its bytes. nullptr: none.
  const UnspacedUnit* unit_at(std::string_view text, std::size_t& length) const;
};

// Whether the first character is a letter of a script without capitals.
bool is_caseless(std::string_view text);

// The language of a text and what all languages share.
struct EntityLanguage {
  const EntityWords* own = nullptr;  // nullptr: unknown
  const EntityWords* shared = nullptr;

  bool is(std::string_view folded, SideWord side) const {
    return (own != nullptr && own->is(folded, side)) || shared->is(folded, side);
  }
  // nullptr: no such word.
  const double* number(std::string_view folded) const;
  const double* times(std::string_view folded) const;
  const std::pair<std::string, double>* currency(std::string_view folded) const;
  const UnspacedUnit* unit_at(std::string_view text, std::size_t& length) const;
  // Whether `text` begins with such a word of unspaced writing.
  bool begins(std::string_view text, SideWord side) const;
};

}  // namespace plumbline
