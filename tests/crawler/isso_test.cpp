#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

const char kServer[] = "https://comments.blog.example";

TEST(Isso, ReadsAThread) {
  SourceCase isso("isso", "/blog/quiet/", kServer);
  isso.query.options["site"] = "https://blog.example";
  EXPECT_EQ(isso.url(), "https://comments.blog.example/?uri=%2Fblog%2Fquiet%2F");
  const Result<Page> page = isso.read("thread.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "7");
  EXPECT_EQ(first.url, "https://blog.example/blog/quiet/#isso-7");
  EXPECT_EQ(first.author.id, "4505c1eeda98");
  EXPECT_EQ(first.author.name, "Ana Lind");
  EXPECT_EQ(first.text, "It hums & leaks.");
  EXPECT_EQ(first.likes, 3);
  EXPECT_EQ(format_utc(first.published_at), "2026-11-21T19:30:00Z");
  EXPECT_EQ(page->documents[1].parent, "5");
  ASSERT_EQ(page->deleted.size(), 1u);
  EXPECT_EQ(page->deleted[0], "5");
  EXPECT_EQ(page->resume, "since=1795289400");
}

TEST(Isso, ReadsTheNewestOfAllThreads) {
  const SourceCase isso("isso", "", kServer);
  EXPECT_EQ(isso.url(), "https://comments.blog.example/latest?limit=500");
  EXPECT_EQ(isso.read("latest.json")->documents.size(), 1u);
  EXPECT_EQ(isso.read("latest.json", "since=1795289400")->next, "");
}

}  // namespace
}  // namespace plumbline
