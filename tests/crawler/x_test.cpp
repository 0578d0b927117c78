#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/source_case.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& x() { return *find_source("x"); }

TEST(X, ReadsPostsWithTheirAuthors) {
  const Result<Page> page = x().parse(tape("x", "page.json"), keyed_query(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& post = page->documents[0];
  EXPECT_EQ(post.id, "1990000000000000042");
  EXPECT_EQ(post.text, "The Acme pump hums & works");
  EXPECT_EQ(post.author.handle, "marta_hale");
  EXPECT_EQ(post.url, "https://x.com/marta_hale/status/1990000000000000042");
  EXPECT_EQ(post.likes, 12);
  EXPECT_EQ(post.shares, 3);
  EXPECT_EQ(post.place, "Oslo, Norway");
  EXPECT_EQ(page->documents[1].parent, "1990000000000000001");
  EXPECT_EQ(page->documents[1].lang, "");
  EXPECT_EQ(page->skipped, 1);
}

TEST(X, AsksWithoutReposts) {
  const Result<Request> request = x().plan(keyed_query(), "");
  EXPECT_EQ(request->url.rfind("https://api.x.com/2/tweets/search/recent?", 0), 0u);
  EXPECT_EQ(query_parameter(request->url, "query"), "(acme pump) -is:retweet");
  EXPECT_EQ(request->headers.back().second, "Bearer s3cret");
  const Result<Page> page = x().parse(tape("x", "page.json"), keyed_query(), {});
  EXPECT_EQ(query_parameter(x().plan(keyed_query(), page->next)->url, "next_token"),
            "b26v89c19zqg8o3f");
}

TEST(X, TakesNothingFoundForAnAnswer) {
  const Result<Page> page = x().parse(tape("x", "empty.json"), keyed_query(), {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 0u);
}

TEST(X, AsksAgainForWhatIsKept) {
  const std::vector<std::string> ids = {"1", "2"};
  EXPECT_EQ(query_parameter(x().recheck(keyed_query(), ids)->url, "ids"), "1,2");
  ReplyContext context;
  context.cursor = kRecheck;
  EXPECT_TRUE(x().parse(R"({"errors":[{"resource_id":"1","title":"Not Found Error"}]})",
                        keyed_query(), context));
}

}  // namespace
}  // namespace plumbline
