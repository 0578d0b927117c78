// Which days a report is about where nobody says so.
#include "app/period.h"

#include <gtest/gtest.h>

#include "app/import_files.h"
#include "app/trends.h"
#include "app/workspace.h"
#include "scratch.h"

namespace plumbline {
namespace {

// A workspace with a mention on each of the days; one without a date where a day is empty.
Workspace with_days(const Scratch& scratch, const std::vector<std::string>& days) {
  scratch.file("plumbline.toml", "[brand]\nname = \"Acme\"\n");
  std::string csv = "id,date,text\n";
  for (std::size_t i = 0; i < days.size(); ++i)
    csv += std::to_string(i) + "," + days[i] + ",Acme pump number " + std::to_string(i) + "\n";
  Workspace workspace = *open_workspace(scratch.path(), Access::write);
  ImportJob job;
  job.files = {scratch.file("posts.csv", csv)};
  EXPECT_TRUE(import_files(workspace, job, no_progress()));
  return workspace;
}

TEST(Period, EndsWithTheNewestMentionThatIsNotOfTheFuture) {
  const struct {
    const char* name;
    std::vector<std::string> days;
    const char *from, *to;
    bool noted;
  } cases[] = {
      {"past", {"2026-08-01", "2026-09-01"}, "2026-08-01", "2026-09-01", false},
      {"tomorrow", {"2026-09-30", "2026-10-02"}, "2026-09-30", "2026-10-02", false},
      {"one wrong year",
       {"2026-08-01", "2026-09-01", "2031-05-05"},
       "2026-08-01",
       "2026-09-01",
       true},
      {"all later than the clock", {"2027-08-01", "2027-09-01"}, "2027-08-01", "2027-09-01", false},
      {"a year at most", {"2020-01-01", "2026-09-01"}, "2025-09-02", "2026-09-01", false},
  };
  for (const auto& c : cases) {
    const Scratch scratch;
    const Workspace workspace = with_days(scratch, c.days);
    ReportWish wish;
    wish.now = *parse_time("2026-10-01T12:00:00Z");
    const Result<Period> period = period_of(workspace, wish);
    ASSERT_TRUE(period) << c.name;
    EXPECT_EQ(format_day(period->from), c.from) << c.name;
    EXPECT_EQ(format_day(period->to), c.to) << c.name;
    EXPECT_EQ(!period->note.empty(), c.noted) << c.name << ": " << period->note;
    const Result<Trend> trend = trend_of(workspace, wish, Unit::day);
    ASSERT_TRUE(trend);
    EXPECT_EQ(trend->note, period->note);
  }
}

TEST(Period, AnUnknownBrandIsAnErrorThatNamesTheKnownOnes) {
  const Scratch scratch;
  const Workspace workspace = with_days(scratch, {"2026-08-01", "2026-09-01"});
  ReportWish wish;
  wish.now = *parse_time("2026-10-01T12:00:00Z");
  const std::pair<const char*, const char*> cases[] = {
      {"Acem", "no brand 'Acem' is known here, did you mean Acme?; known are: Acme"},
      {"acme", "no brand 'acme' is known here, did you mean Acme?; known are: Acme"},
      {"Somebody Else", "no brand 'Somebody Else' is known here; known are: Acme"},
  };
  for (const auto& [brand, message] : cases) {
    wish.brand = brand;
    const Result<Trend> trend = trend_of(workspace, wish, Unit::day);
    ASSERT_FALSE(trend) << brand;
    EXPECT_EQ(trend.error().code, ErrorCode::invalid);
    EXPECT_EQ(trend.error().message, message);
  }
  wish.brand = "Acme";
  EXPECT_TRUE(trend_of(workspace, wish, Unit::day));
}

TEST(Period, TheStatusCountsMentionsWithoutAnAuthor) {
  const Scratch scratch;
  const Workspace workspace = with_days(scratch, {"2026-08-01", "2026-09-01"});
  const auto status = workspace.store->status("");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->authors, 0);
  EXPECT_EQ(status->without_author, 2);
}

TEST(Period, TakesInTheFutureWhereAsked) {
  const Scratch scratch;
  const Workspace workspace = with_days(scratch, {"2026-09-01", "2031-05-05", "2031-05-06"});
  ReportWish wish;
  wish.now = *parse_time("2026-10-01T12:00:00Z");
  EXPECT_EQ(period_of(workspace, wish)->note,
            "2 mentions are dated later than tomorrow, up to 2031-05-06, left out: --to 2031-05-06 "
            "takes them in");
  wish.to = *parse_day("2031-05-06");
  const Result<Period> period = period_of(workspace, wish);
  ASSERT_TRUE(period);
  EXPECT_EQ(format_day(period->to), "2031-05-06");
  EXPECT_TRUE(period->note.empty());
  wish.from = *parse_day("2031-06-01");
  EXPECT_FALSE(period_of(workspace, wish));
}

}  // namespace
}  // namespace plumbline
