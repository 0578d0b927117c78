#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& steam() { return *find_source("steam"); }

SourceQuery steam_app() {
  SourceQuery query;
  query.options["app"] = "440";
  return query;
}

TEST(Steam, ReadsReviews) {
  const Result<Page> page = steam().parse(tape("steam", "page1.json"), steam_app(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& review = page->documents[0];
  EXPECT_EQ(review.id, "180000041");
  EXPECT_EQ(review.author.id, "76561190000000011");
  EXPECT_EQ(review.url, "https://steamcommunity.com/profiles/76561190000000011/recommended/440/");
  EXPECT_EQ(review.published_at, 1795270001);
  EXPECT_EQ(review.lang, "en");
  EXPECT_EQ(review.rating, 1.0);
  EXPECT_EQ(review.likes, 7);
  EXPECT_EQ(review.text, "Great pump game\nRuns well on an old laptop [really].");
  EXPECT_EQ(page->documents[1].rating, 0.0);
  EXPECT_EQ(page->documents[1].lang, "de");
}

TEST(Steam, PagesByCursorUntilItRepeats) {
  const Result<Request> request = steam().plan(steam_app(), "");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url.rfind("https://store.steampowered.com/appreviews/440?json=1&", 0), 0u);
  EXPECT_EQ(query_parameter(request->url, "cursor"), "*");
  EXPECT_EQ(query_parameter(request->url, "filter"), "recent");
  EXPECT_EQ(query_parameter(request->url, "filter_offtopic_activity"), "0");
  ReplyContext context;
  context.cursor = steam().parse(tape("steam", "page1.json"), steam_app(), context)->next;
  EXPECT_NE(steam().plan(steam_app(), context.cursor)->url.find("cursor=AoJ4r%2F%2Be%3D%3D"),
            std::string::npos);
  const Result<Page> second = steam().parse(tape("steam", "edges.json"), steam_app(), context);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->next, "");  // the cursor is the one we came with
  EXPECT_EQ(second->resume, "since=1795270001");
  EXPECT_EQ(second->skipped, 2);
}

TEST(Steam, EndsWhereNothingIsNew) {
  ReplyContext context;
  context.cursor = "since=1799000000";
  const Result<Page> page = steam().parse(tape("steam", "page1.json"), steam_app(), context);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=1799000000");
  EXPECT_EQ(steam().parse(tape("steam", "empty.json"), steam_app(), {})->next, "");
}

}  // namespace
}  // namespace plumbline
