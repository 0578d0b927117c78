#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/source_case.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& youtube() { return *find_source("youtube"); }

Page after(const std::string& cursor, const std::string& name) {
  ReplyContext context;
  context.cursor = cursor;
  Result<Page> page = youtube().parse(tape("youtube", name), keyed_query(), context);
  EXPECT_TRUE(page);
  return page ? *page : Page();
}

TEST(YouTube, ReadsVideos) {
  const Page page = after("", "search.json");
  ASSERT_EQ(page.documents.size(), 2u);
  EXPECT_EQ(page.documents[0].id, "aBcDeFgHi01");
  EXPECT_EQ(page.documents[0].title, "Acme pump & a bucket");
  EXPECT_EQ(page.documents[0].author.name, "Pump Talk");
}

TEST(YouTube, ReadsCommentsAndAnswers) {
  const Page page = after("queue=aBcDeFgHi01", "comments.json");
  ASSERT_EQ(page.documents.size(), 3u);
  const Document& comment = page.documents[0];
  EXPECT_EQ(comment.id, "UgxA000000000000001AaABAg");
  EXPECT_EQ(comment.parent, "aBcDeFgHi01");
  EXPECT_EQ(comment.author.handle, "marta");
  EXPECT_EQ(comment.author.id, "UCmarta000000000000000001");
  EXPECT_EQ(comment.likes, 4);
  EXPECT_EQ(comment.text, "Mine is louder.");
  EXPECT_EQ(page.documents[2].parent, "UgxA000000000000002AaABAg");
  EXPECT_EQ(page.documents[2].text, "The green one.");
}

TEST(YouTube, ReadsEveryVideoThenTheNextPageOfTheSearch) {
  const Result<Request> search = youtube().plan(keyed_query(), "");
  EXPECT_EQ(search->url.rfind("https://www.googleapis.com/youtube/v3/search?", 0), 0u);
  EXPECT_EQ(search->headers.back(),
            (std::pair<std::string, std::string>("X-Goog-Api-Key", "s3cret")));
  std::string cursor = after("", "search.json").next;
  EXPECT_EQ(query_parameter(youtube().plan(keyed_query(), cursor)->url, "videoId"), "aBcDeFgHi01");
  cursor = after(cursor, "comments.json").next;
  EXPECT_EQ(query_parameter(youtube().plan(keyed_query(), cursor)->url, "pageToken"), "QURTSl9");
  cursor = after(cursor, "comments.json").next;  // the same page again: the next video
  EXPECT_EQ(query_parameter(youtube().plan(keyed_query(), cursor)->url, "videoId"), "aBcDeFgHi02");
  cursor = youtube().past_end(cursor)->next;  // its comments are closed
  EXPECT_EQ(query_parameter(youtube().plan(keyed_query(), cursor)->url, "pageToken"), "CDIQAA");
  EXPECT_FALSE(youtube().past_end(cursor)) << "the search itself must be there";
  EXPECT_EQ(after(cursor, "empty.json").resume, "since=1795253400");
}

TEST(YouTube, ReadsOneVideo) {
  SourceQuery query = keyed_query();
  query.words.clear();
  query.options["video"] = "aBcDeFgHi01";
  EXPECT_EQ(query_parameter(youtube().plan(query, "")->url, "videoId"), "aBcDeFgHi01");
  EXPECT_EQ(query_parameter(youtube().plan(query, "")->url, "order"), "time");
}

TEST(YouTube, TellsQuotaFromClosedComments) {
  EXPECT_EQ(youtube().told_to_wait(403, tape("youtube", "error.json")), 0);
  EXPECT_GT(youtube().told_to_wait(403, R"({"error":{"errors":[{"reason":"quotaExceeded"}]}})"), 0);
}

}  // namespace
}  // namespace plumbline
