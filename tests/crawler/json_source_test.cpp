#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

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

// Replies as the documentation of well-known servers shows them, each read by configuration alone.
struct Described {
  const char* name;
  const char* url;
  std::map<std::string, std::string, std::less<>> options;
  const char* body;
  const char* id;
  const char* author;
  const char* text;
  const char* parent;
  const char* time;
  const char* next;  // address of the second page; "": there is none
};

std::vector<Described> described() {
  return {
      {"matrix messages",
       "https://chat.example/_matrix/client/v3/rooms/!r:chat.example/messages?dir=b&limit=100",
       {{"items", "/chunk"},
        {"page", "cursor"},
        {"next", "/end"},
        {"cursor_parameter", "from"},
        {"fields.id", "/event_id"},
        {"fields.text", "/content/body"},
        {"fields.author", "/sender"},
        {"fields.published_at", "/origin_server_ts"},
        {"fields.parent", "/content/m.relates_to/m.in_reply_to/event_id"},
        {"fields.deleted", "/unsigned/redacted_because"}},
       R"({"start":"t1-2","end":"t0-9","chunk":[
           {"event_id":"$a","type":"m.room.message","sender":"@ana:chat.example",
            "origin_server_ts":1795289400123,"content":{"msgtype":"m.text","body":"It leaks",
            "m.relates_to":{"m.in_reply_to":{"event_id":"$b"}}}},
           {"event_id":"$c","type":"m.room.message","sender":"@ana:chat.example",
            "origin_server_ts":1795289300000,"content":{},
            "unsigned":{"redacted_because":{"event_id":"$d"}}}]})",
       "$a",
       "@ana:chat.example",
       "It leaks",
       "$b",
       "2026-11-21T19:30:00Z",
       "https://chat.example/_matrix/client/v3/rooms/!r:chat.example/"
       "messages?dir=b&limit=100&from=t0-9"},
      {"redmine issues",
       "https://desk.example/issues.json?status_id=*&sort=created_on:desc&limit=100",
       {{"items", "/issues"},
        {"page", "offset"},
        {"total", "/total_count"},
        {"fields.title", "/subject"},
        {"fields.author", "/author"},
        {"fields.published_at", "/created_on"},
        {"fields.parent", "/parent/id"}},
       R"({"issues":[{"id":41,"subject":"Pump","description":"It leaks",
           "author":{"id":7,"name":"Ana Lind"},"parent":{"id":3},
           "created_on":"2026-11-21T19:30:00Z"}],"total_count":26,"offset":0,"limit":25})",
       "41",
       "Ana Lind",
       "It leaks",
       "3",
       "2026-11-21T19:30:00Z",
       "https://desk.example/issues.json?status_id=*&sort=created_on:desc&limit=100&offset=1"},
      {"ghost posts",
       "https://blog.example/ghost/api/content/posts/?key=22444f78&include=authors",
       {{"items", "/posts"},
        {"page", "cursor"},
        {"next", "/meta/pagination/next"},
        {"cursor_parameter", "page"},
        {"fields.text", "/html"},
        {"fields.author", "/authors/0/name"},
        {"html", "true"}},
       R"({"posts":[{"id":"5ddc","uuid":"u","title":"Pump","html":"<p>It <b>leaks</b></p>",
           "authors":[{"id":"1","name":"Ana Lind"}],"published_at":"2026-11-21T20:30:00.000+01:00",
           "url":"https://blog.example/pump/"}],
           "meta":{"pagination":{"page":1,"limit":15,"pages":2,"total":18,"next":2,"prev":null}}})",
       "5ddc",
       "Ana Lind",
       "It leaks",
       "",
       "2026-11-21T19:30:00Z",
       "https://blog.example/ghost/api/content/posts/?key=22444f78&include=authors&page=2"},
      {"hyperkitty emails",
       "https://lists.example/hyperkitty/api/list/users@lists.example/emails/",
       {{"page", "link"},
        {"next", "/next"},
        {"fields.id", "/message_id_hash"},
        {"fields.text", "/subject"},
        {"fields.author", "/sender_name"}},
       R"({"count":30,"next":"https://lists.example/hyperkitty/api/list/users@lists.example/emails/?page=2",
           "previous":null,"results":[{"url":"https://lists.example/e/H1/","message_id_hash":"H1",
           "sender":{"address":"ana (a) mail.example"},"sender_name":"Ana Lind",
           "subject":"It leaks","date":"2026-11-21T19:30:00Z","parent":null,"children":[]}]})",
       "H1",
       "Ana Lind",
       "It leaks",
       "",
       "2026-11-21T19:30:00Z",
       "https://lists.example/hyperkitty/api/list/users@lists.example/emails/?page=2"},
      {"askbot questions",
       "https://ask.example/api/v1/questions/?sort=age-desc",
       {{"items", "/questions"},
        {"page", "page"},
        {"total", "/pages"},
        {"fields.text", "/summary"},
        {"fields.author", "/author/username"},
        {"fields.author_id", "/author/id"},
        {"fields.published_at", "/added_at"}},
       R"({"count":31,"pages":2,"questions":[{"id":12,"title":"Pump","summary":"It leaks",
           "author":{"id":7,"username":"ana"},"added_at":"1795289400","answer_count":0,
           "url":"https://ask.example/question/12/pump/"}]})",
       "12",
       "ana",
       "It leaks",
       "",
       "2026-11-21T19:30:00Z",
       "https://ask.example/api/v1/questions/?sort=age-desc&page=2"},
      {"flarum posts",
       "https://talk.example/api/posts?sort=-createdAt",
       {{"page", "link"},
        {"next", "/links/next"},
        {"html", "true"},
        {"fields.text", "/attributes/contentHtml"},
        {"fields.author_id", "/relationships/user/data/id"},
        {"fields.published_at", "/attributes/createdAt"},
        {"fields.parent", "/relationships/discussion/data/id"}},
       R"({"links":{"first":"https://talk.example/api/posts",
           "next":"https://talk.example/api/posts?sort=-createdAt&page%5Boffset%5D=20"},
           "data":[{"type":"posts","id":"5","attributes":{"number":2,"contentType":"comment",
           "contentHtml":"<p>It leaks</p>","createdAt":"2026-11-21T19:30:00+00:00"},
           "relationships":{"user":{"data":{"type":"users","id":"7"}},
           "discussion":{"data":{"type":"discussions","id":"2"}}}}]})",
       "5",
       "",
       "It leaks",
       "2",
       "2026-11-21T19:30:00Z",
       "https://talk.example/api/posts?sort=-createdAt&page%5Boffset%5D=20"},
  };
}

