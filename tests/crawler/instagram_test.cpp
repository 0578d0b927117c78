#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

constexpr char kInstagramVisit[] = "queue=17900000000000002";

SourceCase account(std::map<std::string, std::string, std::less<>> options = {}) {
  SourceCase of("instagram", "17841400000000001");
  of.query.token = "s3cret";
  of.query.options = std::move(options);
  return of;
}

TEST(Instagram, ReadsPostsOfTheAccount) {
  const Result<Page> read = account().read("media.json");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->documents.size(), 2u);
  const Document& post = read->documents[0];
  EXPECT_EQ(post.id, "17900000000000002");
  EXPECT_EQ(post.url, "https://www.instagram.com/p/Ab2/");
  EXPECT_EQ(post.author.handle, "acme.pumps");
  EXPECT_EQ(post.text, "The Acme pump at work");
  EXPECT_EQ(format_utc(post.published_at), "2026-11-20T09:00:00Z");
  EXPECT_EQ(post.likes, 120);
}

TEST(Instagram, ReadsCommentsAndAnswers) {
  const Result<Page> read = account().read("comments.json", kInstagramVisit);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->documents.size(), 2u);
  EXPECT_EQ(read->documents[0].id, "17900000000000002_18000000000000011");
  EXPECT_EQ(read->documents[0].parent, "17900000000000002");
  EXPECT_EQ(read->documents[0].author.id, "marta.hale");
  EXPECT_EQ(read->documents[0].likes, 4);
  const Page answers = read_body(
      account(),
      R"({"data":[{"id":"12","text":"Is it quiet?","timestamp":"2026-11-20T10:10:00+0000",)"
      R"("username":"ines","replies":{"data":[{"id":"13","text":"Very.","parent_id":"12",)"
      R"("timestamp":"2026-11-20T10:20:00+0000","username":"acme.pumps","like_count":1}]}}]})",
      kInstagramVisit);
  ASSERT_EQ(answers.documents.size(), 2u);
  EXPECT_EQ(answers.documents[1].text, "Very.");
  EXPECT_EQ(answers.documents[1].id, "17900000000000002_13");
  EXPECT_EQ(answers.documents[1].parent, "17900000000000002_12");
}

TEST(Instagram, ReadsThePostsThenTheirCommentsThenTheNextPage) {
  const SourceCase of = account();
  EXPECT_EQ(of.url().rfind("https://graph.facebook.com/v25.0/17841400000000001/media?", 0), 0u);
  EXPECT_EQ(of.header("Authorization"), "Bearer s3cret");
  std::string cursor = of.read("media.json")->next;
  EXPECT_NE(of.url(cursor).find("/17900000000000002/comments?"), std::string::npos);
  EXPECT_NE(of.asked("fields", cursor).find("replies.limit(100){id,text"), std::string::npos);
  cursor = of.read("comments.json", cursor)->next;
  EXPECT_EQ(of.asked("after", cursor), "QVFz") << "no other post has comments";
  EXPECT_EQ(of.read("empty.json", cursor)->resume, "since=1795169400");
}

TEST(Instagram, FindsPostsOfOthersThatTagTheAccount) {
  const SourceCase of = account({{"what", "tags"}});
  EXPECT_NE(of.url().find("/17841400000000001/tags?"), std::string::npos);
  const Result<Page> read = of.read("media.json");
  EXPECT_EQ(read->documents[0].id, "https://www.instagram.com/p/Ab2/") << "cannot be asked for";
  EXPECT_EQ(of.asked("after", read->next), "QVFz") << "nor can its comments";
}

TEST(Instagram, AsksForTheNumberOfAHashtagFirst) {
  const SourceCase of = account({{"hashtag", "#pumps"}});
  EXPECT_NE(of.url().find("/v25.0/ig_hashtag_search?"), std::string::npos);
  EXPECT_EQ(of.asked("q"), "pumps");
  EXPECT_EQ(of.asked("user_id"), "17841400000000001");
  const Page number = read_body(of, R"({"data":[{"id":"17841593698074073"}]})", "since=1795000000");
  EXPECT_TRUE(number.documents.empty());
  EXPECT_NE(of.url(number.next).find("/17841593698074073/recent_media?"), std::string::npos);
  const Page posts = read_body(
      of,
      R"({"data":[{"id":"1","caption":"#pumps hum","timestamp":"2026-11-21T09:00:00+0000",)"
      R"("permalink":"https://www.instagram.com/p/Cd/","like_count":7,"comments_count":2}]})",
      number.next);
  ASSERT_EQ(posts.documents.size(), 1u);
  EXPECT_EQ(posts.documents[0].author.id, "") << "a voice of its own";
  EXPECT_EQ(posts.next, "");
  EXPECT_EQ(posts.resume, "since=1795251600");
  EXPECT_EQ(read_body(of, R"({"data":[]})").next, "") << "no such hashtag";
}

TEST(Instagram, AsksAgainForPostsAndCommentsApart) {
  const SourceCase of = account();
  const std::vector<std::string> ids = {"17900000000000002", "17900000000000002_18000000000000011"};
  const Result<Request> request = of.source.recheck(of.query, ids);
  ASSERT_TRUE(request);
  const std::string body = percent_decode(percent_decode(request->body));
  EXPECT_NE(body.find("v25.0/17900000000000002?fields=id,caption"), std::string::npos) << body;
  EXPECT_NE(body.find("v25.0/18000000000000011?fields=id,text"), std::string::npos) << body;
  const Page read = read_body(
      of,
      R"([{"code":200,"body":"{\"id\":\"18000000000000011\",\"text\":\"Hate it\",\"timestamp\":)"
      R"(\"2026-11-20T10:00:00+0000\",\"username\":\"marta.hale\",\"media\":{\"id\":)"
      R"(\"17900000000000002\"}}"},{"code":404,"body":"{\"error\":{\"code\":803}}"}])",
      std::string(kRecheck));
  ASSERT_EQ(read.documents.size(), 1u);
  EXPECT_EQ(read.documents[0].id, ids[1]);
  EXPECT_EQ(read.documents[0].text, "Hate it");
  EXPECT_EQ(of.source.recheck_group(of.query, ids[1]), 0);
  for (const char* id : {"https://www.instagram.com/p/Cd/", "5f09c1d2a3b4c5d6", "1795169400000000",
                         "17900000000000002_", "_1", ""})
    EXPECT_LT(of.source.recheck_group(of.query, id), 0) << id;
}

TEST(Instagram, GoesOnWhereAPostIsGone) {
  const Source& source = account().source;
  EXPECT_NE(account().url(source.past_end("queue=11,12;last=1")->next).find("/12/comments"),
            std::string::npos);
  EXPECT_FALSE(source.past_end(""));
}

}  // namespace
}  // namespace plumbline
