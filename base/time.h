// Moments and days as Plumbline keeps them: whole seconds since 1970 in UTC, and day numbers of a
// time zone.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace plumbline {

using Seconds = std::int64_t;  // since 1970-01-01T00:00:00Z, leap seconds not counted
using Day = std::int32_t;      // since 1970-01-01 in the zone in use

inline constexpr Seconds kNoTime = std::numeric_limits<Seconds>::min();  // "not given"
inline constexpr Seconds kSecondsPerDay = 86400;

// Reads the spellings met in exports, feeds and replies: ISO 8601 with Z, offset (+01:00, +0100,
// +01) or none (then UTC is meant), a blank for the T, fractions dropped; a bare date; RFC 822 and
// RFC 850 dates with named zones; "Sun Jan 04 21:01:03 +0000 2015"; US "11/22/2026 4:05 PM" (month
// first) and "22.11.2026 16:05" (day first); seconds, milliseconds or microseconds since 1970 as
// digits. A date that does not exist is an error of code parse.
Result<Seconds> parse_time(std::string_view text);

std::string format_utc(Seconds when);          // 2026-11-22T08:00:00Z; empty for kNoTime
std::string format_day(Day day);               // 2026-11-22
Result<Day> parse_day(std::string_view text);  // 2026-11-22, 2026-11 or 2026 (first day of it)

// The first day (Monday for weeks) of the period that `day` lies in.
enum class Unit { day, week, month };
Day period_start(Day day, Unit unit);
// The first day of the next period.
Day period_next(Day start, Unit unit);
int year_of(Day day);

// The days of one zone of the IANA list. Cheap to copy; safe from several threads.
class Zone {
 public:
  Zone();  // UTC
  static Result<Zone> find(
      std::string_view name);  // "Europe/Oslo"; not_found names a close spelling

  const std::string& name() const { return name_; }
  Day day_of(Seconds when) const;
  Seconds start_of(Day day) const;         // the first second of that day in the zone
  std::string format(Seconds when) const;  // 2026-11-22 09:00, in the zone

 private:
  std::string name_;
  const void* zone_ =
      nullptr;  // a date::time_zone, which lives as long as the program; null means UTC
};

// The clock is an argument everywhere; only `app` and `cli` call this.
Seconds now();

}  // namespace plumbline
