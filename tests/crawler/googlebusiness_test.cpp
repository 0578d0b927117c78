#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& googlebusiness() { return *find_source("googlebusiness"); }

TEST(GoogleBusiness, ReadsStarWordsAndOriginals) {
  const Result<Page> page = googlebusiness().parse(tape("googlebusiness", "page.json"), {}, {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  EXPECT_EQ(page->documents[0].id, "AbFvOq1");
  EXPECT_EQ(page->documents[0].rating, 5.0);
  EXPECT_EQ(page->documents[0].text, "Freundliche Leute.");
  EXPECT_EQ(format_utc(page->documents[0].published_at), "2026-11-20T10:00:00Z");
  EXPECT_EQ(page->documents[1].rating, 2.0);
  const Result<Page> edges = googlebusiness().parse(tape("googlebusiness", "edges.json"), {}, {});
  EXPECT_EQ(edges->documents[0].text, "Good.");
  EXPECT_FALSE(edges->documents[0].rating);
  EXPECT_EQ(edges->skipped, 1);
}

TEST(GoogleBusiness, PagesByToken) {
  SourceQuery query;
  query.words = "accounts/1001/locations/2002";
  const Result<Page> page = googlebusiness().parse(tape("googlebusiness", "page.json"), query, {});
  const Result<Request> request = googlebusiness().plan(query, page->next);
  EXPECT_EQ(request->url.rfind(
                "https://mybusiness.googleapis.com/v4/accounts/1001/locations/2002/reviews?", 0),
            0u);
  EXPECT_EQ(query_parameter(request->url, "pageToken"), "EJzA/q==");
}

TEST(GoogleBusiness, WaitsWhenTheQuotaIsUsed) {
  const std::string body = tape("googlebusiness", "error.json");
  EXPECT_EQ(googlebusiness().told_to_wait(429, body), 60);
  EXPECT_EQ(googlebusiness().told_to_wait(404, body), 0);
}

}  // namespace
}  // namespace plumbline
