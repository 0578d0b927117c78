#include "nlp/entity_words.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

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
    {"wish", EntityWord::wished},
};
constexpr std::string_view kSides[kSideWords] = {"of",    "within",  "last", "next",   "last+",
                                                 "next+", "ordinal", "at",   "unless", "percent",
                                                 "cut",   "deny",    "only", "over",   "ask"};

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
         sort == EntityWord::place || sort == EntityWord::maybe_place;
}

// "new york" and "new york's".
std::string with_possessive(std::string_view phrase) {
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
    const std::vector<std::string> counts = alternatives(out_.numbers, 1);
    if (!counts.empty()) add_spelled(counts);
    for (const auto& [phrase, tag] : phrases_) PLUMBLINE_CHECK(add_phrase(phrase, tag, counts));
    std::sort(out_.signs.begin(), out_.signs.end(), [](const auto& a, const auto& b) {
      return a.first.size() != b.first.size() ? a.first.size() > b.first.size() : a < b;
    });
    return out_.phrases.seal();
  }

 private:
  // What may stand for one of these numbers: those of one word and `least` bytes as alternatives,
  // then each of several words ("one hundred"), whose blanks part the words of a phrase.
  static std::vector<std::string> alternatives(
      const std::map<std::string, double, std::less<>>& numbers, std::size_t least) {
    std::string single;
    std::vector<std::string> out;
    for (const auto& [word, number] : numbers) {
      if (word.find(' ') != std::string::npos)
        out.push_back(word);
      else if (word.size() >= least)
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
      if (currency.second == 1 && word.size() > 2 && word.find(' ') == std::string::npos)
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
      for (std::string_view word : words) out_.sides[folded(trim(word))] |= 1U << side;
      return {};
    }
    if (what == "order") return read_order(value);
    if (what == "number" || what == "times" || what == "currency" || what == "code!" ||
        what == "sign")
      return read_money(what, value, words);
    for (const SortName& sort : kSorts)
      if (what == sort.name) return read_phrases(sort.sort, value, words);
    return fail(ErrorCode::invalid, "\"" + std::string(what) + "\" is nothing known here");
  }

  Status read_order(std::string_view value) {
    out_.day_first = value == "day";
    out_.month_first = value == "month";
    if (out_.day_first || out_.month_first || value == "none") return {};
    return fail(ErrorCode::invalid, "order is day, month or none");
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
      if (what == "number") out_.numbers[folded(word)] = worth;
      if (what == "times") out_.times[folded(word)] = worth;
      if (what == "currency") out_.currencies[folded(word)] = {code, worth};
      if (what == "code!") out_.codes[std::string(word)] = word;
      if (what == "sign") out_.signs.emplace_back(word, code);
    }
    return {};
  }

  Status read_phrases(EntityWord sort, std::string_view value,
                      const std::vector<std::string_view>& words) {
    EntityEntry entry;
    entry.sort = sort;
    if (sort == EntityWord::when || sort == EntityWord::ago) {
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
    const std::uint32_t tag = add_entry(std::move(entry));
    for (std::string_view phrase : words) {
      phrase = trim(phrase);
      if (phrase.empty()) return fail(ErrorCode::invalid, "a phrase is empty");
      phrases_.emplace_back(is_a_name(sort) ? with_possessive(phrase) : std::string(phrase), tag);
    }
    return {};
  }

  EntityWords& out_;
  const EntityWords* shared_;
  std::vector<std::pair<std::string, std::uint32_t>> phrases_;
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
