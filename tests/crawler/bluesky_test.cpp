#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

TEST(Bluesky, ReadsPosts) {
  const SourceCase bluesky("bluesky");
  const Result<Page> page = bluesky.read("search.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "at://did:plc:anaq7lind2example00000001/app.bsky.feed.post/3n2uaaaaaaa2a");
  EXPECT_EQ(first.url, "https://bsky.app/profile/ana.example/post/3n2uaaaaaaa2a");
  EXPECT_EQ(first.author.id, "did:plc:anaq7lind2example00000001");
  EXPECT_EQ(first.author.handle, "ana.example");
  EXPECT_EQ(first.author.name, "Ana Lind");
  EXPECT_EQ(format_utc(first.published_at), "2026-11-21T19:30:00Z");
  EXPECT_EQ(first.lang, "en");
  EXPECT_EQ(first.likes, 14);
  EXPECT_EQ(first.shares, 3);
  EXPECT_EQ(page->documents[1].parent, first.id);
  // Its author says 2030; it was there on the 21st.
  EXPECT_EQ(format_utc(page->documents[1].published_at), "2026-11-21T18:04:10Z");
  EXPECT_EQ(page->skipped, 1);
}

TEST(Bluesky, WalksToTheEndAndBeginsThere) {
  SourceCase bluesky("bluesky");
  EXPECT_EQ(bluesky.url().rfind("https://public.api.bsky.app/xrpc/app.bsky.feed.searchPosts?", 0),
            0u);
  EXPECT_EQ(bluesky.asked("limit"), "100");
  EXPECT_EQ(bluesky.asked("since"), "");
  const Result<Page> first = bluesky.read("search.json");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->resume, "");
  EXPECT_EQ(bluesky.asked("cursor", first->next), "1795318511000__bafyreicccc");
  const Result<Page> last = bluesky.read("last.json", first->next);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->next, "");
  EXPECT_EQ(last->resume, "since=1795289402");
  EXPECT_EQ(bluesky.asked("since", last->resume), "2026-11-21T19:20:02Z");
  // A server that knows no `since` gives what is old: it is left out, and ends the walk.
  const Result<Page> old = bluesky.read("last.json", last->resume);
  ASSERT_TRUE(old);
  EXPECT_TRUE(old->documents.empty());
  EXPECT_EQ(old->next, "");
}

TEST(Bluesky, LogsInOnce) {
  SourceCase bluesky("bluesky");
  bluesky.query.token = "ana.example:abcd-efgh";
  const auto login = bluesky.source.plan(bluesky.query, "since=5000");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->url, "https://bsky.social/xrpc/com.atproto.server.createSession");
  EXPECT_EQ(login->body, R"({"identifier":"ana.example","password":"abcd-efgh"})");
  const Result<Page> page = bluesky.read("session.json", "since=5000");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->session, "eyJhbGciOiJub25lIn0.e30.access");
  bluesky.query.session = page->session;
  EXPECT_EQ(bluesky.url(page->next).rfind("https://bsky.social/xrpc/app.bsky.feed.search", 0), 0u);
  EXPECT_EQ(bluesky.header("Authorization", page->next), "Bearer " + page->session);
  const Result<Page> posts = bluesky.read("last.json", page->next);
  ASSERT_TRUE(posts);
  EXPECT_EQ(posts->documents.size(), 1u);
  EXPECT_EQ(posts->resume.find("login"), std::string::npos);
}

TEST(Bluesky, AsksAgain) {
  const SourceCase bluesky("bluesky");
  EXPECT_EQ(bluesky.recheck({"at://a/b/1", "at://a/b/2"}),
            "https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts?uris=at%3A%2F%2Fa%2Fb%2F1&"
            "uris=at%3A%2F%2Fa%2Fb%2F2");
  EXPECT_EQ(bluesky.read("search.json", std::string(kRecheck))->documents.size(), 2u);
}

}  // namespace
}  // namespace plumbline
