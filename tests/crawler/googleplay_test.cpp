#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& googleplay() { return *find_source("googleplay"); }

SourceQuery play_app() {
  SourceQuery query;
  query.words = "com.acme.app";
  query.token = "s3cret";
  return query;
}

TEST(GooglePlay, ReadsWhatUsersSay) {
  const Result<Page> page = googleplay().parse(tape("googleplay", "page.json"), play_app(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& review = page->documents[0];
  EXPECT_EQ(review.id, "gp:AOqpTOE1");
  EXPECT_EQ(review.text, "Starts fast since the update.");
  EXPECT_EQ(review.title, "");
  EXPECT_EQ(review.published_at, 1795270000);
  EXPECT_EQ(review.rating, 5.0);
  EXPECT_EQ(review.likes, 2);
  EXPECT_EQ(page->documents[1].title, "Kaputt");
  EXPECT_EQ(page->documents[1].lang, "de");
}

TEST(GooglePlay, PagesByToken) {
  const Result<Page> page = googleplay().parse(tape("googleplay", "page.json"), play_app(), {});
  const Result<Request> request = googleplay().plan(play_app(), page->next);
  EXPECT_EQ(query_parameter(request->url, "token"), "Cg0q/1=");
  EXPECT_EQ(request->headers.back().second, "Bearer s3cret");
  const Result<Page> error = googleplay().parse(tape("googleplay", "error.json"), play_app(), {});
  EXPECT_NE(error.error().message.find("authError"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
