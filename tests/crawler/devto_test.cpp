#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

TEST(Devto, ReadsArticlesThenTheirComments) {
  const SourceCase devto("devto", "#Plumbing");
  EXPECT_EQ(devto.url(), "https://dev.to/api/articles?tag=plumbing&per_page=100&page=1");
  const Result<Page> articles = devto.read("articles.json");
  ASSERT_TRUE(articles);
  ASSERT_EQ(articles->documents.size(), 2u);
  const Document& first = articles->documents[0];
  EXPECT_EQ(first.id, "150589");
  EXPECT_EQ(first.title, "A pump log");
  EXPECT_EQ(first.author.handle, "analind");
  EXPECT_EQ(first.likes, 11);
  EXPECT_EQ(devto.url(articles->next), "https://dev.to/api/comments?a_id=150589");
  const Result<Page> comments = devto.read("comments.json", articles->next);
  ASSERT_TRUE(comments);
  ASSERT_EQ(comments->documents.size(), 3u);
  EXPECT_EQ(comments->documents[0].id, "https://dev.to/api/comments/m35m");
  EXPECT_EQ(comments->documents[0].url, "https://dev.to/ines/comment/m35m");
  EXPECT_EQ(comments->documents[0].parent, "150589");
  EXPECT_EQ(comments->documents[2].parent, comments->documents[1].id);
  EXPECT_EQ(comments->next, "");
  EXPECT_EQ(comments->resume, "since=1795289400");
}

TEST(Devto, ReadsTheNewestWithoutATag) {
  SourceCase devto("devto", "");
  EXPECT_EQ(devto.url(), "https://dev.to/api/articles/latest?per_page=100&page=1");
  devto.query.token = "s3cret";
  EXPECT_EQ(devto.header("api-key"), "s3cret");
}

TEST(Devto, AsksAgain) {
  const SourceCase devto("devto", "");
  EXPECT_EQ(devto.recheck({"150589"}), "https://dev.to/api/articles/150589");
  ReplyContext context;
  context.cursor = kRecheck;
  const Result<Page> page = devto.source.parse(
      R"({"type_of":"article","id":150589,"title":"A pump log, again","description":"What",
          "published_timestamp":"2026-11-21T19:30:00Z","comments_count":2})",
      devto.query, context);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].title, "A pump log, again");
  EXPECT_EQ(page->next, "");
}

}  // namespace
}  // namespace plumbline
