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

TEST(StackExchange, AsksAgainForPostsOfItsSite) {
  SourceCase stack("stackexchange");
  EXPECT_EQ(stack.recheck({"12", "13"}),
            "https://api.stackexchange.com/2.3/posts/12%3B13?site=stackoverflow&filter=withbody"
            "&pagesize=100");
  EXPECT_EQ(stack.source.recheck_group(stack.query, "12"), 0);
  EXPECT_LT(stack.source.recheck_group(stack.query, "diy/12"), 0);
  stack.query.options["site"] = "diy";
  EXPECT_EQ(stack.source.recheck_group(stack.query, "diy/12"), 0);
  EXPECT_LT(stack.source.recheck_group(stack.query, "12"), 0);
  EXPECT_EQ(query_parameter(stack.recheck({"diy/12"}), "site"), "diy");
  ReplyContext context;
  context.cursor = kRecheck;
  const Result<Page> page = stack.source.parse(
      R"({"items":[{"post_id":12,"post_type":"question","body":"<p>It leaks</p>","score":2,)"
      R"("creation_date":1795165200,"link":"https://diy.stackexchange.com/q/12","owner":)"
      R"({"user_id":5,"display_name":"Ana"}},{"post_id":12}],"has_more":true,"backoff":10})",
      stack.query, context);
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->documents.size(), 1u);
  EXPECT_EQ(page->documents[0].id, "diy/12");
  EXPECT_EQ(page->documents[0].text, "It leaks");
  EXPECT_EQ(page->documents[0].title, "") << "the interface does not repeat it";
  EXPECT_EQ(page->wait_seconds, 10);
  EXPECT_EQ(page->next + page->resume, "");
}

}  // namespace
}  // namespace plumbline
