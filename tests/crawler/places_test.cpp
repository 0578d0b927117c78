#include <gtest/gtest.h>

#include "crawler/source.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& places() { return *find_source("places"); }

TEST(Places, ReadsReviewsInTheirOwnLanguage) {
  const Result<Page> page = places().parse(tape("places", "page.json"), {}, {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& review = page->documents[0];
  EXPECT_EQ(review.id, "ChdDSUhNMG9nS0VJQ0FnSU0");
  EXPECT_EQ(review.text, "Freundliche Leute.");
  EXPECT_EQ(review.lang, "de");
  EXPECT_EQ(review.rating, 5.0);
  EXPECT_EQ(review.author.name, "Marta Hale");
  EXPECT_EQ(format_utc(review.published_at), "2026-11-14T10:11:12Z");
  EXPECT_FALSE(page->documents[1].id.empty());
}

TEST(Places, AsksForReviewsAlone) {
  SourceQuery query;
  query.words = "ChIJacme";
  query.token = "s3cret";
  const Result<Request> request = places().plan(query, "");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "https://places.googleapis.com/v1/places/ChIJacme");
  EXPECT_EQ(request->headers[1].first, "X-Goog-Api-Key");
  EXPECT_EQ(request->headers[2].second, "reviews");
}

TEST(Places, TakesNothingForAnAnswerOnlyFromGoogle) {
  ReplyContext context;
  EXPECT_FALSE(places().parse("{}", {}, context));
  context.content_type = "application/json; charset=UTF-8";
  EXPECT_TRUE(places().parse("{}", {}, context));
}

}  // namespace
}  // namespace plumbline
