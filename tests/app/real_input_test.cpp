// Real exports, where they lie beside the project: what is kept and counted equals the files' own
// numbers, counted here by other code.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "app/group.h"
#include "app/import_files.h"
#include "app/make_report.h"
#include "app/trends.h"
#include "scratch.h"

namespace plumbline {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::vector<std::string>> cells_of(const std::string& bytes) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    std::string& cell = rows.back().back();
    if (quoted && c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"') {
      cell += bytes[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
      cell += c;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\n' && i + 1 < bytes.size()) {
      rows.emplace_back(1);
    }
  }
  return rows;
}

std::vector<Row> rows_of(const std::string& path) {
  const auto cells = cells_of(slurp(path));
  std::vector<Row> out;
  for (std::size_t r = 1; r < cells.size(); ++r) {
    Row row;
    for (std::size_t c = 0; c < cells[0].size() && c < cells[r].size(); ++c)
      row[cells[0][c]] = cells[r][c];
    out.push_back(std::move(row));
  }
  return out;
}

// "2015-02-16T23:36:05-08:00" as a day of UTC.
Day utc_day(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ahead = 0, half = 0;
  std::sscanf(text.c_str(), "%d-%d-%dT%d:%d:%d%d:%d", &year, &month, &day, &hour, &minute, &second,
              &ahead, &half);
  const std::chrono::sys_days date = std::chrono::year(year) / month / day;
  const auto at = date + std::chrono::hours(hour - ahead);
  return static_cast<Day>(std::chrono::floor<std::chrono::days>(at).time_since_epoch().count());
}

struct Imported {
  Scratch scratch;
  std::optional<Workspace> workspace;
  FileImport file;
};

// Imports twice; call through ASSERT_NO_FATAL_FAILURE.
void import(Imported& out, const std::string& config, const std::string& name, ImportJob job) {
  out.scratch.file("plumbline.toml", config);
  auto workspace = open_workspace(out.scratch.path(), Access::write);
  ASSERT_TRUE(workspace) << describe(workspace.error());
  out.workspace.emplace(std::move(*workspace));
  job.files = {shared_folder() + "/data/real/" + name};
  const auto files = import_files(*out.workspace, job, no_progress());
  ASSERT_TRUE(files) << describe(files.error());
  out.file = files->front();
  const auto again = import_files(*out.workspace, job, no_progress());
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->front().put.added, 0) << "importing again adds nothing";
}

Report report_of(Imported& imported, Day from, Day to) {
  const Status ready = bring_up_to_date(*imported.workspace, no_progress());
  EXPECT_TRUE(ready) << describe(ready.error());
  ReportWish wish;
  wish.from = from;
  wish.to = to;
  wish.now = 1795334400;
  auto report = make_report(*imported.workspace, wish);
  EXPECT_TRUE(report) << describe(report.error());
  return report ? std::move(*report) : Report{};
}

std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<double> ranks;
  for (const double value : values) {
    const auto below =
        std::count_if(values.begin(), values.end(), [&](double other) { return other < value; });
    const auto equal = std::count(values.begin(), values.end(), value);
    ranks.push_back(static_cast<double>(below) + static_cast<double>(equal - 1) / 2);
  }
  return ranks;
}

double spearman(const std::vector<double>& a, const std::vector<double>& b) {
  const std::vector<double> x = ranks_of(a), y = ranks_of(b);
  const double middle = static_cast<double>(x.size() - 1) / 2;
  double both = 0, left = 0, right = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    both += (x[i] - middle) * (y[i] - middle);
    left += (x[i] - middle) * (x[i] - middle);
    right += (y[i] - middle) * (y[i] - middle);
  }
  return both / std::sqrt(left * right);
}

#define NEED_SHARED_DATA() \
  if (shared_folder().empty()) GTEST_SKIP() << "needs ../shared/data/real"

