#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

TEST(Gdelt, ReadsHeadlines) {
  const SourceCase gdelt("gdelt");
  const Result<Page> page = gdelt.read("articles.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "https://news.example/pump-recall");
  EXPECT_EQ(first.title, "Acme recalls pump & says sorry");
  EXPECT_EQ(first.author.id, "news.example");
  EXPECT_EQ(first.lang, "en");
  EXPECT_EQ(first.place, "United Kingdom");
  EXPECT_EQ(format_utc(first.published_at), "2026-11-21T19:30:00Z");
  EXPECT_EQ(page->documents[1].lang, "de");
  EXPECT_EQ(page->skipped, 1);
  EXPECT_EQ(page->resume, "since=1795289400");
}

TEST(Gdelt, WalksBackThroughWindows) {
  const SourceCase gdelt("gdelt");
  EXPECT_EQ(gdelt.url(),
            "https://api.gdeltproject.org/api/v2/doc/doc?query=acme%20pump&mode=ArtList&"
            "format=json&sort=DateDesc&maxrecords=250");
  EXPECT_EQ(gdelt.asked("startdatetime", "since=1795289400"), "20261121183000");
  std::string body = "{\"articles\":[";
  for (int i = 0; i < 250; ++i) {
    body += (i > 0 ? "," : "") + ("{\"url\":\"https://a.example/" + std::to_string(i) +
                                  "\",\"title\":\"x\",\"seendate\":\"20261121T193000Z\"}");
  }
  const Result<Page> full = gdelt.source.parse(body + "]}", gdelt.query, {});
  ASSERT_TRUE(full);
  EXPECT_EQ(gdelt.asked("enddatetime", full->next), "20261121193000");
}

TEST(Gdelt, TellsNothingFromTrouble) {
  const SourceCase gdelt("gdelt");
  EXPECT_NE(gdelt.read("error.txt").error().message.find("too short"), std::string::npos);
  ReplyContext context;
  context.url = gdelt.url();
  const Result<Page> nothing = gdelt.source.parse("{}", gdelt.query, context);
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->documents.empty());
}

}  // namespace
}  // namespace plumbline
