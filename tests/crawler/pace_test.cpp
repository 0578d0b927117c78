#include "crawler/pace.h"

#include <gtest/gtest.h>

#include "crawler/retry.h"

namespace plumbline {
namespace {

TEST(Pace, NeverGivesPlacesFasterThanStated) {
  Pace pace;
  Millis last = -1000000;
  for (int i = 0; i < 50; ++i) {
    const Millis place = pace.take_place("a.example", 2, 1000 + i);
    EXPECT_GE(place - last, 500);
    last = place;
  }
  EXPECT_EQ(pace.take_place("b.example", 2, 1000), 1000) << "another host waits for nobody";
}

TEST(Pace, BlocksOnlyGrow) {
  Pace pace;
  pace.block("a", 5000);
  pace.block("a", 3000);
  EXPECT_EQ(pace.blocked_until("a"), 5000);
  EXPECT_EQ(pace.blocked_until("b"), 0);
}

struct WaitCase {
  WaitHeaders headers;
  bool limited;
  std::int64_t seconds;
};

TEST(SecondsToWait, KnowsTheFourClocks) {
  const Seconds now = 1795334400;  // 2026-11-22T08:00:00Z
  const std::string date = "Sun, 22 Nov 2026 08:00:00 GMT";
  const WaitCase cases[] = {
      {{date, "120", "", "", ""}, true, 120},
      {{date, "Sun, 22 Nov 2026 08:01:00 GMT", "", "", ""}, true, 60},
      {{"Sun, 22 Nov 2026 07:00:00 GMT", "Sun, 22 Nov 2026 07:01:00 GMT", "", "", ""}, true, 60},
      {{date, "soon", "", "", ""}, true, 0},
      {{date, "", "0", "30", ""}, false, 30},
      {{date, "", "0", "1795334430", ""}, false, 30},
      {{date, "", "0", "2026-11-22T08:00:30Z", ""}, false, 30},
      {{date, "", "5", "30", ""}, false, 0},
      {{date, "", "", "", ""}, false, 0},
  };
  for (const WaitCase& c : cases)
    EXPECT_EQ(seconds_to_wait(c.headers, c.limited, now), c.seconds)
        << c.headers.retry_after << " " << c.headers.reset;
}

TEST(Backoff, GrowsAndStaysBounded) {
  EXPECT_LT(backoff_millis(1, 0.5, 0.5), backoff_millis(3, 0.5, 0.5));
  EXPECT_LE(backoff_millis(40, 0.5, 1), 45000);
  EXPECT_TRUE(is_passing(503));
  EXPECT_FALSE(is_passing(404));
}

}  // namespace
}  // namespace plumbline
