#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

constexpr char kHuntThread[] =
    R"({"data": {"post": {"id": "900002", "name": "Acme Pump", "tagline": "The pump that hums", "description": "A quiet pump for cellars.", "url": "https://www.producthunt.com/posts/acme-pump", "createdAt": "2026-11-20T08:01:00Z", "votesCount": 211, "commentsCount": 3, "user": {"id": "41", "username": "marta", "name": "Marta Hale"}, "comments": {"pageInfo": {"hasNextPage": true, "endCursor": "Mg"}, "nodes": [
{"id": "3300002", "body": "<p>Does it <b>leak</b>?</p>", "url": "https://www.producthunt.com/posts/acme-pump?comment=3300002", "createdAt": "2026-11-20T10:00:00Z", "votesCount": 4, "parentId": null, "user": {"id": "77", "username": "ines", "name": "Ines  Ruiz"}, "replies": {"nodes": [{"id": "3300003", "body": "Not mine.", "url": "https://www.producthunt.com/posts/acme-pump?comment=3300003", "createdAt": "2026-11-20T11:00:00Z", "votesCount": 1, "parentId": "3300002", "user": {"id": "41", "username": "marta", "name": "Marta Hale"}}]}},
{"id": "3300001", "body": "Too expensive", "url": "https://www.producthunt.com/posts/acme-pump?comment=3300001", "createdAt": "2026-11-20T09:00:00Z", "votesCount": 0, "parentId": null, "user": {"id": "0", "username": "[REDACTED]", "name": "[REDACTED]"}, "replies": {"nodes": []}}
]}}}})";

SourceCase topic(const char* words = "home-improvement") {
  SourceCase of("producthunt", words);
  of.query.token = "s3cret";
  return of;
}

std::string question(const SourceCase& of, const std::string& cursor = "") {
  const Result<Request> request = of.source.plan(of.query, cursor);
  EXPECT_TRUE(request);
  return request ? request->body : "";
}

TEST(ProductHunt, ReadsLaunches) {
  const Result<Page> read = topic().read("posts.json");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->documents.size(), 2u);
  const Document& post = read->documents[0];
  EXPECT_EQ(post.id, "post/900002");
  EXPECT_EQ(post.url, "https://www.producthunt.com/posts/acme-pump");
  EXPECT_EQ(post.title, "Acme Pump: The pump that hums");
  EXPECT_EQ(post.text, "A quiet pump for cellars.");
  EXPECT_EQ(post.author.id, "41");
  EXPECT_EQ(post.author.handle, "marta");
  EXPECT_EQ(post.author.name, "Marta Hale");
  EXPECT_EQ(format_utc(post.published_at), "2026-11-20T08:01:00Z");
  EXPECT_EQ(post.likes, 211);
  EXPECT_EQ(read->documents[1].author.id, "") << "a withheld name is nobody's";
}

TEST(ProductHunt, ReadsCommentsAndAnswers) {
  const Page page = read_body(topic("post:acme-pump"), kHuntThread);
  ASSERT_EQ(page.documents.size(), 4u);
  EXPECT_EQ(page.documents[0].id, "post/900002");
  EXPECT_EQ(page.documents[1].id, "3300002");
  EXPECT_EQ(page.documents[1].text, "Does it leak?");
  EXPECT_EQ(page.documents[1].parent, "post/900002");
  EXPECT_EQ(page.documents[1].author.name, "Ines Ruiz");
  EXPECT_EQ(page.documents[1].likes, 4);
  EXPECT_EQ(page.documents[2].parent, "3300002");
  EXPECT_EQ(page.documents[3].author.handle, "");
}

TEST(ProductHunt, ReadsATopicThenTheCommentsThenTheNextPage) {
  const SourceCase of = topic();
  EXPECT_EQ(of.url(), "https://api.producthunt.com/v2/api/graphql");
  EXPECT_EQ(of.header("Authorization"), "Bearer s3cret");
  EXPECT_NE(question(of).find(R"("topic":"home-improvement","after":null,"since":null)"),
            std::string::npos)
      << question(of);
  std::string cursor = of.read("posts.json")->next;
  EXPECT_NE(question(of, cursor).find(R"("which":"900002","after":null)"), std::string::npos);
  const Page page = read_body(of, kHuntThread, cursor);
  EXPECT_EQ(page.documents.size(), 3u) << "the launch itself came with the list";
  EXPECT_NE(question(of, page.next).find(R"("after":"Mg")"), std::string::npos);
  cursor = read_body(of, kHuntThread, page.next).next;  // the same page again: the list goes on
  EXPECT_NE(question(of, cursor).find(R"("topic":"home-improvement","after":"MjA")"),
            std::string::npos);
  EXPECT_EQ(of.read("empty.json", cursor)->resume, "since=1795172400");
  EXPECT_NE(question(of, "since=1795172400").find("\"since\":\"2026-10-21T11:00:00Z\""),
            std::string::npos);
}

TEST(ProductHunt, ReadsOneLaunch) {
  SourceCase of = topic("");
  of.query.options = {{"post", "acme-pump"}};
  EXPECT_NE(question(of).find(R"("which":"acme-pump")"), std::string::npos);
  EXPECT_NE(question(of).find("post(slug:$which)"), std::string::npos);
  ReplyContext context;
  const auto none = of.source.parse(R"({"data":{"post":null}})", of.query, context);
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("no such post"), std::string::npos);
}

TEST(ProductHunt, GoesOnWhereALaunchIsGone) {
  const Page page = read_body(topic(), R"({"data":{"post":null}})", "last=1;queue=1,2");
  EXPECT_TRUE(page.documents.empty());
  EXPECT_NE(question(topic(), page.next).find(R"("which":"2")"), std::string::npos);
}

TEST(ProductHunt, AsksAgainForLaunchesAndCommentsApart) {
  const SourceCase of = topic();
  const std::vector<std::string> ids = {"post/900002", "3300002"};
  const Result<Request> request = of.source.recheck(of.query, ids);
  ASSERT_TRUE(request);
  EXPECT_NE(request->body.find(R"(a0:post(id:\"900002\"))"), std::string::npos) << request->body;
  EXPECT_NE(request->body.find(R"(a1:comment(id:\"3300002\"))"), std::string::npos);
  const Page page = read_body(of,
                              R"({"data":{"a0":null,"a1":{"id":"3300002","body":"It leaks",)"
                              R"("createdAt":"2026-11-20T10:00:00Z","votesCount":9}}})",
                              std::string(kRecheck));
  ASSERT_EQ(page.documents.size(), 1u);
  EXPECT_EQ(page.documents[0].id, "3300002");
  ReplyContext context;
  context.cursor = kRecheck;
  EXPECT_FALSE(
      of.source.parse(R"({"data":{"a0":null},"errors":[{"message":"busy"}]})", of.query, context))
      << "a fault is no deletion";
  EXPECT_EQ(of.source.recheck_group(of.query, "post/1"), 0);
  EXPECT_LT(of.source.recheck_group(of.query, "post/x"), 0);
}

}  // namespace
}  // namespace plumbline
