#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

TEST(StackExchange, ReadsQuestions) {
  const SourceCase stack("stackexchange");
  const Result<Page> page = stack.read("questions.json");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 2u);
  const Document& first = page->documents[0];
  EXPECT_EQ(first.id, "49100042");
  EXPECT_EQ(first.title, "Why does the \"Acme\" pump hum?");
  EXPECT_EQ(first.text, "It hums at night & I can't sleep.");
  EXPECT_EQ(first.author.id, "41");
  EXPECT_EQ(first.author.name, "Tomas Rüd");
  EXPECT_EQ(first.likes, 5);
  EXPECT_EQ(first.licence,
            "CC BY-SA 4.0, Tomas Rüd on "
            "https://stackoverflow.com/questions/49100042/why-does-it-hum");
  EXPECT_EQ(format_utc(first.published_at), "2026-11-21T19:30:00Z");
  EXPECT_EQ(page->wait_seconds, 10);
  EXPECT_EQ(page->skipped, 1);
}

TEST(StackExchange, ReadsAnswersBetweenPages) {
  SourceCase stack("stackexchange");
  EXPECT_EQ(stack.url().rfind("https://api.stackexchange.com/2.3/search/advanced?q=acme%20pump", 0),
            0u);
  EXPECT_EQ(stack.asked("site"), "stackoverflow");
  EXPECT_EQ(stack.asked("filter"), "withbody");
  const Result<Page> questions = stack.read("questions.json");
  ASSERT_TRUE(questions);
  EXPECT_NE(stack.url(questions->next).find("/2.3/questions/49100042/answers?"), std::string::npos);
  const Result<Page> answers = stack.read("answers.json", questions->next);
  ASSERT_TRUE(answers);
  ASSERT_EQ(answers->documents.size(), 1u);
  EXPECT_EQ(answers->documents[0].parent, "49100042");
  EXPECT_EQ(stack.asked("page", answers->next), "2");
  EXPECT_EQ(stack.asked("fromdate", "since=1795289400"), "1795289340");
}

TEST(StackExchange, TellsSitesApart) {
  SourceCase stack("stackexchange");
  stack.query.options["site"] = "diy";
  EXPECT_EQ(stack.asked("site"), "diy");
  EXPECT_EQ(stack.read("questions.json")->documents[0].id, "diy/49100042");
  EXPECT_EQ(stack.read("answers.json")->documents[0].parent, "diy/49100042");
}

TEST(StackExchange, SaysThatItIsThrottled) {
  const SourceCase stack("stackexchange");
  EXPECT_GT(stack.source.told_to_wait(502, tape("stackexchange", "error.json")), 0);
  EXPECT_NE(stack.read("error.json").error().message.find("throttle_violation"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
