#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

TEST(Lemmy, ReadsComments) {
  const SourceCase lemmy("lemmy", "acme pump", "https://lemmy.example");
  const Result<Page> page = lemmy.read("comments.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "https://lemmy.example/comment/501");
  EXPECT_EQ(first.author.id, "https://lemmy.example/u/ana");
  EXPECT_EQ(first.author.handle, "ana@lemmy.example");
  EXPECT_EQ(first.author.name, "Ana Lind");
  EXPECT_EQ(format_utc(first.published_at), "2026-11-21T19:30:00Z");
  EXPECT_EQ(first.parent, "https://other.example/post/9");
  EXPECT_EQ(first.likes, 5);
  EXPECT_EQ(page->documents[1].parent, first.id);
  EXPECT_EQ(page->skipped_reason, "1 by bots");
  ASSERT_EQ(page->deleted.size(), 1u);
  EXPECT_EQ(page->deleted[0], "https://lemmy.example/comment/504");
}

TEST(Lemmy, ReadsCommentsThenPosts) {
  const SourceCase lemmy("lemmy", "acme pump", "https://lemmy.example");
  EXPECT_EQ(lemmy.asked("type_"), "Comments");
  EXPECT_EQ(lemmy.asked("page"), "1");
  const Result<Page> comments = lemmy.read("comments.json");
  ASSERT_TRUE(comments);
  EXPECT_EQ(lemmy.asked("type_", comments->next), "Posts");
  const Result<Page> posts = lemmy.read("posts.json", comments->next);
  ASSERT_TRUE(posts);
  ASSERT_EQ(posts->documents.size(), 1u);
  EXPECT_EQ(posts->documents[0].title, "Which pump?");
  EXPECT_EQ(posts->next, "");
  EXPECT_EQ(posts->resume, "since=1795289400;since1=1795161600");
  EXPECT_TRUE(lemmy.read("posts.json", "since1=1795300000;phase=1")->documents.empty());
}

TEST(Lemmy, IsThrottledWithABadRequest) {
  const SourceCase lemmy("lemmy");
  EXPECT_GT(lemmy.source.told_to_wait(400, tape("lemmy", "error.json")), 0);
  EXPECT_EQ(lemmy.source.told_to_wait(400, "Query deserialize error"), 0);
}

TEST(Lemmy, AsksAgainByTheLastingName) {
  const SourceCase lemmy("lemmy", "acme pump", "https://lemmy.example");
  EXPECT_EQ(
      lemmy.recheck({"https://else.example/comment/7"}),
      "https://lemmy.example/api/v3/resolve_object?q=https%3A%2F%2Felse.example%2Fcomment%2F7");
  ReplyContext context;
  context.cursor = kRecheck;
  const auto answer = [&lemmy, &context](const std::string& deleted) {
    return lemmy.source.parse(
        R"({"comment":{"comment":{"id":9,"ap_id":"https://else.example/comment/7","content":)"
        R"("It leaks.","published":"2026-11-20T09:00:00Z","path":"0.8.9","deleted":)" +
            deleted +
            R"(,"removed":false},"creator":{"name":"ana","actor_id":"https://else.example/u/ana"},)"
            R"("post":{"ap_id":"https://else.example/post/1"},"counts":{"upvotes":3}}})",
        lemmy.query, context);
  };
  const Result<Page> page = answer("false");
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].text, "It leaks.");
  EXPECT_EQ(page->documents[0].likes, 3);
  EXPECT_EQ(page->documents[0].parent, "") << "which the store knows; the post is not it";
  EXPECT_EQ(page->next + page->resume, "");
  EXPECT_EQ(answer("true")->deleted.size(), 1u);
  EXPECT_TRUE(lemmy.source.is_gone(400, R"({"error":"couldnt_find_object"})"));
  EXPECT_FALSE(lemmy.source.is_gone(400, R"({"error":"not_logged_in"})"));
}

}  // namespace
}  // namespace plumbline
