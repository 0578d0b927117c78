#include "crawler/feed.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace plumbline {
namespace {

Feed must_read(const std::string& body, const FeedContext& context = {}) {
  Result<Feed> feed = parse_feed(body, context);
  EXPECT_TRUE(feed) << (feed ? "" : feed.error().message);
  return feed ? *feed : Feed();
}

std::string rss_with(const std::string& inside) {
  return "<rss version='2.0'><channel><item>" + inside + "</item></channel></rss>";
}

std::string title_of(const std::string& body, const FeedContext& context = {}) {
  Feed feed = must_read(body, context);
  return feed.items.empty() ? feed.title.text : feed.items[0].title.text;
}

TEST(Feed, NeverExpandsDefinedEntities) {
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'haha'>";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " '";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "'>";
  }
  bomb += "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + rss_with("<title>&j;|&x;</title>");
  EXPECT_EQ(title_of(bomb), "&j;|&x;");
}

TEST(Feed, ResolvesReferences) {
  EXPECT_EQ(title_of(rss_with("<title>caf&eacute; &amp;amp; R&D &#8364;5 &#150; &bogus;</title>")),
            "café & R&D €5 – &bogus;");
  EXPECT_EQ(title_of(rss_with("<title><![CDATA[Tom & <b>Jerry</b> &hellip;]]></title>")),
            "Tom & Jerry …");
}

TEST(Feed, ReadsEveryEncoding) {
  std::string latin =
      "<?xml version='1.0' encoding='iso-8859-1'?>" + rss_with("<title>caf\xE9</title>");
  EXPECT_EQ(title_of(latin), "café");
  FeedContext context;
  context.content_type = "text/xml; charset=\"koi8-r\"";
  EXPECT_EQ(title_of(rss_with("<title>\xCE\xC1\xD3\xCF\xD3</title>"), context), "насос");
  std::string wide = "\xFF\xFE";
  for (char c : rss_with("<title>pump</title>")) wide += std::string(1, c) + '\0';
  EXPECT_EQ(title_of(wide), "pump");
  EXPECT_EQ(title_of("\xEF\xBB\xBF" + rss_with("<title>né</title>")), "né");
  // Declared as one thing, sent as another.
  EXPECT_EQ(title_of("<?xml version='1.0' encoding='utf-16'?>" + rss_with("<title>né</title>")),
            "né");
  EXPECT_EQ(title_of(rss_with("<title>dégât caf\xE9 très près déjà été forêt où là à</title>")),
            "dégât caf\xEF\xBF\xBD très près déjà été forêt où là à");
}

TEST(Feed, RepairsWhatIsNotWellFormed) {
  struct Case {
    const char* name;
    std::string body;
    const char* title;
  };
  for (const Case& item : {
           Case{"stray ampersand", rss_with("<title>a & b</title>"), "a & b"},
           Case{"stray bracket", rss_with("<title>1 < 2</title>"), "1 < 2"},
           Case{"unclosed break", rss_with("<title>x</title><description>a<br>b</description>"),
                "x"},
           Case{"wrong end tag", rss_with("<title>y</titel></title>"), "y"},
           Case{"undeclared prefix", rss_with("<foo:bar>z</foo:bar><title>z</title>"), "z"},
           Case{"text before", "\n\n junk " + rss_with("<title>w</title>"), "w"},
           Case{"control characters",
                rss_with("<title>a\x01\x0B"
                         "b</title>"),
                "ab"},
           Case{"unquoted attribute", rss_with("<title type=html>q</title>"), "q"},
       }) {
    EXPECT_EQ(title_of(item.body), item.title) << item.name;
  }
}

TEST(Feed, SaysWhenItBreaksOff) {
  std::string body = rss_with("<title>a</title>") + "\n";
  EXPECT_FALSE(must_read(body).breaks_off);
  EXPECT_TRUE(must_read(body.substr(0, body.find("</item>"))).breaks_off);
  EXPECT_EQ(must_read(body.substr(0, body.find("</item>"))).items.size(), 1u);
}

