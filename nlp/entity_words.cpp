#include "nlp/entity_words.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/text.h"
#include "base/words.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

struct SortName {
  std::string_view name;
  EntityWord sort;
};
constexpr SortName kSorts[] = {
    {"month", EntityWord::month},        {"weekday", EntityWord::weekday},
    {"when", EntityWord::when},          {"ago", EntityWord::ago},
    {"title", EntityWord::title},        {"first", EntityWord::first_name},
    {"first?", EntityWord::maybe_name},  {"place", EntityWord::place},
    {"place?", EntityWord::maybe_place}, {"offer", EntityWord::offer},
    {"after", EntityWord::offer_after},  {"before", EntityWord::offer_before},
    {"code", EntityWord::offer_code},    {"none", EntityWord::no_offer},
    {"wish", EntityWord::wished},        {"last_name", EntityWord::last_name},
    {"title+", EntityWord::title_after}, {"not", EntityWord::no_name},
    {"month!", EntityWord::month},
};
constexpr std::string_view kSides[kSideWords] = {
    "of",      "within", "last", "next", "last+", "next+", "ordinal", "at",     "unless",
    "percent", "cut",    "deny", "only", "over",  "ask",   "at+",     "place+", "currency+"};
constexpr std::size_t kLongestUnspaced = 24;  // bytes of a unit

std::string folded(std::string_view word) { return plain(fold_word(word)); }

Result<double> read_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    return fail(ErrorCode::invalid, "\"" + std::string(text) + "\" is no number");
  return number;
}

bool unit_of(char letter, DayUnit& unit) {
  const auto at = std::string_view("dwmy").find(letter);
  if (at == std::string_view::npos) return false;
  unit = static_cast<DayUnit>(at);
  return true;
}

// "-1d", "+2w"; without digits only the sign: -d.
Status read_offset(std::string_view text, EntityEntry& entry) {
  if (text.size() < 2 || !unit_of(text.back(), entry.unit))
    return fail(ErrorCode::invalid, "a time is a sign, a number and d, w, m or y: -1d");
  text.remove_suffix(1);
  if (text == "-" || text == "+") {
    entry.value = text.front() == '-' ? -1 : 1;
    return {};
  }
  if (text.front() == '+') text.remove_prefix(1);
  entry.value = static_cast<int>(PLUMBLINE_TRY(read_number(text)));
  return {};
}

Status read_kind(std::string_view name, EntityEntry& entry) {
  for (std::uint32_t i = 0; i < kOfferKinds; ++i) {
    entry.offer = static_cast<OfferKind>(i);
    if (name_of(entry.offer) == name) return {};
  }
  return fail(ErrorCode::invalid, "\"" + std::string(name) + "\" is no kind of offer");
}

bool is_a_name(EntityWord sort) {
  return sort == EntityWord::first_name || sort == EntityWord::maybe_name ||
         sort == EntityWord::place || sort == EntityWord::maybe_place ||
         sort == EntityWord::last_name;
}

// Sorts whose words may carry what is written together with them.
bool takes_prefix(EntityWord sort) {
  return sort == EntityWord::first_name || sort == EntityWord::place || sort == EntityWord::title;
}

bool names_or_titles(EntityWord sort) {
  return is_a_name(sort) || sort == EntityWord::title || sort == EntityWord::title_after;
}

std::uint8_t characters_of(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; };
  return static_cast<std::uint8_t>(std::count_if(text.begin(), text.end(), begins));
}

// Fit for an alternative of a phrase.
bool is_plain_word(std::string_view word) {
  return word.find(' ') == std::string_view::npos && !is_unspaced(word);
}

// "new york" and "new york's".
std::string with_possessive(std::string_view phrase) {
  if (is_caseless(phrase)) return std::string(phrase);
  const std::string_view last = phrase.substr(phrase.rfind(' ') + 1);
  return std::string(phrase) + "|" + std::string(last) + "'s";
}

class Loader {
 public:
  Loader(EntityWords& out, const EntityWords* shared) : out_(out), shared_(shared) {}

  Status read(const std::string& name, std::string_view content) {
    const std::vector<PatternLine> lines = PLUMBLINE_TRY(read_lines(name, content));
    for (const PatternLine& line : lines)
      if (Status status = read_line(line); !status)
        return tl::unexpected(line_error(name, line.number, status.error().message));
    return {};
  }

