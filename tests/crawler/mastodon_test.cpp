#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& mastodon() { return *find_source("mastodon"); }

SourceQuery query_for(const std::string& words) {
  SourceQuery query;
  query.url = "https://social.example/";
  query.words = words;
  query.token = "sesame";
  return query;
}

ReplyContext with_link(const std::string& link, const std::string& cursor = "") {
  ReplyContext context;
  context.link = link;
  context.cursor = cursor;
  return context;
}

TEST(Mastodon, ReadsStatuses) {
  Result<Page> page = mastodon().parse(tape("mastodon", "tag.json"), query_for("#pumps"), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "115580000000000300");
  EXPECT_EQ(first.author.handle, "ana@social.example");
  EXPECT_EQ(first.author.name, "Ana Lind");
  EXPECT_EQ(first.lang, "en");
  EXPECT_EQ(first.likes, 11);
  EXPECT_EQ(first.shares, 5);
  EXPECT_EQ(format_utc(first.published_at), "2026-11-22T08:15:30Z");
  EXPECT_EQ(first.text,
            "The Acme pump is quiet, but #pumps cost too much\nto run.\nWould buy again? No & no.");
  EXPECT_EQ(page->documents[1].author.handle, "per@other.example");
  EXPECT_EQ(page->documents[1].parent, "115580000000000100");
  EXPECT_EQ(page->documents[1].title, "plumbing");
}

TEST(Mastodon, LeavesOutBoostsAndPrivatePosts) {
  Result<Page> page = mastodon().parse(tape("mastodon", "tag.json"), query_for("#pumps"), {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->skipped, 2);
  EXPECT_EQ(page->skipped_reason, "1 boosts of other posts, 1 not public or not to be indexed");
}

TEST(Mastodon, PlansTagAndSearch) {
  Result<Request> tag = mastodon().plan(query_for("#läcka"), "max=12;since=7");
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->url,
            "https://social.example/api/v1/timelines/tag/l%C3%A4cka?limit=40&max_id=12&since_id=7");
  EXPECT_EQ(tag->headers.back().second, "Bearer sesame");
  Result<Request> search = mastodon().plan(query_for("acme pump"), "offset=40");
  ASSERT_TRUE(search);
  EXPECT_EQ(query_parameter(search->url, "q"), "acme pump");
  EXPECT_EQ(query_parameter(search->url, "offset"), "40");
  EXPECT_EQ(mastodon().plan(query_for(""), "").error().code, ErrorCode::invalid);
}

TEST(Mastodon, FollowsLinksBack) {
  std::string body = tape("mastodon", "tag.json");
  std::string link =
      "<https://social.example/api/v1/timelines/tag/pumps?limit=40&max_id=115580000000000120>; "
      "rel=\"next\", <https://social.example/api/v1/timelines/tag/pumps?min_id=9>; rel=\"prev\"";
  Result<Page> page = mastodon().parse(body, query_for("#pumps"), with_link(link));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->resume, "");
  Result<Request> next = mastodon().plan(query_for("#pumps"), page->next);
  EXPECT_EQ(query_parameter(next->url, "max_id"), "115580000000000120");
  // The same link once more leads nowhere.
  page = mastodon().parse(body, query_for("#pumps"), with_link(link, page->next));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=115580000000000300");
}

TEST(Mastodon, LooksAnHourFurtherBack) {
  Result<Request> request = mastodon().plan(query_for("#pumps"), "since=115580000000000300");
  EXPECT_EQ(query_parameter(request->url, "since_id"), "115579764070400300");
}

TEST(Mastodon, EndsSearchOnEmptyPage) {
  Result<Page> page = mastodon().parse(tape("mastodon", "search.json"), query_for("pump"), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(query_parameter(mastodon().plan(query_for("pump"), page->next)->url, "offset"), "40");
  page = mastodon().parse(R"({"statuses":[]})", query_for("pump"), with_link("", page->next));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=115570000000000001");
}

TEST(Mastodon, EndsSearchOfAServerThatKnowsNoOffset) {
  const std::string body = tape("mastodon", "search.json");
  Result<Page> page = mastodon().parse(body, query_for("pump"), {});
  ASSERT_TRUE(page);
  page = mastodon().parse(body, query_for("pump"), with_link("", page->next));
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->documents.empty());
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=115570000000000001");
}

TEST(Mastodon, StopsAtPostsOlderThanWanted) {
  SourceQuery query = query_for("#pumps");
  query.since = *parse_time("2026-11-22T08:00:00Z");
  std::string link = "<https://social.example/x?max_id=5>; rel=\"next\"";
  Result<Page> page = mastodon().parse(tape("mastodon", "tag.json"), query, with_link(link));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 1u);
  query.since = *parse_time("2026-11-23");
  page = mastodon().parse(tape("mastodon", "tag.json"), query, with_link(link));
  EXPECT_EQ(page->documents.size(), 0u);
  EXPECT_EQ(page->next, "");
}

TEST(Mastodon, PassesOnWhatTheInstanceSays) {
  Result<Page> page = mastodon().parse(tape("mastodon", "error.json"), query_for("pump"), {});
  ASSERT_FALSE(page);
  EXPECT_NE(page.error().message.find("authenticated user"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
