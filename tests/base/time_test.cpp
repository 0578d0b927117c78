#include "base/time.h"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

struct TimeCase {
  const char* text;
  const char* expected;  // empty: not a time
};

TEST(ParseTime, ReadsTheSpellingsMet) {
  const TimeCase cases[] = {
      {"2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z"},
      {"2026-11-22T08:00:00.123456Z", "2026-11-22T08:00:00Z"},
      {"2026-11-22T08:00:00+01:00", "2026-11-22T07:00:00Z"},
      {"2026-11-22T08:00:00+0530", "2026-11-22T02:30:00Z"},
      {"2026-11-22 08:00:00-08", "2026-11-22T16:00:00Z"},
      {"2026-11-22 08:00", "2026-11-22T08:00:00Z"},
      {"2026-11-22", "2026-11-22T00:00:00Z"},
      {"2026-11", "2026-11-01T00:00:00Z"},
      {"2026", "2026-01-01T00:00:00Z"},
      {"20261122", "2026-11-22T00:00:00Z"},
      {"20261122T080910Z", "2026-11-22T08:09:10Z"},
      {"2026-322", "2026-11-18T00:00:00Z"},
      {"Sun, 22 Nov 2026 08:00:00 GMT", "2026-11-22T08:00:00Z"},
      {"Sun, 22 Nov 2026 08:00:00 +0100", "2026-11-22T07:00:00Z"},
      {"22 Nov 26 08:00 EST", "2026-11-22T13:00:00Z"},
      {"Sunday, 22-Nov-26 08:00:00 GMT", "2026-11-22T08:00:00Z"},
      {"Sun Nov 22 08:00:00 2026", "2026-11-22T08:00:00Z"},
      {"Sun Jan 04 21:01:03 +0000 2015", "2015-01-04T21:01:03Z"},
      {"11/22/2026 4:05 PM", "2026-11-22T16:05:00Z"},
      {"22/11/2026", "2026-11-22T00:00:00Z"},
      {"22.11.2026 16:05", "2026-11-22T16:05:00Z"},
      {"22.11.2026, 16:05:30", "2026-11-22T16:05:30Z"},
      {"November 22, 2026", "2026-11-22T00:00:00Z"},
      {"Nov 22, 2026 at 4:05 pm", "2026-11-22T16:05:00Z"},
      {"22 November 2026", "2026-11-22T00:00:00Z"},
      {"1795334400", "2026-11-22T08:00:00Z"},
      {"1795334400.25", "2026-11-22T08:00:00Z"},
      {"1795334400000", "2026-11-22T08:00:00Z"},
      {"1795334400000000", "2026-11-22T08:00:00Z"},
      {"2024-02-29", "2024-02-29T00:00:00Z"},
      {"2026-02-29", ""},
      {"2026-13-01", ""},
      {"2026-11-22T25:00:00Z", ""},
      {"yesterday", ""},
      {"", ""},
      {"12:00", ""},
      {"99999999999999999999", ""},
      {"<script>", ""},
  };
  for (const TimeCase& c : cases) {
    const auto when = parse_time(c.text);
    EXPECT_EQ(when ? format_utc(*when) : "", c.expected) << c.text;
  }
}

TEST(ParseDay, TakesDayMonthAndYear) {
  EXPECT_EQ(format_day(parse_day("2026-11-22").value()), "2026-11-22");
  EXPECT_EQ(format_day(parse_day("2026-11").value()), "2026-11-01");
  EXPECT_EQ(format_day(parse_day("2026").value()), "2026-01-01");
  for (const char* bad : {"", "x", "2026-11-31", "26-11-22", "2026-11-22-01", "2026/11/22"})
    EXPECT_FALSE(parse_day(bad)) << bad;
}

TEST(Period, StartsOnMondayAndOnTheFirst) {
  const Day sunday = parse_day("2026-11-22").value();
  EXPECT_EQ(format_day(period_start(sunday, Unit::week)), "2026-11-16");
  EXPECT_EQ(format_day(period_start(sunday, Unit::month)), "2026-11-01");
  EXPECT_EQ(format_day(period_next(period_start(sunday, Unit::month), Unit::month)), "2026-12-01");
  for (Day day = -800; day < 800; ++day) {
    const Day start = period_start(day, Unit::week);
    EXPECT_LE(start, day);
    EXPECT_LT(day, period_next(start, Unit::week));
  }
}

TEST(Zone, CountsDaysByWallClock) {
  const Zone oslo = Zone::find("Europe/Oslo").value();
  const Seconds late = parse_time("2026-06-30T22:30:00Z").value();
  EXPECT_EQ(format_day(oslo.day_of(late)), "2026-07-01");
  EXPECT_EQ(oslo.format(late), "2026-07-01 00:30");
  EXPECT_EQ(format_utc(oslo.start_of(parse_day("2026-07-01").value())), "2026-06-30T22:00:00Z");
  // The days on which clocks change have 23 and 25 hours.
  const Day spring = parse_day("2026-03-29").value(), autumn = parse_day("2026-10-25").value();
  EXPECT_EQ(oslo.start_of(spring + 1) - oslo.start_of(spring), 23 * 3600);
  EXPECT_EQ(oslo.start_of(autumn + 1) - oslo.start_of(autumn), 25 * 3600);
}

TEST(Zone, SuggestsACloseName) {
  const auto zone = Zone::find("Europe/Olso");
  ASSERT_FALSE(zone);
  EXPECT_NE(zone.error().message.find("Europe/Oslo"), std::string::npos) << zone.error().message;
}

}  // namespace
}  // namespace plumbline
