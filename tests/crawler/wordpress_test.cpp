#include <gtest/gtest.h>

#include <algorithm>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

const char kBlog[] = "https://blog.example";
const char kNextPosts[] = "<https://blog.example/wp-json/wp/v2/comments?page=2>; rel=\"next\"";

TEST(WordPress, ReadsComments) {
  const SourceCase blog("wordpress", "", kBlog);
  const Result<Page> page = blog.read("comments.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "31");
  EXPECT_EQ(first.author.name, "Ana Lind & Co");
  EXPECT_EQ(first.author.id, "");
  EXPECT_EQ(first.text, "It hums – and leaks.");
  EXPECT_EQ(format_utc(first.published_at), "2026-11-21T19:30:00Z");
  EXPECT_EQ(first.parent, "https://blog.example/?p=12");
  EXPECT_EQ(page->documents[1].parent, "31");
  EXPECT_EQ(page->documents[1].author.id, "2");
  EXPECT_EQ(page->skipped_reason, "1 links from other sites, 1 not approved");
}

TEST(WordPress, ReadsPosts) {
  const SourceCase blog("wordpress", "", kBlog);
  const Result<Page> page = blog.read("posts.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].id, "https://blog.example/?p=12");
  EXPECT_EQ(page->documents[0].title, "Quiet & cheap pumps");
  EXPECT_EQ(page->documents[0].author.name, "Per Holm");
  EXPECT_EQ(page->skipped_reason, "1 behind a password");
}

TEST(WordPress, WalksPagesThenPosts) {
  SourceCase blog("wordpress", "pump", kBlog);
  EXPECT_EQ(blog.asked("search"), "pump");
  EXPECT_EQ(blog.asked("after"), "");
  const Result<Page> first = blog.read("comments.json", "", kNextPosts);
  ASSERT_TRUE(first);
  EXPECT_EQ(blog.asked("page", first->next), "2");
  const Result<Page> last = blog.read("empty.json", first->next);
  ASSERT_TRUE(last);
  EXPECT_EQ(blog.url(last->next).rfind("https://blog.example/wp-json/wp/v2/posts?", 0), 0u);
  const Result<Page> posts = blog.read("posts.json", last->next);
  const Result<Page> by_number = blog.read("comments.json", posts->next);
  ASSERT_TRUE(by_number);
  EXPECT_EQ(by_number->skipped, 0);  // they were counted before
  const Result<Page> end = blog.read("posts.json", by_number->next);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->next, "");
  EXPECT_EQ(end->resume, "since=1795291860;since1=1795165200;since2=34;since3=13");
  // Two days back, for what was held, and hours, for the site's zone.
  EXPECT_EQ(blog.asked("after", end->resume), "2026-11-19T06:11:00Z");
}

// Comments that were brought in with old dates, or approved late, are new by their number alone.
TEST(WordPress, GoesBackByNumberToWhatIsKnown) {
  SourceCase blog("wordpress", "", kBlog);
  blog.query.options["what"] = "comments";
  const Result<Page> by_time = blog.read("comments.json", "since=1795600000;since1=33");
  ASSERT_TRUE(by_time);
  EXPECT_EQ(by_time->documents.size(), 0u);
  EXPECT_EQ(by_time->next, "phase=1;since=1795600000;since1=33;was0=1795600000");
  EXPECT_EQ(blog.asked("orderby", by_time->next), "id");
  EXPECT_EQ(blog.asked("order", by_time->next), "desc");
  EXPECT_EQ(blog.asked("after", by_time->next), "");
  const Result<Page> fresh = blog.read("comments.json", by_time->next, kNextPosts);
  ASSERT_TRUE(fresh);
  EXPECT_EQ(fresh->documents.size(), 2u);
  EXPECT_EQ(blog.asked("page", fresh->next), "2");
  const Result<Page> end = blog.read("empty.json", fresh->next);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->resume, "since=1795600000;since1=34");
  const std::string known = "phase=1;since=1795600000;since1=34;was0=1795600000";
  EXPECT_EQ(blog.read("comments.json", known, kNextPosts)->next, "");
}

// Else a walk of many pages would bring them all a second time, and look like one in a circle.
TEST(WordPress, ByNumberComesOnlyWhatByTimeDidNot) {
  SourceCase blog("wordpress", "", kBlog);
  blog.query.options["what"] = "comments";
  const Result<Page> page =
      blog.read("comments.json", "phase=1;since=1795291860;since1=2;was0=1795200000", kNextPosts);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 0u);
  EXPECT_EQ(blog.asked("page", page->next), "2");
}

TEST(WordPress, AsksAgainAndLogsIn) {
  SourceCase blog("wordpress", "", kBlog);
  blog.query.token = "ana:abcd efgh";
  EXPECT_EQ(blog.header("Authorization"), "Basic YW5hOmFiY2QgZWZnaA==");
  EXPECT_EQ(blog.recheck({"31", "32"}),
            "https://blog.example/wp-json/wp/v2/comments?per_page=100&include=31,32");
  EXPECT_EQ(blog.read("comments.json", std::string(kRecheck))->documents.size(), 2u);
  EXPECT_EQ(blog.recheck({"https://blog.example/?p=7", "https://blog.example/?p=9"}),
            "https://blog.example/wp-json/wp/v2/posts?per_page=100&_embed=author&include=7,9");
  const auto group = [&blog](const char* id) { return blog.source.recheck_group(blog.query, id); };
  EXPECT_NE(group("31"), group("https://blog.example/?p=7")) << "one request reads one kind";
  EXPECT_GE(std::min(group("31"), group("https://blog.example/?p=7")), 0);
  for (const char* id : {"https://else.example/?p=7", "https://blog.example/?p=x", "a31", ""})
    EXPECT_LT(group(id), 0) << id;
  EXPECT_NE(blog.read("error.json").error().message.find("rest_invalid_param"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
