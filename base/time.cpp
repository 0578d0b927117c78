#include "base/time.h"

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <chrono>
#include <ctime>
#include <map>
#include <mutex>

#include "base/text.h"

namespace plumbline {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

year_month_day calendar(Day number) { return year_month_day{sys_days{days{number}}}; }
Day number_of(const year_month_day& date) {
  return static_cast<Day>(sys_days{date}.time_since_epoch().count());
}

Day floor_day(Seconds when) {
  return static_cast<Day>(when >= 0 ? when / kSecondsPerDay
                                    : (when - kSecondsPerDay + 1) / kSecondsPerDay);
}

icu::TimeZone* zone_of(const void* zone) {
  return static_cast<icu::TimeZone*>(const_cast<void*>(zone));
}

// Seconds to add to UTC to get the zone's wall clock.
Seconds offset_at(const void* zone, Seconds when, bool local) {
  if (!zone) return 0;
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t raw = 0, summer = 0;
  zone_of(zone)->getOffset(static_cast<double>(when) * 1000.0, local, raw, summer, status);
  return U_SUCCESS(status) ? (raw + summer) / 1000 : 0;
}

std::string ids_close_to(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::StringEnumeration> all(icu::TimeZone::createTimeZoneIDEnumeration(
      UCAL_ZONE_TYPE_CANONICAL, nullptr, nullptr, status));
  if (U_FAILURE(status) || !all) return {};
  std::vector<std::string> ids;
  while (const char* id = all->next(nullptr, status)) ids.emplace_back(id);
  const std::vector<std::string_view> views(ids.begin(), ids.end());
  return std::string(closest(name, views));
}

// The zones asked for so far; they live as long as the program.
const void* locate(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<icu::TimeZone>> zones;
  const std::lock_guard<std::mutex> lock(mutex);
  auto& zone = zones[name];
  if (!zone) zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (zone && *zone != icu::TimeZone::getUnknown()) return zone.get();
  return nullptr;
}

}  // namespace

std::string format_day(Day number) {
  const year_month_day date = calendar(number);
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()));
}

std::string format_utc(Seconds when) {
  if (when == kNoTime) return {};
  const Day date = floor_day(when);
  const auto rest = static_cast<int>(when - Seconds{date} * kSecondsPerDay);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_day(date), rest / 3600, rest / 60 % 60,
                     rest % 60);
}

Result<Day> parse_day(std::string_view text) {
  const auto parts = split(trim(text), '-');
  int number[3] = {0, 1, 1};
  bool good = !parts.empty() && parts.size() <= 3 && parts[0].size() == 4;
  for (std::size_t i = 0; good && i < parts.size(); ++i) {
    good = !parts[i].empty() && parts[i].size() <= 4;
    number[i] = 0;
    for (const char c : parts[i]) {
      good = good && c >= '0' && c <= '9';
      if (!good) break;
      number[i] = number[i] * 10 + (c - '0');
    }
  }
  const year_month_day date{year{number[0]}, month{static_cast<unsigned>(number[1])},
                            day{static_cast<unsigned>(number[2])}};
  if (!good || !date.ok())
    return fail(ErrorCode::parse, "'" + shorten(text, 40) + "' is not a day; write 2026-11-22");
  return number_of(date);
}

Day period_start(Day number, Unit unit) {
  if (unit == Unit::day) return number;
  if (unit == Unit::week) return number - ((number % 7 + 7 + 3) % 7);  // 1970-01-01 was a Thursday
  const year_month_day date = calendar(number);
  return number_of(year_month_day{date.year(), date.month(), day{1}});
}

Day period_next(Day start, Unit unit) {
  if (unit == Unit::day) return start + 1;
  if (unit == Unit::week) return start + 7;
  const year_month_day date = calendar(start);
  const auto next = std::chrono::year_month{date.year(), date.month()} + std::chrono::months{1};
  return number_of(year_month_day{next.year(), next.month(), day{1}});
}

int year_of(Day number) { return int(calendar(number).year()); }

Zone::Zone() : name_("UTC") {}

Result<Zone> Zone::find(std::string_view name) {
  Zone zone;
  if (name.empty() || name == "UTC" || name == "Etc/UTC") return zone;
  zone.name_ = std::string(name);
  zone.zone_ = locate(zone.name_);
  if (zone.zone_) return zone;
  const std::string close = ids_close_to(name);
  return fail(ErrorCode::not_found, "there is no time zone '" + shorten(name, 60) + "'" +
                                        (close.empty() ? "; write one like Europe/Berlin"
                                                       : "; did you mean " + close + "?"));
}

Day Zone::day_of(Seconds when) const { return floor_day(when + offset_at(zone_, when, false)); }

Seconds Zone::start_of(Day number) const {
  const Seconds local = Seconds{number} * kSecondsPerDay;
  return local - offset_at(zone_, local, true);
}

std::string Zone::format(Seconds when) const {
  if (when == kNoTime) return {};
  std::string text = format_utc(when + offset_at(zone_, when, false));
  text.resize(16);
  text[10] = ' ';
  return text;
}

Seconds now() { return static_cast<Seconds>(std::time(nullptr)); }

}  // namespace plumbline
