#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

const char kNext[] = "<https://api.github.com/search/issues?page=2>; rel=\"next\"";

TEST(GitHub, ReadsIssues) {
  const SourceCase github("github");
  const Result<Page> page = github.read("search.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 1u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "https://github.com/acme/pump/issues/12");
  EXPECT_EQ(first.title, "Pump hums");
  EXPECT_EQ(first.author.handle, "analind");
  EXPECT_EQ(first.likes, 2);
  EXPECT_EQ(format_utc(first.published_at), "2026-11-21T19:30:00Z");
  EXPECT_EQ(page->skipped_reason, "1 by bots");
}

TEST(GitHub, Searches) {
  const SourceCase github("github");
  EXPECT_EQ(github.url().rfind("https://api.github.com/search/issues?q=", 0), 0u);
  EXPECT_EQ(github.asked("q", "since=1795289400"), "acme pump created:>=2026-11-21T19:29:00Z");
  EXPECT_EQ(github.asked("page", github.read("search.json", "", kNext)->next), "2");
  // A search ends after a thousand: an earlier window goes on.
  const Result<Page> last = github.read("search.json", "page=10", kNext);
  EXPECT_EQ(github.asked("page", last->next), "1");
  EXPECT_EQ(github.asked("q", last->next), "acme pump created:*..2026-11-21T18:00:00Z");
  EXPECT_EQ(github.read("search.json")->resume, "since=1795289400");
}

TEST(GitHub, DoesNotPassWhatItWasNotGiven) {
  const SourceCase github("github");
  std::string body = tape("github", "search.json");
  body.replace(body.find("\"incomplete_results\": false"), 27, "\"incomplete_results\": true ");
  ReplyContext context;
  context.cursor = "since=1000000000";
  const Result<Page> page = github.source.parse(body, github.query, context);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->resume, "since=1000000000");
  EXPECT_NE(page->gap, "");
}

TEST(GitHub, ReadsARepository) {
  SourceCase github("github", "");
  EXPECT_EQ(github.source.plan(github.query, "").error().code, ErrorCode::invalid);
  github.query.options["repo"] = "acme/pump";
  EXPECT_EQ(github.url(),
            "https://api.github.com/repos/acme/pump/issues?sort=updated&direction=asc&state=all"
            "&per_page=100&page=1");
  EXPECT_EQ(github.asked("since", "phase=1;since1=1795289400"), "2026-11-21T19:29:00Z");
  const Result<Page> comments = github.read("comments.json", "phase=1;since=1795289400");
  ASSERT_TRUE(comments);
  ASSERT_EQ(comments->documents.size(), 1u);
  EXPECT_EQ(comments->documents[0].id, "https://github.com/acme/pump/issues/12#issuecomment-345");
  EXPECT_EQ(comments->documents[0].parent, "https://github.com/acme/pump/issues/12");
  EXPECT_EQ(comments->resume, "since=1795289400;since1=1795293600");
  github.query.options["repo"] = "acme";
  EXPECT_EQ(github.source.plan(github.query, "").error().code, ErrorCode::invalid);
}

TEST(GitHub, ReadsDiscussionsWithAToken) {
  SourceCase github("github");
  github.query.token = "s3cret";
  github.query.options["repo"] = "acme/pump";
  const auto request = github.source.plan(github.query, "phase=1");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "https://api.github.com/graphql");
  EXPECT_NE(request->body.find("acme pump repo:acme/pump sort:created-desc"), std::string::npos);
  EXPECT_EQ(github.header("Authorization"), "Bearer s3cret");
  const Result<Page> page = github.read("discussions.json", "phase=1");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 3u);
  EXPECT_EQ(page->documents[0].id, "D_kwDOAAAA1");
  EXPECT_EQ(page->documents[0].likes, 6);
  EXPECT_EQ(page->documents[2].parent, "D_kwDOAAAA0");
  EXPECT_NE(github.source.plan(github.query, page->next)->body.find("Y3Vyc29yOjIw"),
            std::string::npos);
}

std::string remark(const std::string& id, const std::string& more = "") {
  return R"({"id":")" + id + R"(","body":"Hums.","createdAt":"2026-11-20T09:00:00Z",)" +
         R"("author":{"login":"ines"},"discussion":{"id":"D_1"})" + more + "}";
}

TEST(GitHub, ReadsAllCommentsOfALongDiscussion) {
  SourceCase github("github");
  github.query.token = "s3cret";
  const auto part = [](const std::string& nodes, const std::string& end) {
    return R"("comments":{"pageInfo":{"hasNextPage":)" +
           std::string(end.empty() ? "false" : "true") + R"(,"endCursor":")" + end +
           R"("},"nodes":[)" + nodes + "]}";
  };
  const Page first = read_body(
      github,
      R"({"data":{"search":{"pageInfo":{"hasNextPage":false},"nodes":[{"id":"D_1","title":"t",)"
      R"("createdAt":"2026-11-20T08:00:00Z",)" +
          part(remark("C_1", R"(,"replies":{"nodes":[)" +
                                 remark("R_1", R"(,"replyTo":{"id":"C_1"})") + "]}"),
               "c50") +
          "}]}}}",
      "phase=1");
  ASSERT_EQ(first.documents.size(), 3u);
  EXPECT_EQ(first.documents[2].parent, "C_1");
  EXPECT_EQ(first.resume, "") << "not before all is read";
  const std::string asked = github.source.plan(github.query, first.next)->body;
  EXPECT_NE(asked.find(R"("id":"D_1","after":"c50")"), std::string::npos) << asked;
  const Page second = read_body(
      github, R"({"data":{"node":{"id":"D_1",)" + part(remark("C_51"), "c100") + "}}}", first.next);
  ASSERT_EQ(second.documents.size(), 1u);
  EXPECT_EQ(second.documents[0].parent, "D_1");
  EXPECT_NE(github.source.plan(github.query, second.next)->body.find("\"c100\""),
            std::string::npos);
  const Page gone = read_body(github, R"({"data":{"node":null}})", second.next);
  EXPECT_EQ(gone.next, "");
  EXPECT_EQ(gone.resume, "since1=1795161600");
}

TEST(GitHub, AsksAgain) {
  const SourceCase github("github");
  EXPECT_EQ(github.recheck({"https://github.com/acme/pump/pull/12"}),
            "https://api.github.com/repos/acme/pump/issues/12");
  EXPECT_EQ(github.recheck({"https://github.com/acme/pump/issues/12#issuecomment-345"}),
            "https://api.github.com/repos/acme/pump/issues/comments/345");
  EXPECT_EQ(github.recheck({"D_kwDOAAAA1"}), "https://api.github.com/graphql");
  EXPECT_GT(github.source.told_to_wait(403, tape("github", "error.json")), 0);
  EXPECT_EQ(github.source.told_to_wait(403, "{\"message\":\"Resource not accessible\"}"), 0);
}

}  // namespace
}  // namespace plumbline
