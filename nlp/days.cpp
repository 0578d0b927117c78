// Days named by words, and amounts of money spelled out: the phrases of entities.txt that count.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "nlp/calendar.h"
#include "nlp/entities.h"

namespace plumbline {
namespace {

constexpr int kMostBack = 100;                 // years that "ago" may reach
constexpr std::uint32_t kMostNumberWords = 4;  // of one number word: "one hundred"

// A number as written in digits, with or without an ordinal's ending; 0: none.
int small_number(std::string_view word, const EntityLanguage& language) {
  std::size_t digits = 0;
  int value = 0;
  while (digits < word.size() && digits < 4 && is_digit(word[digits]))
    value = value * 10 + (word[digits++] - '0');
  if (digits == 0 || (digits < word.size() && is_digit(word[digits]))) return 0;
  const std::string_view ending = word.substr(digits);
  return ending.empty() || language.is(ending, SideWord::ordinal) ? value : 0;
}

class DayReader {
 public:
  DayReader(const PlainWords& words, const EntityLanguage& language, Seconds published,
            std::vector<EntityFinding>& out)
      : words_(words),
        text_(words.text),
        language_(language),
        out_(out),
        today_(day_of_mention(published)) {}

  void read(const EntityHit& hit) {
    switch (hit.entry->sort) {
      case EntityWord::month: month(hit); break;
      case EntityWord::weekday: weekday(hit); break;
      case EntityWord::when: when(hit, hit.entry->value); break;
      case EntityWord::ago: ago(hit); break;
      case EntityWord::spelled: spelled(hit); break;
      default: break;
    }
  }

 private:
  bool is(std::uint32_t word, SideWord side) const {
    return word < words_.words.size() && language_.is(words_.words[word], side);
  }

  // Words `word` and the next stand in one phrase: a blank, a dot, a comma or a hyphen between.
  bool adjoin(std::uint32_t word) const {
    if (word + 1 >= text_.words.size()) return false;
    const std::uint32_t end = text_.words[word].span.end;
    const std::string_view gap = text_.text.substr(end, text_.words[word + 1].span.begin - end);
    return gap == " " || gap == ". " || gap == ", " || gap == "-" || gap == ".";
  }

  int number_at(std::uint32_t word) const {
    return word < words_.words.size() ? small_number(words_.words[word], language_) : 0;
  }

  // The year that follows `last`, which is moved to it; 0 without one.
  int year_after(std::uint32_t& last) const {
    std::uint32_t at = last + 1;
    if (!adjoin(last)) return 0;
    if (is(at, SideWord::of) && adjoin(at)) ++at;
    const int year = number_at(at);
    if (year < 1900 || year > 2100 || words_.words[at].size() != 4) return 0;
    last = at;
    return year;
  }

  // The day before the month ("3rd of March") or after it ("March 3"); 0 without one.
  int day_beside(const EntityHit& hit, std::uint32_t& first, std::uint32_t& last) const {
    std::uint32_t at = hit.first;
    if (at > 0 && adjoin(at - 1) && is(at - 1, SideWord::of)) --at;
    if (at > 0 && adjoin(at - 1)) {
      const int day = number_at(at - 1);
      if (day >= 1 && day <= 31) {
        first = at - 1;
        return day;
      }
    }
    if (!adjoin(hit.last) || (language_.own != nullptr && language_.own->day_first)) return 0;
    const int day = number_at(hit.last + 1);
    if (day < 1 || day > 31 || is_longer_number(hit.last + 1)) return 0;
    last = hit.last + 1;
    return day;
  }

  // "March 3.5", "March 3%": no day.
  bool is_longer_number(std::uint32_t word) const {
    const std::uint32_t end = text_.words[word].span.end;
    return text_.text.substr(end, 1) == "%" || text_.text.substr(end, 2) == " %";
  }

  void month(const EntityHit& hit) {
    std::uint32_t first = hit.first, last = hit.last;
    const int day = day_beside(hit, first, last);
    const int year = year_after(last);
    const int number = hit.entry->value;
    const bool last_one = is(hit.first - 1, SideWord::last),
               next = is(hit.first - 1, SideWord::next);
    if (day == 0 && year == 0) {
      // "may", "march": a capital and "in" before it, or "last".
      const char c = text_.text[text_.words[hit.first].span.begin];
      const bool capital = c >= 'A' && c <= 'Z';
      const bool within = is(hit.first - 1, SideWord::within);
      if (hit.first == 0 || !(last_one || next || within) || words_.words[hit.first].size() < 3)
        return;
      if (hit.entry->needs_capital && !capital && words_.words[hit.first].size() < 6) return;
      if (last_one || next) --first;
    }
    Days days;
    bool relative = false;
    if (year != 0) {
      days = day == 0 ? month_of(year, number) : one(day_of(year, number, day));
      if (days.from == kNoDay) return;
    } else {
      relative = true;
      days = nearest(today_, number, day, last_one ? -1 : next ? 1 : 0);
    }
    add(span_of(hit, first, last), days, relative);
  }

  static Days one(Day day) { return {day, day}; }

