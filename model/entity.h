// What a text names: brands, products, people, places, money, days; and the offers it speaks of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/analysis.h"

namespace plumbline {

enum class EntityKind : std::uint8_t { brand, product, person, place, money, date };
inline constexpr std::uint32_t kEntityKinds = 6;
std::string_view name_of(EntityKind kind);

inline constexpr Day kNoDay = INT32_MIN;

struct EntityFinding {
  EntityKind kind = EntityKind::brand;
  std::string name;  // brand and product as configured, a place in English, else as written
  Span span;
  std::string brand;  // whose product it is
  // Brands and products: that the word means them; below 1/2 it does not.
  float probability = 1;
  // False: the word is a common one too and nothing says which is meant, in a language without
  // lists for it. `probability` is then 1/2.
  bool judged = true;
  // Brands and products: what is said of them (Analyzer::colour); only where `coloured`.
  Polarity label = Polarity::neutral;
  bool coloured = false;
  double amount = 0;               // money
  std::string currency;            // money: ISO 4217, upper case
  Day from = kNoDay, to = kNoDay;  // date: first and last day; kNoDay where it cannot be told
  bool relative = false;           // date: counted from the day of the mention ("last week")
};

enum class OfferKind : std::uint8_t { percent, amount, bundle, free, code, sale };
inline constexpr std::uint32_t kOfferKinds = 6;
std::string_view name_of(OfferKind kind);

// An offer or discount that the text says there is: not one that is denied or asked for.
struct OfferFinding {
  OfferKind kind = OfferKind::sale;
  Span span;
  double percent = 0;    // percent
  double amount = 0;     // amount
  std::string currency;  // amount: ISO 4217, empty where the sign is not known
  std::string code;      // code: as written, empty where none is named
};

// All of it in one text. Made anew whenever it is asked for and never stored: brands hang on the
// configuration and days on the mention, and to read a text again takes microseconds.
struct Named {
  std::vector<EntityFinding> entities;  // by begin
  std::vector<OfferFinding> offers;     // by begin
};

}  // namespace plumbline
