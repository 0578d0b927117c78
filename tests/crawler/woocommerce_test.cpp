#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& woocommerce() { return *find_source("woocommerce"); }

SourceQuery shop() {
  SourceQuery query;
  query.url = "https://shop.example";
  return query;
}

TEST(WooCommerce, ReadsThePublicStore) {
  const Result<Page> page = woocommerce().parse(tape("woocommerce", "store.json"), shop(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& review = page->documents[0];
  EXPECT_EQ(review.id, "412");
  EXPECT_EQ(review.url, "https://shop.example/product/acme-pump/#comment-412");
  EXPECT_EQ(review.text, "Quiet & strong.");
  EXPECT_EQ(review.rating, 5.0);
  EXPECT_EQ(review.author.name, "Marta H.");
  EXPECT_EQ(format_utc(review.published_at), "2026-11-21T16:00:00Z");
  EXPECT_EQ(page->next, "");
}

TEST(WooCommerce, LeavesOutWhatTheShopDidNotPublish) {
  const Result<Page> page = woocommerce().parse(tape("woocommerce", "own.json"), shop(), {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->skipped, 1);
  EXPECT_EQ(page->deleted, std::vector<std::string>{"417"});
}

TEST(WooCommerce, AsksWithAndWithoutAKey) {
  SourceQuery query = shop();
  query.options["product"] = "34";
  Result<Request> request = woocommerce().plan(query, "");
  EXPECT_EQ(request->url.rfind("https://shop.example/wp-json/wc/store/v1/products/reviews?", 0),
            0u);
  EXPECT_EQ(query_parameter(request->url, "product_id"), "34");
  query.token = "ck_1:cs_2";
  request = woocommerce().plan(query, "");
  EXPECT_EQ(request->url.rfind("https://shop.example/wp-json/wc/v3/products/reviews?", 0), 0u);
  EXPECT_EQ(request->headers.back().second, "Basic Y2tfMTpjc18y");
}

TEST(WooCommerce, PagesByLink) {
  ReplyContext context;
  context.link = "<https://shop.example/wp-json/wc/store/v1/products/reviews?page=2>; rel=\"next\"";
  const Result<Page> page = woocommerce().parse(tape("woocommerce", "store.json"), shop(), context);
  EXPECT_EQ(query_parameter(woocommerce().plan(shop(), page->next)->url, "page"), "2");
}

}  // namespace
}  // namespace plumbline
