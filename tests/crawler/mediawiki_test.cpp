#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

const char kWiki[] = "https://wiki.example/w";

TEST(MediaWiki, ReadsChanges) {
  const SourceCase wiki("mediawiki", "", kWiki);
  const Result<Page> page = wiki.read("changes.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "9001");
  EXPECT_EQ(first.url, "https://wiki.example/w/index.php?diff=9001");
  EXPECT_EQ(first.title, "Talk:Acme pump");
  EXPECT_EQ(first.text, "Noise: it hums at night");
  EXPECT_EQ(first.author.handle, "AnaLind");
  EXPECT_EQ(first.licence, "");
  EXPECT_EQ(page->skipped_reason, "1 by bots, 1 edits without a summary");
  ASSERT_EQ(page->deleted.size(), 1u);
  EXPECT_EQ(page->deleted[0], "8995");
}

TEST(MediaWiki, SendsBackWhatContinues) {
  const SourceCase wiki("mediawiki", "", kWiki);
  EXPECT_EQ(wiki.url().rfind("https://wiki.example/w/api.php?action=query", 0), 0u);
  EXPECT_EQ(wiki.asked("rcnamespace"), "1|3|5|7|9|11|13|15");
  const Result<Page> first = wiki.read("changes.json");
  ASSERT_TRUE(first);
  EXPECT_EQ(wiki.asked("rccontinue", first->next), "20261121160000|1400");
  EXPECT_EQ(wiki.asked("continue", first->next), "-||");
  const Result<Page> same = wiki.read("changes.json", first->next);
  EXPECT_EQ(same->next, "");
  EXPECT_EQ(same->resume, "since=1795289400");
  EXPECT_EQ(wiki.asked("rcend", same->resume), "2026-11-21T19:29:00Z");
}

TEST(MediaWiki, SearchesTalk) {
  SourceCase wiki("mediawiki");
  EXPECT_EQ(wiki.url().rfind("https://en.wikipedia.org/w/api.php?", 0), 0u);
  EXPECT_EQ(wiki.asked("srsearch"), "acme pump");
  const Result<Page> page = wiki.read("search.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].id, "https://en.wikipedia.org/w/index.php?curid=77");
  EXPECT_EQ(page->documents[0].text, "the Acme pump hums & leaks");
  EXPECT_EQ(page->documents[0].licence, "CC BY-SA 4.0, the editors of en.wikipedia.org");
  EXPECT_EQ(wiki.asked("sroffset", page->next), "50");
  wiki.query.options["what"] = "changes";  // then the words choose among the changes
  EXPECT_EQ(wiki.asked("list"), "recentchanges");
  EXPECT_EQ(wiki.read("changes.json")->documents.size(), 1u);
}

TEST(MediaWiki, AsksAgain) {
  const SourceCase wiki("mediawiki", "", kWiki);
  EXPECT_EQ(query_parameter(wiki.recheck({"9001", "8999"}), "revids"), "9001|8999");
  const Result<Page> page = wiki.read("revisions.json", std::string(kRecheck));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].id, "9001");
  EXPECT_NE(wiki.read("error.json").error().message.find("ratelimited"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
