#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& trustpilot() { return *find_source("trustpilot"); }

TEST(Trustpilot, ReadsReviews) {
  const Result<Page> page = trustpilot().parse(tape("trustpilot", "page.json"), {}, {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& review = page->documents[0];
  EXPECT_EQ(review.id, "690a1b2c3d4e5f6071829304");
  EXPECT_EQ(review.author.name, "Marta Hale");
  EXPECT_EQ(review.place, "Tulsa, US");
  EXPECT_EQ(review.rating, 4.0);
  EXPECT_EQ(review.likes, 2);
  EXPECT_EQ(review.title, "Quick delivery");
  EXPECT_EQ(page->documents[1].lang, "de");
  EXPECT_EQ(page->skipped, 1);
  EXPECT_EQ(page->next, "");  // a short page is the last
  EXPECT_EQ(page->resume, "since=1795252500");
}

TEST(Trustpilot, KeepsTheKeyInAHeader) {
  SourceQuery query;
  query.options["business"] = "46d6a890000064000500e0c3";
  query.token = "s3cret";
  const Result<Request> request = trustpilot().plan(query, "token=4");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url,
            "https://api.trustpilot.com/v1/business-units/46d6a890000064000500e0c3/reviews"
            "?perPage=100&page=4&orderBy=createdat.desc");
  EXPECT_EQ(request->headers.back(), (std::pair<std::string, std::string>("apikey", "s3cret")));
}

}  // namespace
}  // namespace plumbline
