#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/source_case.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& threads() { return *find_source("threads"); }

TEST(Threads, ReadsPosts) {
  const Result<Page> page = threads().parse(tape("threads", "page.json"), keyed_query(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& post = page->documents[0];
  EXPECT_EQ(post.id, "18020000000000042");
  EXPECT_EQ(post.author.handle, "marta.hale");
  EXPECT_EQ(post.url, "https://www.threads.net/@marta.hale/post/C1");
  EXPECT_EQ(format_utc(post.published_at), "2026-11-21T09:30:00Z");
  EXPECT_EQ(page->documents[1].parent, "18020000000000001");
}

TEST(Threads, AsksForRecentPosts) {
  const Result<Page> page = threads().parse(tape("threads", "page.json"), keyed_query(), {});
  const Result<Request> request = threads().plan(keyed_query(), page->next);
  EXPECT_EQ(request->url.rfind("https://graph.threads.net/v1.0/keyword_search?", 0), 0u);
  EXPECT_EQ(query_parameter(request->url, "search_type"), "RECENT");
  EXPECT_EQ(query_parameter(request->url, "after"), "QVFIUz");
  EXPECT_EQ(request->headers.back().second, "Bearer s3cret");
  EXPECT_EQ(query_parameter(threads().plan(keyed_query(), "since=1795253400")->url, "since"),
            "1795167000");
  SourceQuery tag = keyed_query();
  tag.words = "#pumps";
  EXPECT_EQ(query_parameter(threads().plan(tag, "")->url, "search_mode"), "TAG");
  EXPECT_EQ(query_parameter(threads().plan(tag, "")->url, "q"), "pumps");
}

TEST(Threads, KnowsBeingThrottledByItsCode) {
  EXPECT_EQ(threads().told_to_wait(400, tape("threads", "error.json")), 3600);
  EXPECT_EQ(threads().told_to_wait(400, R"({"error":{"code":190}})"), 0);
}

}  // namespace
}  // namespace plumbline
