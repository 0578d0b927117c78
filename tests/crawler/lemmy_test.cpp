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

}  // namespace
}  // namespace plumbline
