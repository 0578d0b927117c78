#include <gtest/gtest.h>

#include "crawler/json_pointer.h"
#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& source() { return *find_source("json"); }

SourceQuery forum() {
  SourceQuery query;
  query.url = "https://forum.example/api?q={query}&from={since}";
  query.words = "acme pump";
  query.options = {{"items", "/posts"},
                   {"fields.id", "/id"},
                   {"fields.text", "/body"},
                   {"fields.author", "/user/name"},
                   {"fields.author_id", "/user/id"},
                   {"fields.published_at", "/created_at"}};
  return query;
}

TEST(JsonSource, ReadsByPointers) {
  const Result<Page> page = source().parse(tape("json", "posts.json"), forum(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 3u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "8812");
  EXPECT_EQ(first.title, "Quiet at last");
  EXPECT_EQ(first.text, "The Acme pump hums & works.");
  EXPECT_EQ(first.author.name, "Marta Hale");
  EXPECT_EQ(first.author.id, "71");
  EXPECT_EQ(first.url, "https://forum.example/p/8812");
  EXPECT_EQ(format_utc(first.published_at), "2026-11-21T15:30:00Z");
  EXPECT_EQ(first.rating, 4.5);
  EXPECT_EQ(first.likes, 3);
  EXPECT_EQ(first.lang, "en");
  EXPECT_EQ(first.place, "Tulsa");
  EXPECT_EQ(page->documents[1].parent, "8812");
  EXPECT_EQ(page->documents[1].published_at, 1795200000);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=1795275000");
}

TEST(JsonSource, ReadsCommonNamesWithoutConfiguration) {
  const Result<Page> page = source().parse(tape("json", "edges.json"), {}, {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  EXPECT_EQ(page->documents[0].text, "Good &amp; cheap");
  EXPECT_EQ(page->documents[0].rating, 5.0);
  EXPECT_EQ(page->documents[1].published_at, 1795100000);
  EXPECT_FALSE(page->documents[1].id.empty());
  EXPECT_EQ(page->skipped, 2);
}

TEST(JsonSource, FillsTheTemplate) {
  SourceQuery query = forum();
  query.token = "s3cret";
  const Result<Request> request = source().plan(query, "");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "https://forum.example/api?q=acme%20pump&from=1970-01-01T00%3A00%3A00Z");
  EXPECT_EQ(request->headers.back().second, "Bearer s3cret");
  query.options["token_header"] = "X-Api-Key";
  query.options["since_format"] = "epoch";
  const Result<Request> later = source().plan(query, "since=1795275000");
  EXPECT_EQ(query_parameter(later->url, "from"), "1795188600");
  EXPECT_EQ(later->headers.back().first, "X-Api-Key");
  EXPECT_EQ(later->headers.back().second, "s3cret");
}

TEST(JsonSource, FollowsCursors) {
  SourceQuery query = forum();
  query.options["page"] = "cursor";
  EXPECT_NE(source().plan(query, "").error().message.find("`next`"), std::string::npos);
  query.options["next"] = "/next_cursor";
  const Result<Page> page = source().parse(tape("json", "posts.json"), query, {});
  ASSERT_TRUE(page);
  EXPECT_EQ(query_parameter(source().plan(query, page->next)->url, "cursor"), "abc/2=");
  ReplyContext again;
  again.cursor = page->next;
  EXPECT_EQ(source().parse(tape("json", "posts.json"), query, again)->next, "");
}

TEST(JsonSource, CountsPagesAndOffsets) {
  SourceQuery query = forum();
  query.options["page"] = "page";
  query.options["page_parameter"] = "p";
  Result<Page> page = source().parse(tape("json", "posts.json"), query, {});
  EXPECT_EQ(query_parameter(source().plan(query, page->next)->url, "p"), "2");
  query.options["page_size"] = "10";  // so three items were the last page
  EXPECT_EQ(source().parse(tape("json", "posts.json"), query, {})->next, "");
  query.options["page"] = "offset";
  query.options["page_size"] = "3";
  query.url = "https://forum.example/api?skip={offset}";
  EXPECT_EQ(query_parameter(source().plan(query, "")->url, "skip"), "0");
  page = source().parse(tape("json", "posts.json"), query, {});
  EXPECT_EQ(query_parameter(source().plan(query, page->next)->url, "skip"), "3");
}

TEST(JsonSource, FollowsLinksOfTheSameSiteOnly) {
  SourceQuery query = forum();
  query.options["page"] = "link";
  ReplyContext context;
  context.link = "</api?page=2>; rel=\"next\"";
  Result<Page> page = source().parse(tape("json", "posts.json"), query, context);
  EXPECT_EQ(source().plan(query, page->next)->url, "https://forum.example/api?page=2");
  context.link = "<https://else.example/api>; rel=\"next\"";
  EXPECT_EQ(source().parse(tape("json", "posts.json"), query, context)->next, "");
  EXPECT_FALSE(source().plan(query, "token=https%3A%2F%2Felse.example%2F"));
}

TEST(JsonPointer, IsReadByTheStandard) {
  const auto json = JsonDocument::parse(R"({"a/b": [1, {"m~n": "x"}], "": 7})");
  ASSERT_TRUE(json);
  EXPECT_EQ(at_pointer(json->root(), "/a~1b/1/m~0n").text(), "x");
  EXPECT_EQ(at_pointer(json->root(), "/a~1b/0").integer(), 1);
  EXPECT_EQ(at_pointer(json->root(), "/").integer(), 7);
  EXPECT_TRUE(at_pointer(json->root(), "").is_object());
  EXPECT_FALSE(at_pointer(json->root(), "/a~1b/2").exists());
  EXPECT_FALSE(at_pointer(json->root(), "/none/0").exists());
}

}  // namespace
}  // namespace plumbline
