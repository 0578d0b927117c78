#include "nlp/calendar.h"

#include <chrono>

namespace plumbline {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr Day kNearAhead = 60;  // a day without a year lies further ahead only after "next"

year_month_day date_of(Day day) { return year_month_day{sys_days(std::chrono::days(day))}; }

}  // namespace

Day day_of(int year, int month, int day) {
  const year_month_day date{std::chrono::year(year),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (year < 1000 || year > 9999 || month < 1 || day < 1 || !date.ok()) return kNoDay;
  return static_cast<Day>(sys_days(date).time_since_epoch().count());
}

Day day_of_mention(Seconds published) {
  if (published == kNoTime) return kNoDay;
  return static_cast<Day>(published >= 0 ? published / kSecondsPerDay
                                         : (published + 1) / kSecondsPerDay - 1);
}

int civil_year(Day day) { return static_cast<int>(date_of(day).year()); }

Days month_of(int year, int month) {
  const Day from = day_of(year, month, 1);
  const Day next = month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
  return from == kNoDay || next == kNoDay ? Days{} : Days{from, next - 1};
}

Days whole_year(int year) {
  const Day first = day_of(year, 1, 1);
  return first == kNoDay ? Days{} : Days{first, day_of(year, 12, 31)};
}

Days away(Day from, int count, DayUnit unit) {
  switch (unit) {
    case DayUnit::day: return {from + count, from + count};
    case DayUnit::week: {
      const Day monday = period_start(from, Unit::week) + 7 * count;
      return {monday, monday + 6};
    }
    case DayUnit::month: {
      const int month = static_cast<int>(static_cast<unsigned>(date_of(from).month()));
      const int months = civil_year(from) * 12 + month - 1 + count;
      return month_of(months / 12, months % 12 + 1);
    }
    case DayUnit::year: break;
  }
  return whole_year(civil_year(from) + count);
}

Days nearest(Day today, int month, int day, int way) {
  Days best;
  if (today == kNoDay) return best;
  for (int year = civil_year(today) - 1, i = 0; i < 3; ++i) {
    Days days = month_of(year + i, month);
    if (day != 0) days.from = days.to = day_of(year + i, month, day);
    if (days.from == kNoDay) continue;
    if (way > 0 && days.from > today) return days;
    if (way < 0 && days.to >= today) break;
    if (way <= 0 && days.from <= today + kNearAhead) best = days;
  }
  return best;
}

}  // namespace plumbline
