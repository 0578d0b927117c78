#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& judgeme() { return *find_source("judgeme"); }

SourceQuery judged_shop() {
  SourceQuery query;
  query.options["shop_domain"] = "acme.myshopify.com";
  query.token = "s3cret";
  return query;
}

TEST(JudgeMe, ReadsPublishedReviews) {
  const Result<Page> page = judgeme().parse(tape("judgeme", "page.json"), judged_shop(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& review = page->documents[0];
  EXPECT_EQ(review.id, "530001");
  EXPECT_EQ(review.url, "https://acme.myshopify.com/products/acme-pump");
  EXPECT_EQ(review.text, "Survived the winter & the dog.");
  EXPECT_EQ(review.author.name, "Marta Hale");
  EXPECT_EQ(review.rating, 5.0);
  EXPECT_EQ(page->skipped, 1);
}

TEST(JudgeMe, PagesUntilNothingComes) {
  const Result<Request> request = judgeme().plan(judged_shop(), "");
  EXPECT_EQ(query_parameter(request->url, "shop_domain"), "acme.myshopify.com");
  EXPECT_EQ(request->headers.back().first, "X-Api-Token");
  ReplyContext context;
  context.cursor = judgeme().parse(tape("judgeme", "page.json"), judged_shop(), {})->next;
  EXPECT_EQ(query_parameter(judgeme().plan(judged_shop(), context.cursor)->url, "page"), "2");
  const Result<Page> last = judgeme().parse(tape("judgeme", "empty.json"), judged_shop(), context);
  EXPECT_EQ(last->next, "");
  EXPECT_EQ(last->resume, "since=1795248000");
}

}  // namespace
}  // namespace plumbline
