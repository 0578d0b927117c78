#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

constexpr char kVisit[] = "queue=100200300400_555000001";

SourceCase page() {
  SourceCase of("facebook", "100200300400");
  of.query.token = "s3cret";
  return of;
}

Page again(const SourceCase& of, const std::string& body) {
  ReplyContext context;
  context.cursor = kRecheck;
  const Result<Page> read = of.source.parse(body, of.query, context);
  EXPECT_TRUE(read) << read.error().message;
  return read ? *read : Page();
}

TEST(Facebook, ReadsPostsOfThePageAndOfItsVisitors) {
  const Result<Page> read = page().read("feed.json");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->documents.size(), 3u);
  const Document& post = read->documents[0];
  EXPECT_EQ(post.id, "100200300400_555000001");
  EXPECT_EQ(post.url, "https://www.facebook.com/100200300400/posts/555000001");
  EXPECT_EQ(post.author.id, "100200300400");
  EXPECT_EQ(post.author.name, "Acme Pumps");
  EXPECT_EQ(format_utc(post.published_at), "2026-11-20T09:00:00Z");
  EXPECT_EQ(post.text, "Our new Acme pump is out.");
  EXPECT_EQ(post.likes, 41);
  EXPECT_EQ(post.shares, 3);
  EXPECT_EQ(post.parent, "");
  EXPECT_EQ(post.brand, "Acme");
  EXPECT_EQ(read->documents[1].author.name, "Marta Hale");
  EXPECT_FALSE(read->documents[1].shares);
}

TEST(Facebook, ReadsCommentsAndAnswers) {
  const Result<Page> read = page().read("comments.json", kVisit);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->documents.size(), 3u);
  EXPECT_EQ(read->documents[0].id, "555000001_9001");
  EXPECT_EQ(read->documents[0].parent, "100200300400_555000001");
  EXPECT_EQ(read->documents[0].likes, 5);
  EXPECT_EQ(read->documents[1].parent, "555000001_9001");
  EXPECT_EQ(read->documents[2].author.id, "") << "who does not want to be named stays nobody";
}

TEST(Facebook, ReadsThePostsThenTheirCommentsThenTheNextPage) {
  const SourceCase of = page();
  EXPECT_EQ(of.url().rfind("https://graph.facebook.com/v25.0/100200300400/feed?", 0), 0u);
  EXPECT_EQ(of.header("Authorization"), "Bearer s3cret");
  std::string cursor = of.read("feed.json")->next;
  EXPECT_EQ(
      of.url(cursor).rfind("https://graph.facebook.com/v25.0/100200300400_555000001/comments", 0),
      0u);
  EXPECT_EQ(of.asked("filter", cursor), "stream");
  cursor = of.read("comments.json", cursor)->next;  // only the first post had comments
  EXPECT_EQ(of.asked("after", cursor), "QVFIUlast");
  EXPECT_EQ(of.read("empty.json", cursor)->resume, "since=1795172400");
  EXPECT_EQ(of.asked("since", "since=1795172400"), std::to_string(1795172400 - 30 * 86400));
}

TEST(Facebook, ReadsOnlyWhatIsAskedFor) {
  SourceCase of = page();
  of.query.options = {{"what", "posts"}, {"comments", "false"}, {"version", "v24.0"}};
  EXPECT_EQ(of.url().rfind("https://graph.facebook.com/v24.0/100200300400/posts?", 0), 0u);
  EXPECT_EQ(of.asked("after", of.read("feed.json")->next), "QVFIUlast");
}

TEST(Facebook, AsksAgainInOneBatch) {
  const SourceCase of = page();
  const std::vector<std::string> ids = {"100200300400_555000001", "555000001_9001"};
  const Result<Request> request = of.source.recheck(of.query, ids);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "https://graph.facebook.com/");
  const std::string body = percent_decode(request->body);
  EXPECT_NE(body.find("\"relative_url\":\"v25.0/555000001_9001?fields="), std::string::npos)
      << body;
  const Page read = again(
      of, R"([{"code":200,"body":"{\"id\":\"555000001_9001\",\"message\":\"It leaks.\",)"
          R"(\"created_time\":\"2026-11-20T10:00:00+0000\"}"},{"code":400,"body":"{\"error\":)"
          R"({\"message\":\"Unsupported get request.\",\"code\":100,\"error_subcode\":33}}"}])");
  ASSERT_EQ(read.documents.size(), 1u);
  EXPECT_EQ(read.documents[0].text, "It leaks.");
}

TEST(Facebook, ARefusalIsNoDeletion) {
  ReplyContext context;
  context.cursor = kRecheck;
  for (const char* body :
       {R"([{"code":400,"body":"{\"error\":{\"message\":\"Expired\",\"code\":190}}"}])",
        R"([{"code":400,"body":"{\"error\":{\"message\":\"No such field\",\"code\":100}}"}])",
        R"([null])", R"([{"code":200,"body":"{\"id\":"}])"})
    EXPECT_FALSE(page().source.parse(body, page().query, context)) << body;
}

TEST(Facebook, AsksAgainOnlyForItsOwnIds) {
  const SourceCase of = page();
  EXPECT_EQ(of.source.recheck_group(of.query, "100200300400_555000001"), 0);
  for (const char* id : {"a3f09c", "100200300400", "1_2_3", "1_x", "_", ""})
    EXPECT_LT(of.source.recheck_group(of.query, id), 0) << id;
}

TEST(Facebook, GoesOnWhereAPostIsGone) {
  const Source& source = page().source;
  const char* gone = R"({"error":{"code":100,"error_subcode":33,"message":"Unsupported"}})";
  EXPECT_TRUE(source.is_gone(400, gone));
  EXPECT_FALSE(source.is_gone(400, R"({"error":{"code":100,"message":"bad field"}})"));
  EXPECT_FALSE(source.is_gone(500, gone));
  EXPECT_FALSE(source.is_gone(400, "<html>"));
  const std::string two = "last=1;queue=1_2,1_3;since=1795000000";
  EXPECT_EQ(page().url(source.past_end(two)->next).find("/1_3/comments") != std::string::npos,
            true);
  EXPECT_FALSE(source.past_end("since=1795000000")) << "the Page itself must be there";
}

TEST(Facebook, KnowsBeingThrottledByItsCode) {
  EXPECT_EQ(page().source.told_to_wait(400, tape("facebook", "error.json")), 3600);
}

}  // namespace
}  // namespace plumbline