  // Phrases with {count} wait until every number word is known.
  Status finish() {
    add_prefixed();
    add_honoured();
    const std::vector<std::string> counts = alternatives(out_.numbers, 1);
    if (!counts.empty()) add_spelled(counts);
    for (const auto& [phrase, tag] : phrases_) PLUMBLINE_CHECK(add_phrase(phrase, tag, counts));
    std::sort(out_.signs.begin(), out_.signs.end(), [](const auto& a, const auto& b) {
      return a.first.size() != b.first.size() ? a.first.size() > b.first.size() : a < b;
    });
    return out_.phrases.seal();
  }

 private:
  // "ومحمد", "بالرياض": names with what is written together with them.
  void add_prefixed() {
    const std::size_t count = phrases_.size();
    for (std::size_t i = 0; i < count && !prefixes_.empty(); ++i) {
      const EntityEntry entry = out_.entries[phrases_[i].second];
      if (entry.cut > 0 || !takes_prefix(entry.sort) || !is_caseless(phrases_[i].first)) continue;
      for (const auto& [prefix, instead_of] : prefixes_) {
        const std::string& phrase = phrases_[i].first;
        if (!phrase.starts_with(instead_of)) continue;
        EntityEntry longer = entry;
        longer.cut = characters_of(prefix);
        std::string whole = prefix + phrase.substr(instead_of.size());
        phrases_.emplace_back(std::move(whole), add_entry(std::move(longer)));
      }
    }
  }

  // "田中さん": in unspaced text a surname counts with what follows it alone.
  void add_honoured() {
    std::vector<std::string> names, titles;
    std::erase_if(phrases_, [&](const auto& phrase) {
      const EntityWord sort = out_.entries[phrase.second].sort;
      const bool name = sort == EntityWord::last_name, title = sort == EntityWord::title_after;
      if (!is_unspaced(phrase.first) || (!name && !title)) return false;
      (name ? names : titles).push_back(phrase.first);
      return true;
    });
    if (names.empty()) return;
    out_.unspaced_names.insert(names.begin(), names.end());
    EntityEntry person;
    person.sort = EntityWord::first_name;
    const std::uint32_t tag = add_entry(std::move(person));
    for (const std::string& name : names)
      for (const std::string& title : titles) phrases_.emplace_back(name + title, tag);
  }

  // What may stand for one of these numbers: those of one word and `least` bytes as alternatives,
  // then each of several words ("one hundred"), whose blanks part the words of a phrase.
  static std::vector<std::string> alternatives(
      const std::map<std::string, double, std::less<>>& numbers, std::size_t least) {
    std::string single;
    std::vector<std::string> out;
    for (const auto& [word, number] : numbers) {
      if (word.find(' ') != std::string::npos && !is_unspaced(word))
        out.push_back(word);
      else if (word.size() >= least && is_plain_word(word))
        single += (single.empty() ? "" : "|") + word;
    }
    if (!single.empty()) out.insert(out.begin(), std::move(single));
    return out;
  }

  Status add_phrase(const std::string& phrase, std::uint32_t tag,
                    const std::vector<std::string>& counts) {
    constexpr std::string_view kCount = "{count}";
    const auto at = phrase.find(kCount);
    if (at == std::string::npos) return out_.phrases.add(phrase, tag);
    const auto put = [&](std::string_view count) {
      return out_.phrases.add(std::string(phrase).replace(at, kCount.size(), count), tag);
    };
    PLUMBLINE_CHECK(put("{number}"));
    for (const std::string& count : counts) PLUMBLINE_CHECK(put(count));
    return {};
  }

  // "five euros", "two hundred euros".
  void add_spelled(const std::vector<std::string>& counts) {
    std::map<std::string, std::string> words;  // by code
    auto currencies = out_.currencies;
    if (shared_ != nullptr)
      currencies.insert(shared_->currencies.begin(), shared_->currencies.end());
    for (const auto& [word, currency] : currencies)
      if (currency.second == 1 && word.size() > 2 && is_plain_word(word))
        words[currency.first] += (words[currency.first].empty() ? "" : "|") + word;
    const std::vector<std::string> times = alternatives(out_.times, 3);
    for (const auto& [code, names] : words) {
      EntityEntry entry;
      entry.sort = EntityWord::spelled;
      entry.name = code;
      const auto tag = add_entry(std::move(entry));
      for (const std::string& count : counts) {
        phrases_.emplace_back(count + " " + names, tag);
        for (const std::string& factor : times)
          phrases_.emplace_back(count + " " + factor + " " + names, tag);
      }
    }
  }

  std::uint32_t add_entry(EntityEntry entry) {
    out_.entries.push_back(std::move(entry));
    return static_cast<std::uint32_t>(out_.entries.size() - 1);
  }

