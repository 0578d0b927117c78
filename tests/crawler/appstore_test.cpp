#include <gtest/gtest.h>

#include "crawler/source.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& appstore() { return *find_source("appstore"); }

SourceQuery appstore_app() {
  SourceQuery query;
  query.words = "310000001";
  return query;
}

TEST(AppStore, ReadsLabels) {
  const Result<Page> page = appstore().parse(tape("appstore", "page.json"), appstore_app(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& review = page->documents[0];
  EXPECT_EQ(review.id, "13800000001");
  EXPECT_EQ(review.author.id, "120034");
  EXPECT_EQ(review.author.name, "marta.h");
  EXPECT_EQ(review.rating, 2.0);
  EXPECT_EQ(review.likes, 3);
  EXPECT_EQ(review.title, "Logs me out");
  EXPECT_EQ(review.text, "Every morning it asks for the password again.");
  EXPECT_EQ(review.place, "us");
  EXPECT_EQ(format_utc(review.published_at), "2026-11-21T15:12:03Z");
}

TEST(AppStore, ReadsASingleReviewAndLeavesOutTheApp) {
  EXPECT_EQ(appstore().parse(tape("appstore", "one.json"), appstore_app(), {})->documents.size(),
            1u);
  const Result<Page> page =
      appstore().parse(R"({"feed":{"entry":[{"im:name":{"label":"Pump"},"id":{"label":"x"}}]}})",
                       appstore_app(), {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 0u);
  EXPECT_EQ(page->skipped, 0);
}

TEST(AppStore, AsksTenPagesOfOneCountry) {
  SourceQuery query = appstore_app();
  query.options["country"] = "DE";
  EXPECT_EQ(appstore().plan(query, "")->url,
            "https://itunes.apple.com/de/rss/customerreviews/page=1/id=310000001/"
            "sortby=mostrecent/json");
  ReplyContext context;
  Result<Page> page = appstore().parse(tape("appstore", "page.json"), query, context);
  EXPECT_NE(appstore().plan(query, page->next)->url.find("/page=2/"), std::string::npos);
  context.cursor = "token=10;newest=1795275123";
  page = appstore().parse(tape("appstore", "page.json"), query, context);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=1795275123");
  context.cursor = "token=10;since=1790000000";
  EXPECT_NE(appstore().parse(tape("appstore", "page.json"), query, context)->gap, "");
}

TEST(AppStore, EndsAtWhatIsKnown) {
  ReplyContext context;
  context.cursor = "since=1799000000";
  EXPECT_EQ(appstore().parse(tape("appstore", "page.json"), appstore_app(), context)->next, "");
}

}  // namespace
}  // namespace plumbline
