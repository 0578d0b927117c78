#include "nlp/unspaced_dates.h"

#include <algorithm>
#include <utility>

#include "nlp/numbers.h"

namespace plumbline {
namespace {

constexpr std::size_t kCharacter = 3;       // bytes
constexpr std::size_t kLongestPeriod = 24;  // bytes

using PeriodWord = std::pair<int, DayUnit>;

// Year, month and day as written; 0 where there is none.
struct DateParts {
  int year = 0, month = 0, day = 0;
};

std::string_view rest_of(std::string_view text, std::size_t at) {
  return text.substr(std::min(at, text.size()));
}

// The number of few digits at `at` with such a unit behind it; where that ends, 0 without.
std::size_t dated_number(std::string_view text, std::size_t at, const EntityLanguage& language,
                         NumberUnit sort, int& value) {
  const std::size_t digits = digits_at(text, at);
  if (digits == 0 || digits > (sort == NumberUnit::year ? 4U : 2U)) return 0;
  std::size_t end = at + digits, length = 0;
  end += blank_at(rest_of(text, end));
  const UnspacedUnit* unit = language.unit_at(rest_of(text, end), length);
  if (unit == nullptr || unit->sort != sort) return 0;
  value = static_cast<int>(value_of(text.substr(at, digits)));
  return end + length;
}

// The word for a year or month that ends before `begin`, which is moved to its begin.
const PeriodWord* period_before(std::string_view text, const EntityLanguage& language,
                                std::size_t& begin) {
  if (language.own == nullptr || language.own->periods.empty()) return nullptr;
  std::string_view before = text.substr(0, begin);
  if (before.size() >= kCharacter &&
      language.is(before.substr(before.size() - kCharacter), SideWord::of))
    before.remove_suffix(kCharacter);
  for (std::size_t length = std::min(kLongestPeriod, before.size() / kCharacter * kCharacter);
       length > 0; length -= kCharacter) {
    const auto found = language.own->periods.find(before.substr(before.size() - length));
    if (found == language.own->periods.end()) continue;
    begin = before.size() - length;
    return &found->second;
  }
  return nullptr;
}

Days days_of(DateParts parts, const PeriodWord* period, Day today) {
  if (parts.year == 0 && today == kNoDay) return {};
  if (parts.year == 0 && period == nullptr) return nearest(today, parts.month, parts.day);
  if (period != nullptr) {
    Days days = away(today, period->first, period->second);
    if (parts.month == 0) {  // a day of that month
      if (days.from + parts.day - 1 > days.to) return {};
      days.from = days.to = days.from + parts.day - 1;
      return days;
    }
    parts.year = civil_year(days.from);
  }
  if (parts.month == 0) return whole_year(parts.year);
  Days days = month_of(parts.year, parts.month);
  if (parts.day != 0) days.from = days.to = day_of(parts.year, parts.month, parts.day);
  return days;
}

}  // namespace

bool read_unspaced_date(std::string_view text, std::size_t at, const EntityLanguage& language,
                        Day today, UnspacedDate& out) {
  constexpr int kFirstYear = 1900, kLastYear = 2100;
  DateParts parts;
  std::size_t end = at;
  const auto take = [&](NumberUnit sort, int& value) {
    const std::size_t begin = end == at ? at : end + blank_at(rest_of(text, end));
    const std::size_t next = dated_number(text, begin, language, sort, value);
    if (next > 0) end = next;
  };
  take(NumberUnit::year, parts.year);
  if (end > at && (parts.year < kFirstYear || parts.year > kLastYear)) return false;
  take(NumberUnit::month, parts.month);
  std::size_t begin = at;
  const PeriodWord* period = parts.year == 0 ? period_before(text, language, begin) : nullptr;
  if (parts.month != 0 || (period != nullptr && period->second == DayUnit::month))
    take(NumberUnit::day, parts.day);
  if (end == at || parts.month > 12 || parts.day > 31) return false;
  out.days = days_of(parts, period, today);
  if (out.days.from == kNoDay && (parts.year != 0 || today != kNoDay)) return false;
  out.begin = begin;
  out.end = end;
  out.relative = parts.year == 0;
  return true;
}

}  // namespace plumbline