  Status read_line(const PatternLine& line) {
    if (line.fields.size() != 3)
      return fail(ErrorCode::invalid, "a line is: what TAB value (- for none) TAB words");
    const std::string_view what = line.fields[0], value = line.fields[1];
    const std::vector<std::string_view> words = split(line.fields[2], ',');
    for (std::size_t side = 0; side < kSideWords; ++side) {
      if (what != kSides[side]) continue;
      for (std::string_view word : words) {
        out_.sides[folded(trim(word))] |= 1U << side;
        if (what == "percent") add_unit(trim(word), {NumberUnit::percent, 1, {}});
      }
      return {};
    }
    if (what == "order") return read_order(value);
    if (what == "numerals") return read_numerals(value);
    if (what == "number" || what == "times" || what == "currency" || what == "currency?" ||
        what == "code!" || what == "sign")
      return read_money(what, value, words);
    if (what == "dated" || what == "nounit") return read_units(what, value, words);
    if (what == "prefix") {
      for (std::string_view word : words)
        prefixes_.emplace_back(trim(word), value == "-" ? std::string_view() : value);
      return {};
    }
    for (const SortName& sort : kSorts)
      if (what == sort.name) return read_phrases(sort.sort, what, value, words);
    return fail(ErrorCode::invalid, "\"" + std::string(what) + "\" is nothing known here");
  }

  Status read_order(std::string_view value) {
    out_.day_first = value == "day";
    out_.month_first = value == "month";
    if (out_.day_first || out_.month_first || value == "none") return {};
    return fail(ErrorCode::invalid, "order is day, month or none");
  }

  Status read_numerals(std::string_view value) {
    if (value != "short" && value != "full")
      return fail(ErrorCode::invalid, "numerals are short or full");
    out_.numerals.use(value == "short");
    return {};
  }

  void add_unit(std::string_view word, UnspacedUnit unit) {
    if (is_unspaced(word)) out_.units[std::string(word)] = std::move(unit);
  }

  // What stands behind a number in unspaced text: of a date, or what only looks like a unit.
  Status read_units(std::string_view what, std::string_view value,
                    const std::vector<std::string_view>& words) {
    UnspacedUnit unit;
    if (what == "dated") {
      if (value != "y" && value != "m" && value != "d")
        return fail(ErrorCode::invalid, "dated is y, m or d");
      unit.sort = value == "y"   ? NumberUnit::year
                  : value == "m" ? NumberUnit::month
                                 : NumberUnit::day;
    }
    for (std::string_view word : words) add_unit(trim(word), unit);
    return {};
  }

  Status read_money(std::string_view what, std::string_view value,
                    const std::vector<std::string_view>& words) {
    double worth = 1;
    std::string code(value == "-" ? std::string_view() : value);
    if (what == "number" || what == "times") {
      worth = PLUMBLINE_TRY(read_number(value));
    } else if (const auto blank = value.find(' '); blank != std::string_view::npos) {
      code = std::string(value.substr(0, blank));
      worth = PLUMBLINE_TRY(read_number(value.substr(blank + 1)));
    }
    for (std::string_view word : words) {
      word = trim(word);
      if (word.empty()) return fail(ErrorCode::invalid, "a word is empty");
      if (what == "number" || (what == "times" && worth > 1)) out_.numerals.add(word, worth);
      if (what == "number") out_.numbers[folded(word)] = worth;
      if (what == "times") out_.times[folded(word)] = worth;
      if (what == "times") add_unit(word, {NumberUnit::times, worth, {}});
      if (what == "currency") out_.currencies[folded(word)] = {code, worth};
      if (what == "currency") add_unit(word, {NumberUnit::money, worth, code});
      if (what == "currency?") add_unit(word, {NumberUnit::maybe_money, worth, code});
      if (what == "code!") out_.codes[std::string(word)] = code.empty() ? std::string(word) : code;
      if (what == "sign") out_.signs.emplace_back(word, code);
    }
    return {};
  }