TEST(RealInput, AirlineCountsEqualTheFiles) {
  NEED_SHARED_DATA();
  ImportJob job;
  job.columns = {
      {"brand", "brand"}, {"author", "author"}, {"text", "text"}, {"published_at", "published_at"}};
  Imported airlines;
  ASSERT_NO_FATAL_FAILURE(
      import(airlines, "[brand]\nname = \"United\"\n", "airline-tweets.csv", job));
  EXPECT_EQ(airlines.file.read.rows, 14640);
  EXPECT_EQ(airlines.file.put.added, 14485);
  EXPECT_EQ(airlines.file.put.known + airlines.file.put.differing, 155);

  std::map<std::pair<std::string, Day>, std::int64_t> per_day, reported, trended;
  std::map<std::string, std::int64_t> per_brand;
  std::set<std::string> met;
  for (Row& row : rows_of(airlines.file.file)) {
    if (!met.insert(row["id"]).second) continue;
    ++per_day[{row["brand"], utc_day(row["published_at"])}];
    ++per_brand[row["brand"]];
  }
  ASSERT_EQ(met.size(), 14485u);
  const auto status = airlines.workspace->store->status("");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->documents, 14485);
  EXPECT_EQ((std::map<std::string, std::int64_t>(status->by_brand.begin(), status->by_brand.end())),
            per_brand);

  const Day from = utc_day("2015-02-01T00:00:00+00:00"), to = from + 27;
  const Report report = report_of(airlines, from, to);
  for (const DailyRow& row : report.daily) {
    if (row.counts.n > 0) reported[{row.brand, row.day}] = row.counts.n;
    EXPECT_EQ(row.positive + row.neutral + row.negative, row.counts.n);
  }
  EXPECT_EQ(reported, per_day);
  for (const auto& [brand, n] : per_brand) {
    ReportWish wish;
    wish.from = from;
    wish.to = to;
    wish.brand = brand;
    const auto trend = trend_of(*airlines.workspace, wish, Unit::day);
    ASSERT_TRUE(trend) << describe(trend.error());
    for (const TrendPoint& point : trend->points)
      if (point.counts.n > 0) trended[{brand, point.start}] = point.counts.n;
  }
  EXPECT_EQ(trended, per_day);
}

TEST(RealInput, SpeakerReviewsKeepEveryRating) {
  NEED_SHARED_DATA();
  ImportJob job;
  job.columns = {{"text", "text"}, {"rating", "rating"}, {"published_at", "published_at"}};
  job.brand = "Echo";
  Imported speakers;
  ASSERT_NO_FATAL_FAILURE(
      import(speakers, "[brand]\nname = \"Echo\"\n", "smart-speaker-reviews.csv", job));
  EXPECT_EQ(speakers.file.put.added, 3150) << "79 of them are a rating without a word";
  EXPECT_EQ(speakers.file.read.skipped + speakers.file.without_text, 0);
  std::map<std::string, std::int64_t> expected, kept;
  for (Row& row : rows_of(speakers.file.file)) ++expected[row["rating"]];
  std::int64_t wordless = 0;
  for (std::int64_t after = 0;;) {
    const auto piece = speakers.workspace->store->after(after, 1000);
    ASSERT_TRUE(piece);
    if (piece->empty()) break;
    after = piece->back().row;
    for (const StoredDocument& stored : *piece) {
      ASSERT_TRUE(stored.document.rating);
      ++kept[std::to_string(static_cast<int>(*stored.document.rating))];
      if (!stored.document.text.empty()) continue;
      ++wordless;
      EXPECT_EQ(stored.copy_of, 0) << "no words are no copy of no words";
    }
  }
  EXPECT_EQ(kept, expected);
  EXPECT_EQ(wordless, 79);
}

TEST(RealInput, YearlySentimentFollowsTheRatings) {
  NEED_SHARED_DATA();
  ImportJob job;
  job.columns = {{"text", "text"},
                 {"rating", "rating_of_10"},
                 {"published_at", "published_at"},
                 {"author", "author"},
                 {"title", "title"}};
  job.brand = "British Airways";
  Imported reviews;
  ASSERT_NO_FATAL_FAILURE(
      import(reviews, "[brand]\nname = \"British Airways\"\n", "airline-reviews.csv", job));
  EXPECT_EQ(reviews.file.put.added, reviews.file.read.rows);

  std::map<std::string, std::pair<double, int>> ratings;
  for (Row& row : rows_of(reviews.file.file)) {
    if (row["rating_of_10"].empty()) continue;
    auto& [sum, count] = ratings[row["published_at"].substr(0, 4)];
    sum += std::stod(row["rating_of_10"]);
    ++count;
  }
  ASSERT_TRUE(bring_up_to_date(*reviews.workspace, no_progress()));
  std::vector<double> rated, felt;
  std::string table;
  for (const auto& [year, rating] : ratings) {
    if (rating.second < 30) continue;  // below 30 voices no value may be shown
    ReportWish wish;
    wish.from = utc_day(year + "-01-01T00:00:00+00:00");
    wish.to = utc_day(year + "-12-31T00:00:00+00:00");
    wish.now = 1795334400;
    const auto report = make_report(*reviews.workspace, wish);
    ASSERT_TRUE(report) << describe(report.error());
    rated.push_back(rating.first / rating.second);
    felt.push_back(report->net_sentiment.value);
    table += year + " rating " + std::to_string(rated.back()) + " net sentiment " +
             std::to_string(felt.back()) + "\n";
  }
  ASSERT_GE(rated.size(), 10u);
  const double rank_correlation = spearman(rated, felt);
  RecordProperty("spearman", std::to_string(rank_correlation));
  std::printf("%sSpearman rank correlation %.2f over %zu years\n", table.c_str(), rank_correlation,
              rated.size());
  EXPECT_GE(rank_correlation, 0.9) << table;
}

}  // namespace
}  // namespace plumbline