TEST(JsonSource, ReadsWellKnownServersByConfigurationAlone) {
  for (const Described& one : described()) {
    SCOPED_TRACE(one.name);
    SourceQuery query;
    query.url = one.url;
    query.options = one.options;
    const Result<Page> page = source().parse(one.body, query, {});
    ASSERT_TRUE(page) << describe(page.error());
    ASSERT_EQ(page->documents.size(), 1u);
    const Document& document = page->documents[0];
    EXPECT_EQ(document.id, one.id);
    EXPECT_EQ(document.author.name, one.author);
    EXPECT_EQ(document.text, one.text);
    EXPECT_EQ(document.parent, one.parent);
    EXPECT_EQ(format_utc(document.published_at), one.time);
    const Result<Request> next = source().plan(query, page->next);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->url, one.next);
    EXPECT_EQ(page->deleted.size(), std::string_view(one.name) == "matrix messages" ? 1u : 0u);
  }
}

TEST(JsonSource, EndsWhereTheSiteSaysSo) {
  SourceQuery query = forum();
  query.options["page"] = "cursor";
  query.options["next"] = "/end";
  const std::string item = R"({"id":1,"body":"It leaks","created_at":1795289400})";
  const auto next = [&](const std::string& rest, const std::string& cursor = "",
                        const std::string& items = "") {
    ReplyContext context;
    context.cursor = cursor;
    const auto page = source().parse(
        "{\"posts\":[" + (items.empty() ? item : items) + "]" + rest + "}", query, context);
    return page ? page->next : "error";
  };
  EXPECT_NE(next(R"(,"end":"t9")"), "");
  EXPECT_EQ(next(R"(,"end":false)"), "");
  EXPECT_EQ(next(R"(,"end":null)"), "");
  EXPECT_EQ(next(R"(,"end":"t9")", "", " "), "");  // an empty page
  query.options["page"] = "page";
  query.options["total"] = "/pages";
  EXPECT_NE(next(R"(,"pages":"3")", "token=2"), "");
  EXPECT_EQ(next(R"(,"pages":3)", "token=3"), "");
  query.options["page"] = "offset";
  query.options["page_size"] = "100";  // the site gives fewer at once
  EXPECT_NE(next(R"(,"pages":3)", "token=1"), "");
  EXPECT_EQ(next(R"(,"pages":3)", "token=2"), "");
  // A page that is not there is the end of a list that is counted, but not of one that is not.
  const auto end = source().past_end("newest=1795289400;token=4");
  ASSERT_TRUE(end);
  EXPECT_EQ(end->resume, "since=1795289400");
  EXPECT_FALSE(source().past_end(""));
  EXPECT_FALSE(source().past_end("token=https%3A%2F%2Fforum.example%2Fp"));
}

TEST(JsonSource, AsksForOneItemAgain) {
  SourceQuery query = forum();
  const std::vector<std::string> ids = {"a/1"};
  EXPECT_FALSE(source().recheck(query, ids));
  query.options["item_url"] = "/api/posts/{id}";
  query.options["item"] = "/post";
  query.options["fields.deleted"] = "/deleted_at";
  query.token = "s3cret";
  const auto request = source().recheck(query, ids);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "https://forum.example/api/posts/a%2F1");
  EXPECT_EQ(request->headers.back().second, "Bearer s3cret");
  ReplyContext again;
  again.cursor = std::string(kRecheck);
  const auto read = [&](const char* body) { return source().parse(body, query, again); };
  auto page = read(R"({"post":{"id":"a/1","body":"It held","created_at":1795289400}})");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].text, "It held");
  page = read(R"({"post":[{"id":"a/1","deleted_at":"2026-11-21"}]})");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->deleted, ids);
  EXPECT_EQ(page->documents.size(), 0u);
  query.options["item_url"] = "https://else.example/{id}";
  EXPECT_FALSE(source().recheck(query, ids));
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
