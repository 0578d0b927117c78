#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/source_case.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

// A post with its comments, as the site gives them: two lists.
constexpr char kComments[] = R"([
{"kind": "Listing", "data": {"after": null, "children": [{"kind": "t3", "data": {"id": "1abc03", "author": "marta_hale", "title": "Acme pump, a year on", "selftext": "Still quiet & dry.", "score": 42, "created_utc": 1795253400.0, "permalink": "/r/pumps/comments/1abc03/acme_pump_a_year_on/"}}]}},
{"kind": "Listing", "data": {"after": null, "children": [
{"kind": "t1", "data": {"id": "ku0001", "link_id": "t3_1abc03", "parent_id": "t3_1abc03", "author": "tomas_reed", "body": "Which size?", "score": 2, "created_utc": 1795254000.0, "permalink": "/r/pumps/comments/1abc03/acme_pump_a_year_on/ku0001/", "replies": {"kind": "Listing", "data": {"after": null, "children": [
  {"kind": "t1", "data": {"id": "ku0002", "parent_id": "t1_ku0001", "author": "marta_hale", "body": "The small one.", "score": 1, "created_utc": 1795255000.0, "permalink": "/r/pumps/comments/1abc03/acme_pump_a_year_on/ku0002/", "replies": ""}},
  {"kind": "t1", "data": {"id": "ku0003", "parent_id": "t1_ku0001", "author": "[deleted]", "body": "[deleted]", "created_utc": 1795255500.0, "replies": ""}}]}}}},
{"kind": "more", "data": {"count": 3, "id": "ku0009", "parent_id": "t3_1abc03", "children": ["ku0009"]}}
]}}
])";

const Source& reddit() { return *find_source("reddit"); }

TEST(Reddit, ReadsPosts) {
  const Result<Page> page = reddit().parse(tape("reddit", "search.json"), keyed_query(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& post = page->documents[0];
  EXPECT_EQ(post.id, "t3_1abc03");
  EXPECT_EQ(post.url, "https://www.reddit.com/r/pumps/comments/1abc03/acme_pump_a_year_on/");
  EXPECT_EQ(post.author.handle, "marta_hale");
  EXPECT_EQ(post.title, "Acme pump, a year on");
  EXPECT_EQ(post.published_at, 1795253400);
  EXPECT_EQ(post.likes, 41);
  EXPECT_EQ(page->deleted, std::vector<std::string>{"t3_1abc02"});
}

TEST(Reddit, ReadsCommentsOfEachPostBeforeItGoesOn) {
  ReplyContext context;
  context.cursor = reddit().parse(tape("reddit", "search.json"), keyed_query(), {})->next;
  EXPECT_EQ(reddit().plan(keyed_query(), context.cursor)->url,
            "https://oauth.reddit.com/comments/1abc03?sort=new&limit=500&raw_json=1");
  const Result<Page> page = reddit().parse(kComments, keyed_query(), context);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 3u);
  EXPECT_EQ(page->documents[1].id, "t1_ku0001");
  EXPECT_EQ(page->documents[1].parent, "t3_1abc03");
  EXPECT_EQ(page->documents[2].parent, "t1_ku0001");
  EXPECT_EQ(page->deleted, std::vector<std::string>{"t1_ku0003"});
  const Result<Request> next = reddit().plan(keyed_query(), page->next);
  EXPECT_EQ(query_parameter(next->url, "after"), "t3_1abc01");
  context.cursor = page->next;
  const Result<Page> last = reddit().parse(
      R"({"kind":"Listing","data":{"after":null,"children":[]}})", keyed_query(), context);
  EXPECT_EQ(last->next, "");
  EXPECT_EQ(last->resume, "since=1795255000");
}

TEST(Reddit, SearchesOrReadsASubreddit) {
  SourceQuery query = keyed_query();
  query.options["subreddit"] = "pumps";
  const Result<Request> search = reddit().plan(query, "");
  EXPECT_EQ(search->url.rfind("https://oauth.reddit.com/r/pumps/search?q=acme%20pump&", 0), 0u);
  EXPECT_EQ(query_parameter(search->url, "restrict_sr"), "1");
  EXPECT_EQ(search->headers.back().second, "Bearer s3cret");
  query.words = "r/pumps";
  EXPECT_EQ(reddit().plan(query, "")->url,
            "https://oauth.reddit.com/r/pumps/new?limit=100&raw_json=1");
}

TEST(Reddit, AsksAgainForWhatIsKept) {
  const std::vector<std::string> ids = {"t3_1abc03", "t1_ku0001"};
  EXPECT_EQ(query_parameter(reddit().recheck(keyed_query(), ids)->url, "id"),
            "t3_1abc03,t1_ku0001");
}

}  // namespace
}  // namespace plumbline
