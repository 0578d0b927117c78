#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& hackernews() { return *find_source("hackernews"); }

SourceQuery pumps() {
  SourceQuery query;
  query.words = "acme pump";
  query.brand = "Acme";
  return query;
}

std::string filters(const SourceQuery& query, const std::string& cursor) {
  return query_parameter(hackernews().plan(query, cursor)->url, "numericFilters");
}

TEST(HackerNews, ReadsStoriesAndComments) {
  Result<Page> page = hackernews().parse(tape("hackernews", "page1.json"), pumps(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 3u);
  const Document& comment = page->documents[0];
  EXPECT_EQ(comment.source, "hackernews");
  EXPECT_EQ(comment.id, "49100042");
  EXPECT_EQ(comment.url, "https://news.ycombinator.com/item?id=49100042");
  EXPECT_EQ(comment.author.handle, "tomas_reed");
  EXPECT_EQ(comment.parent, "49100010");
  EXPECT_EQ(format_utc(comment.published_at), "2026-11-21T19:30:00Z");
  EXPECT_EQ(comment.text,
            "I bought the Acme pump last year.\nIt broke twice & support took nine days to "
            "answer.\n> lasts a decade\nMine didn't.");
  EXPECT_EQ(comment.brand, "Acme");
  EXPECT_FALSE(comment.likes);
  const Document& story = page->documents[1];
  EXPECT_EQ(story.title, "Show HN: A quiet pump for rain barrels");
  EXPECT_EQ(story.likes, 41);
  EXPECT_EQ(page->documents[2].text, "We change the impeller every two months.");
}

TEST(HackerNews, AsksForWordsAndTime) {
  SourceQuery query = pumps();
  query.since = 1000;
  Result<Request> request = hackernews().plan(query, "");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url.rfind("https://hn.algolia.com/api/v1/search_by_date?", 0), 0u);
  EXPECT_EQ(query_parameter(request->url, "query"), "acme pump");
  EXPECT_EQ(query_parameter(request->url, "tags"), "(story,comment)");
  EXPECT_EQ(filters(query, ""), "created_at_i>999");
  EXPECT_EQ(filters(pumps(), ""), "");
  query.words = " ";
  EXPECT_EQ(hackernews().plan(query, "").error().code, ErrorCode::invalid);
}

TEST(HackerNews, WalksBackThroughWindows) {
  SourceQuery query = pumps();
  Result<Page> first = hackernews().parse(tape("hackernews", "page1.json"), query, {});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->resume, "");  // older posts are still to come
  // The window ends with the oldest second read, because more posts may bear it.
  EXPECT_EQ(filters(query, first->next), "created_at_i<1795283702");
  ReplyContext context;
  context.cursor = first->next;
  Result<Page> second = hackernews().parse(tape("hackernews", "page2.json"), query, context);
  ASSERT_TRUE(second);
  ASSERT_EQ(second->documents.size(), 2u);  // 49099981 was on the first page
  EXPECT_EQ(second->documents[0].id, "49090001");
  EXPECT_EQ(second->next, "");
  EXPECT_EQ(second->resume, "since=1795289400");  // the newest of the whole walk
}

TEST(HackerNews, BeginsWhereLastRunEnded) {
  EXPECT_EQ(filters(pumps(), "since=1795289400"), "created_at_i>1795289398");
  SourceQuery later = pumps();
  later.since = 1795300000;
  EXPECT_EQ(filters(later, "since=1795289400"), "created_at_i>1795299999");
}

TEST(HackerNews, KeepsResumeWhenNothingIsNew) {
  ReplyContext context;
  context.cursor = "since=1795289400";
  Result<Page> page = hackernews().parse(tape("hackernews", "empty.json"), pumps(), context);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=1795289400");
}

// A server that gives the same second again and again must not hold us for ever.
TEST(HackerNews, EndsOnServerThatRepeats) {
  std::string body =
      R"({"hits":[{"objectID":"1","created_at_i":1000,"author":"ana"}],"nbHits":100000})";
  std::string cursor;
  int pages = 0;
  do {
    ReplyContext context;
    context.cursor = cursor;
    Result<Page> page = hackernews().parse(body, pumps(), context);
    ASSERT_TRUE(page);
    ASSERT_NE(page->next, cursor);
    cursor = page->next;
  } while (!cursor.empty() && ++pages < 100);
  EXPECT_LT(pages, 20);
}

TEST(HackerNews, CountsWhatItCannotRead) {
  Result<Page> page = hackernews().parse(
      R"({"hits":[{"objectID":"1"},{"created_at_i":5},7,null,{"objectID":"2","created_at_i":5},
          {"objectID":"2","created_at_i":5},{"objectID":"3","created_at_i":99999999999999999}]})",
      pumps(), {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->skipped, 6);
  EXPECT_FALSE(page->skipped_reason.empty());
}

TEST(HackerNews, PassesOnWhatTheServerSays) {
  Result<Page> page = hackernews().parse(tape("hackernews", "error.json"), pumps(), {});
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::parse);
  EXPECT_NE(page.error().message.find("invalid numericFilters"), std::string::npos);
}

TEST(HackerNews, AsksAgain) {
  const std::vector<std::string> ids = {"49100042"};
  EXPECT_EQ(hackernews().recheck(pumps(), ids)->url,
            "https://hn.algolia.com/api/v1/items/49100042");
  ReplyContext context;
  context.cursor = kRecheck;
  Result<Page> page = hackernews().parse(
      R"({"id":49100042,"created_at":"2026-11-21T19:30:00.000Z","created_at_i":1795289400,
          "type":"comment","author":"tomas_reed","title":null,"url":null,"text":"It broke, again.",
          "points":null,"parent_id":49100010,"story_id":49100010,"children":[],"options":[]})",
      pumps(), context);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].id, "49100042");
  EXPECT_EQ(page->documents[0].text, "It broke, again.");
  EXPECT_EQ(page->documents[0].parent, "49100010");
  EXPECT_EQ(page->next + page->resume, "");
}

}  // namespace
}  // namespace plumbline
