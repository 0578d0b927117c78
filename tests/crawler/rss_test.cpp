#include <fmt/format.h>
#include <gtest/gtest.h>

#include "crawler/cursor.h"
#include "crawler/source.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& rss() { return *find_source("rss"); }

SourceQuery feed_at(const std::string& url, const std::string& words = "") {
  SourceQuery query;
  query.url = url;
  query.words = words;
  return query;
}

Result<Page> read(const std::string& file, const std::string& url, const std::string& words = "") {
  return rss().parse(tape("rss", file), feed_at(url, words), {});
}

TEST(Rss, ReadsItems) {
  Result<Page> page = read("rss2.xml", "https://garden.example/feed.xml");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& post = page->documents[0];
  EXPECT_EQ(post.id, "garden-112");
  EXPECT_EQ(post.url, "https://garden.example/2026/11/acme");
  EXPECT_EQ(post.author.handle, "Marta Hale");
  EXPECT_EQ(post.author.id, "Marta Hale@garden.example");
  EXPECT_EQ(post.lang, "en-gb");
  EXPECT_EQ(format_utc(post.published_at), "2026-11-21T08:30:00Z");
  EXPECT_EQ(post.title, "Six months with the Acme pump");
  EXPECT_EQ(post.text, "It is quiet, and it never clogged.\nThe warranty cost extra – 40 EUR.");
  const Document& comment = page->documents[1];
  EXPECT_EQ(comment.author.name, "Tomas Reed");
  EXPECT_EQ(comment.parent, "garden-112");
  EXPECT_EQ(comment.text, "Mine broke after a week & nobody answered.");
  EXPECT_EQ(page->resume, "since=1795255200");
}

TEST(Rss, ReadsEveryKindOfFeed) {
  struct Feed {
    const char* file;
    const char* url;
    const char* id;
    const char* author;
    const char* text;
  };
  for (const Feed& item : {Feed{"atom.xml", "https://blog.example/feed", "tag:blog.example,2026:1",
                                "Ines Okafor", "Leise ist sie.\nNur der Preis schmerzt."},
                           Feed{"rdf.xml", "https://news.example/rdf", "https://news.example/1",
                                "Per Dahl", "The seal may leak, says Per Dahl."},
                           Feed{"jsonfeed.json", "https://shed.example/feed.json", "7", "Wei Lun",
                                "The pump arrived.\nIt leaks."}}) {
    Result<Page> page = read(item.file, item.url);
    ASSERT_TRUE(page) << item.file;
    ASSERT_FALSE(page->documents.empty()) << item.file;
    EXPECT_EQ(page->documents[0].id, item.id);
    EXPECT_EQ(page->documents[0].author.name, item.author);
    EXPECT_EQ(page->documents[0].text, item.text);
    EXPECT_EQ(page->skipped, 0) << page->skipped_reason;
  }
}

TEST(Rss, KeepsItemsWithAllWords) {
  Result<Page> page = read("rss2.xml", "https://garden.example/feed.xml", "ACME Warranty");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].id, "garden-112");
  EXPECT_EQ(page->skipped, 0);  // not asked for is not lost
  page = read("rss2.xml", "https://garden.example/feed.xml", "acme submarine");
  EXPECT_TRUE(page->documents.empty());
}

TEST(Rss, FollowsPagesOnSameHostOnly) {
  Result<Page> page = read("atom.xml", "https://blog.example/feed");
  ASSERT_TRUE(page);
  Result<Request> next = rss().plan(feed_at("https://blog.example/feed"), page->next);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->url, "https://blog.example/feed?seite=2");
  EXPECT_FALSE(next->api);  // robots.txt is asked
  EXPECT_EQ(read("atom.xml", "https://mirror.example/feed")->next, "");
}

TEST(Rss, StopsPagingAtWhatIsKnown) {
  ReplyContext context;
  context.cursor = "since=1795330800";
  Result<Page> page =
      rss().parse(tape("rss", "atom.xml"), feed_at("https://blog.example/feed"), context);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(page->resume, "since=1795330800");
}

