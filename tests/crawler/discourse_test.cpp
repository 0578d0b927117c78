#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

const char kForum[] = "https://forum.example";

TEST(Discourse, ReadsAllPosts) {
  const SourceCase forum("discourse", "", kForum);
  EXPECT_EQ(forum.url(), "https://forum.example/posts.json");
  const Result<Page> page = forum.read("latest.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 3u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "912");
  EXPECT_EQ(first.url, "https://forum.example/t/50/3");
  EXPECT_EQ(first.author.handle, "ana");
  EXPECT_EQ(first.text, "It hums & leaks.");
  EXPECT_EQ(first.parent, "911");
  EXPECT_EQ(first.likes, 4);
  EXPECT_EQ(page->documents[2].title, "Quiet pumps");
  EXPECT_EQ(page->skipped_reason, "1 hidden by the forum");
  EXPECT_EQ(forum.url(page->next), "https://forum.example/posts.json?before=909");
}

TEST(Discourse, EndsAtWhatIsKnown) {
  const SourceCase forum("discourse", "", kForum);
  const Result<Page> page = forum.read("latest.json", "since=911");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=912");
}

TEST(Discourse, FetchesCutPostsWhole) {
  const SourceCase forum("discourse", "acme pump", kForum);
  EXPECT_EQ(forum.asked("q"), "acme pump order:latest");
  const Result<Page> found = forum.read("search.json");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->documents.size(), 2u);
  EXPECT_EQ(found->documents[1].title, "Quiet pumps");
  EXPECT_EQ(forum.url(found->next), "https://forum.example/posts/912.json");
  const Result<Page> whole = forum.read("post.json", found->next);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->documents[0].text.rfind("Listen: the Acme pump", 0), 0u);
  EXPECT_EQ(forum.asked("page", whole->next), "2");
  // It is gone by the time we ask: the walk goes on behind it.
  const auto gone = forum.source.past_end(found->next);
  ASSERT_TRUE(gone);
  EXPECT_EQ(forum.asked("page", gone->resume), "2");
  EXPECT_FALSE(forum.source.past_end("page=2"));
}

TEST(Discourse, AsksAgainAndWaits) {
  SourceCase forum("discourse", "", kForum);
  forum.query.token = "ana:s3cret";
  EXPECT_EQ(forum.header("Api-Key"), "s3cret");
  EXPECT_EQ(forum.header("Api-Username"), "ana");
  EXPECT_EQ(forum.recheck({"912"}), "https://forum.example/posts/912.json");
  EXPECT_EQ(forum.read("post.json", std::string(kRecheck))->documents.size(), 1u);
  EXPECT_EQ(forum.source.told_to_wait(429, tape("discourse", "error.json")), 17);
}

}  // namespace
}  // namespace plumbline
