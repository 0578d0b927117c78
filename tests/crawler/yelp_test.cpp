#include <gtest/gtest.h>

#include "crawler/source.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& yelp() { return *find_source("yelp"); }

TEST(Yelp, ReadsExcerpts) {
  SourceQuery query;
  query.words = "acme-cafe-tulsa";
  const Result<Page> page = yelp().parse(tape("yelp", "page.json"), query, {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& review = page->documents[0];
  EXPECT_EQ(review.id, "xAG4O7l-t1ubbwVAlPnDKg");
  EXPECT_EQ(review.author.name, "Marta H.");
  EXPECT_EQ(review.rating, 5.0);
  EXPECT_EQ(format_utc(review.published_at), "2026-11-20T18:22:10Z");
  EXPECT_EQ(page->next, "");
  ReplyContext later;
  later.cursor = "since=1790000000";
  EXPECT_NE(yelp().parse(tape("yelp", "page.json"), query, later)->gap, "");
  later.cursor = page->resume;
  EXPECT_EQ(yelp().parse(tape("yelp", "page.json"), query, later)->gap, "");
}

TEST(Yelp, AsksWithABearerKey) {
  SourceQuery query;
  query.words = "acme-cafe-tulsa";
  query.token = "s3cret";
  const Result<Request> request = yelp().plan(query, "");
  EXPECT_EQ(request->url,
            "https://api.yelp.com/v3/businesses/acme-cafe-tulsa/reviews?sort_by=newest");
  EXPECT_EQ(request->headers.back().second, "Bearer s3cret");
}

}  // namespace
}  // namespace plumbline