std::string wordpress_feed(const std::vector<int>& hours) {
  std::string xml =
      "<rss version='2.0'><channel><generator>https://wordpress.org/?v=6.1</generator>";
  for (int hour : hours)
    xml += fmt::format(
        "<item><guid isPermaLink='false'>{0}</guid><title>t</title><description>acme {0}"
        "</description><pubDate>Mon, 02 Nov 2026 {0:02}:00:00 GMT</pubDate></item>",
        hour);
  return xml + "</channel></rss>";
}

TEST(Rss, AsksWordPressForOlderPagesUntilThereIsNone) {
  const SourceQuery query = feed_at("https://blog.example/feed/");
  Result<Page> first = rss().parse(wordpress_feed({9, 8}), query, {});
  ASSERT_TRUE(first);
  EXPECT_EQ(rss().plan(query, first->next)->url, "https://blog.example/feed/?paged=2");
  ReplyContext context;
  context.cursor = first->next;
  Result<Page> second = rss().parse(wordpress_feed({7}), query, context);
  ASSERT_TRUE(second);
  EXPECT_EQ(rss().plan(query, second->next)->url, "https://blog.example/feed/?paged=3");
  const auto end = rss().past_end(second->next);
  ASSERT_TRUE(end);
  const std::string resume = end->resume;
  EXPECT_EQ(resume, "since=" + std::to_string(*parse_time("2026-11-02T09:00:00Z")));
  EXPECT_EQ(end->gap, "") << "the first walk reached the beginning";
  EXPECT_FALSE(rss().past_end(resume)) << "a 404 of the feed itself is an error";
  EXPECT_EQ(rss().parse(wordpress_feed({9, 8}), query, context)->next, "") << "no further back";
  context.cursor = resume;
  EXPECT_EQ(rss().parse(wordpress_feed({10, 9}), query, context)->next, "") << "reached the known";
}

TEST(Rss, SaysWhenMoreMayHaveComeThanTheFeedHolds) {
  const SourceQuery query = feed_at("https://blog.example/comments/feed/");
  ReplyContext context;
  context.cursor = "since=" + std::to_string(*parse_time("2026-11-02T05:00:00Z"));
  const Result<Page> head = rss().parse(wordpress_feed({9, 8}), query, context);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->gap, "") << "there may be a page behind it";
  EXPECT_NE(rss().past_end(head->next)->gap, "") << "there was none";
  context.cursor = head->next;
  EXPECT_NE(rss().parse(wordpress_feed({9, 8}), query, context)->gap, "") << "it repeats itself";
  context.cursor = head->next;
  EXPECT_EQ(rss().parse(wordpress_feed({6, 5}), query, context)->gap, "") << "reached the known";
}

TEST(Rss, LeavesOutWhatIsOlderThanWanted) {
  SourceQuery query = feed_at("https://garden.example/feed.xml");
  query.since = *parse_time("2026-11-21T09:00:00Z");
  Result<Page> page = rss().parse(tape("rss", "rss2.xml"), query, {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 1u);
}

TEST(Rss, RefusesFeedThatBreaksOff) {
  std::string body = tape("rss", "rss2.xml");
  Result<Page> page =
      rss().parse(body.substr(0, body.find("</channel>")), feed_at("https://garden.example/"), {});
  ASSERT_FALSE(page);
  EXPECT_NE(page.error().message.find("breaks off"), std::string::npos);
}

TEST(Rss, NamesFeedOfWebPage) {
  Result<Page> page = read("error.html", "https://garden.example/");
  ASSERT_FALSE(page);
  EXPECT_NE(page.error().message.find("https://garden.example/feed.xml"), std::string::npos);
}

TEST(Rss, CountsItemsItCannotKeep) {
  Result<Page> page = rss().parse(
      "<rss><channel><item><title>no date</title></item><item></item>"
      "<item><guid>1</guid><title>a</title><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>"
      "<item><guid>1</guid><title>b</title><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>"
      "</channel></rss>",
      feed_at("https://garden.example/"), {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->skipped, 3);
}

}  // namespace
}  // namespace plumbline