  Status read_phrases(EntityWord sort, std::string_view what, std::string_view value,
                      const std::vector<std::string_view>& words) {
    EntityEntry entry;
    entry.sort = sort;
    entry.needs_capital = what != "month!";
    if (sort == EntityWord::when && value == "?") {
      entry.open = true;
    } else if (sort == EntityWord::when || sort == EntityWord::ago) {
      PLUMBLINE_CHECK(read_offset(value, entry));
    } else if (sort == EntityWord::offer) {
      PLUMBLINE_CHECK(read_kind(value, entry));
    } else if (sort == EntityWord::month || sort == EntityWord::weekday) {
      entry.value = static_cast<int>(PLUMBLINE_TRY(read_number(value)));
      if (entry.value < 1 || entry.value > (sort == EntityWord::month ? 12 : 7))
        return fail(ErrorCode::invalid, "months are 1 to 12, days of the week 1 to 7");
    } else if (value != "-") {
      entry.name = std::string(value);
    }
    const std::uint32_t tag = add_entry(entry);
    for (std::string_view phrase : words) {
      phrase = trim(phrase);
      if (phrase.empty()) return fail(ErrorCode::invalid, "a phrase is empty");
      if (sort == EntityWord::when && is_unspaced(phrase) && entry.unit >= DayUnit::month)
        out_.periods[std::string(phrase)] = {entry.value, entry.unit};
      if (const auto plus = phrase.find('+');
          plus != std::string_view::npos && plus > 0 && names_or_titles(sort)) {
        EntityEntry longer = entry;
        longer.cut = characters_of(phrase.substr(0, plus));
        std::string whole(phrase);
        whole.erase(plus, 1);
        phrases_.emplace_back(std::move(whole), add_entry(std::move(longer)));
        continue;
      }
      phrases_.emplace_back(is_a_name(sort) ? with_possessive(phrase) : std::string(phrase), tag);
    }
    return {};
  }

  EntityWords& out_;
  const EntityWords* shared_;
  std::vector<std::pair<std::string, std::uint32_t>> phrases_;
  std::vector<std::pair<std::string, std::string>> prefixes_;  // and what each is written for
};

template <class Map>
const typename Map::mapped_type* value_in(const Map* own, const Map& shared,
                                          std::string_view word) {
  if (own != nullptr)
    if (const auto found = own->find(word); found != own->end()) return &found->second;
  const auto found = shared.find(word);
  return found == shared.end() ? nullptr : &found->second;
}

}  // namespace

Result<EntityWords> EntityWords::load(const std::string& where, std::string_view entities,
                                      std::string_view offers, const EntityWords* shared) {
  EntityWords out;
  Loader loader(out, shared);
  PLUMBLINE_CHECK(loader.read(where + "/entities.txt", entities));
  PLUMBLINE_CHECK(loader.read(where + "/offers.txt", offers));
  if (Status status = loader.finish(); !status)
    return fail(ErrorCode::invalid, status.error().message, where);
  return out;
}

bool EntityWords::is(std::string_view word, SideWord side) const {
  const auto found = sides.find(std::string(word));
  return found != sides.end() && (found->second >> static_cast<unsigned>(side) & 1U) != 0;
}

const UnspacedUnit* EntityWords::unit_at(std::string_view text, std::size_t& length) const {
  if (units.empty() || text.empty() || !is_high(text.front())) return nullptr;
  for (length = std::min(kLongestUnspaced, text.size()); length > 0; --length) {
    if (length < text.size() && (text[length] & 0xC0) == 0x80) continue;  // within a character
    if (const auto found = units.find(text.substr(0, length)); found != units.end())
      return &found->second;
  }
  return nullptr;
}

const UnspacedUnit* EntityLanguage::unit_at(std::string_view text, std::size_t& length) const {
  std::size_t of_shared = 0;
  const UnspacedUnit* in_own = own == nullptr ? nullptr : own->unit_at(text, length);
  const UnspacedUnit* in_shared = shared->unit_at(text, of_shared);
  if (in_own != nullptr && (in_shared == nullptr || length >= of_shared)) return in_own;
  length = of_shared;
  return in_shared;
}

bool EntityLanguage::begins(std::string_view text, SideWord side) const {
  for (std::size_t length = std::min(kLongestUnspaced, text.size() / 3 * 3); length > 0;
       length -= 3)
    if (is(text.substr(0, length), side)) return true;
  return false;
}

bool is_caseless(std::string_view text) {
  if (text.empty() || !is_high(text.front())) return false;
  UChar32 point = 0;
  std::int64_t i = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i,
          static_cast<std::int64_t>(text.size()), point);
  return point >= 0 && u_charType(point) == U_OTHER_LETTER;
}

const double* EntityLanguage::number(std::string_view word) const {
  return value_in(own == nullptr ? nullptr : &own->numbers, shared->numbers, word);
}

const double* EntityLanguage::times(std::string_view word) const {
  return value_in(own == nullptr ? nullptr : &own->times, shared->times, word);
}

const std::pair<std::string, double>* EntityLanguage::currency(std::string_view word) const {
  return value_in(own == nullptr ? nullptr : &own->currencies, shared->currencies, word);
}

}  // namespace plumbline