  // Without "last" or "next" it may be either: no day then.
  void weekday(const EntityHit& hit) {
    std::uint32_t first = hit.first, last = hit.last;
    if (first > 1 && is(first - 1, SideWord::of)) --first;  // "desde el lunes"
    bool last_one = first > 0 && is(first - 1, SideWord::last);
    bool next = first > 0 && is(first - 1, SideWord::next);
    first = last_one || next ? first - 1 : hit.first;
    if (!last_one && !next && adjoin(last)) {
      last_one = is(last + 1, SideWord::last_after);
      next = is(last + 1, SideWord::next_after);
      last += last_one || next ? 1 : 0;
    }
    Days days;
    if (today_ != kNoDay && (last_one || next)) {
      const Day monday = period_start(today_, Unit::week);
      Day day = monday + hit.entry->value - 1;
      if (last_one && day >= today_) day -= 7;
      if (next && day <= today_) day += 7;
      days = one(day);
    }
    add(span_of(hit, first, last), days, true);
  }

  void when(const EntityHit& hit, int count) {
    const bool open = today_ == kNoDay || hit.entry->open;
    add(hit.span, open ? Days{} : away(today_, count, hit.entry->unit), true);
  }

  void ago(const EntityHit& hit) {
    int count = 0;
    for (std::uint32_t i = hit.first; i <= hit.last && count == 0; ++i) {
      count = number_at(i);
      std::uint32_t words = 1;
      if (count == 0)
        if (const double* number = longest(&EntityLanguage::number, i, hit.last, words))
          count = static_cast<int>(*number);
    }
    const int most = hit.entry->unit == DayUnit::day     ? kMostBack * 366
                     : hit.entry->unit == DayUnit::week  ? kMostBack * 53
                     : hit.entry->unit == DayUnit::month ? kMostBack * 12
                                                         : kMostBack;
    if (count == 0 || count > most) return;
    if (hit.entry->unit != DayUnit::week) return when(hit, count * hit.entry->value);
    // "two weeks ago" is a day, not a week.
    add(hit.span,
        today_ == kNoDay ? Days{} : away(today_, 7 * count * hit.entry->value, DayUnit::day), true);
  }

  // "five euros", "two hundred bucks"
  void spelled(const EntityHit& hit) {
    double amount = 1;
    bool number = false;
    std::uint32_t first = hit.first;
    for (std::uint32_t i = hit.first, words = 1; i < hit.last; i += words) {
      const double* value = longest(&EntityLanguage::number, i, hit.last - 1, words);
      const double* times =
          value == nullptr ? longest(&EntityLanguage::times, i, hit.last - 1, words) : nullptr;
      if (value == nullptr && times == nullptr) return;
      amount *= value != nullptr ? *value : *times;
      number = number || value != nullptr;
    }
    if (!number) return;
    EntityFinding money = found(EntityKind::money, span_of(hit, first, hit.last));
    money.amount = amount;
    money.currency = hit.entry->name;
    out_.push_back(std::move(money));
  }

  // Words `first` to `last`, which hold the hit; in unspaced text a hit may begin inside a word.
  Span span_of(const EntityHit& hit, std::uint32_t first, std::uint32_t last) const {
    return {first < hit.first ? text_.words[first].span.begin : hit.span.begin,
            last > hit.last ? text_.words[last].span.end : hit.span.end};
  }

  using Lookup = const double* (EntityLanguage::*)(std::string_view) const;
  // The longest number word that begins at word `at` ("one hundred"), none of it behind `last`;
  // `words`: how many it has.
  const double* longest(Lookup lookup, std::uint32_t at, std::uint32_t last,
                        std::uint32_t& words) const {
    const double* out = (language_.*lookup)(words_.words[at]);
    words = 1;
    std::string joined(words_.words[at]);
    for (std::uint32_t next = at + 1; next <= last && next < at + kMostNumberWords; ++next) {
      joined += ' ';
      joined += words_.words[next];
      const double* const longer = (language_.*lookup)(joined);
      if (longer == nullptr) continue;
      out = longer;
      words = next + 1 - at;
    }
    return out;
  }

  EntityFinding found(EntityKind kind, Span span) const {
    EntityFinding finding;
    finding.kind = kind;
    finding.span = span;
    finding.name = text_.text.substr(span.begin, span.end - span.begin);
    return finding;
  }

  void add(Span span, Days days, bool relative) {
    EntityFinding date = found(EntityKind::date, span);
    date.from = days.from;
    date.to = days.to;
    date.relative = relative;
    out_.push_back(std::move(date));
  }

  const PlainWords& words_;
  const Prepared& text_;
  const EntityLanguage& language_;
  std::vector<EntityFinding>& out_;
  const Day today_;
};

}  // namespace

void find_days(const PlainWords& words, const std::vector<EntityHit>& hits,
               const EntityLanguage& language, Seconds published, std::vector<EntityFinding>& out) {
  DayReader reader(words, language, published, out);
  for (const EntityHit& hit : hits) reader.read(hit);
}

}  // namespace plumbline