TEST(Feed, RefusesWhatIsNoFeed) {
  std::string deep = "<rss>";
  for (int i = 0; i < 1000; ++i) deep += "<a>";
  struct Case {
    std::string body;
    const char* says;
  };
  for (const Case& item :
       {Case{"", "empty"}, Case{"  \n", "empty"}, Case{"hello", "no XML element"},
        Case{"<html><body>x</body></html>", "web page"}, Case{"<svg/>", "root is <svg>"},
        Case{"{\"a\":1}", "not a JSON Feed"}, Case{"{", "not valid JSON"},
        Case{deep, "256 levels"}}) {
    Result<Feed> feed = parse_feed(item.body, {});
    ASSERT_FALSE(feed) << item.body.substr(0, 30);
    EXPECT_EQ(feed.error().code, ErrorCode::parse);
    EXPECT_NE(feed.error().message.find(item.says), std::string::npos) << feed.error().message;
  }
}

TEST(Feed, TellsNamespacesByAddress) {
  Feed feed = must_read(
      "<x:rss xmlns:x='http://backend.userland.com/rss2' "
      "xmlns:y='http://purl.org/dc/elements/1.1/' "
      "xmlns:dc='https://else.example/'><x:channel><x:item><y:creator>Ana</y:creator>"
      "<dc:creator>nobody</dc:creator><x:title>t</x:title></x:item></x:channel></x:rss>");
  ASSERT_EQ(feed.items.size(), 1u);
  ASSERT_EQ(feed.items[0].authors.size(), 1u);
  EXPECT_EQ(feed.items[0].authors[0].name, "Ana");
}

TEST(Feed, PrefersPageOverOtherLinks) {
  Feed feed = must_read(
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/b/'><entry>"
      "<link rel='self' href='s'/><link type='application/json' href='j'/>"
      "<link type='text/html' href='h'/><link rel='replies' href='r'/>"
      "<link href='javascript:alert(1)'/></entry></feed>");
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].link, "https://a.example/b/h");
  EXPECT_EQ(feed.items[0].comments, "https://a.example/b/r");
}

TEST(Feed, ReadsDatesOfManySpellings) {
  struct Case {
    const char* text;
    const char* when;
  };
  for (const Case& item : {Case{"Sat, 21 Nov 2026 09:30:00 +0100", "2026-11-21T08:30:00Z"},
                           Case{"2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z"},
                           Case{"2026-11-21T09:30+01:00", "2026-11-21T08:30:00Z"},
                           Case{"2026-11", "2026-11-01T00:00:00Z"},
                           Case{"Saturday, 21 November 26 09:30:00 GMT", "2026-11-21T09:30:00Z"},
                           Case{"November 21, 2026", "2026-11-21T00:00:00Z"},
                           Case{"21 Nov 2026", "2026-11-21T00:00:00Z"}, Case{"", ""},
                           Case{"yesterday", ""}, Case{"31 Feb 2026", ""}}) {
    EXPECT_EQ(format_utc(parse_feed_time(item.text)), item.when) << item.text;
  }
}

TEST(Feed, ReadsPeople) {
  struct Case {
    const char* text;
    const char* name;
    const char* email;
  };
  for (const Case& item : {Case{"Ana Lind", "Ana Lind", ""},
                           Case{"ana@lind.example (Ana Lind)", "Ana Lind", "ana@lind.example"},
                           Case{"Ana Lind <ana@lind.example>", "Ana Lind", "ana@lind.example"},
                           Case{"ana@lind.example", "", "ana@lind.example"},
                           Case{"mailto:ana@lind.example", "", "ana@lind.example"},
                           Case{"@ana", "@ana", ""}, Case{"", "", ""}}) {
    FeedPerson person = parse_person(item.text);
    EXPECT_EQ(person.name, item.name) << item.text;
    EXPECT_EQ(person.email, item.email) << item.text;
  }
}

// Two megabytes.
TEST(Feed, ReadsLargeFeeds) {
  std::string body = "<rss version='2.0'><channel>";
  for (int i = 0; i < 5000; ++i) {
    body += "<item><guid isPermaLink='false'>" + std::to_string(i) + "</guid><title>Item</title>" +
            "<description>" + std::string(400, 'x') +
            " &lt;b&gt;word&lt;/b&gt;</description></item>";
  }
  body += "</channel></rss>";
  EXPECT_EQ(must_read(body).items.size(), 5000u);
}

}  // namespace
}  // namespace plumbline
