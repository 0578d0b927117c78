#include <gtest/gtest.h>

#include "tests/crawler/source_case.h"

namespace plumbline {
namespace {

constexpr char kPost[] = "urn:li:share:7397000000000000002";
constexpr char kComment[] =
    "urn:li:comment:(urn:li:activity:7397000000000000003,7397111111111111111)";

SourceCase organisation() {
  SourceCase of("linkedin", "2002002");
  of.query.token = "s3cret";
  return of;
}

TEST(LinkedIn, ReadsPosts) {
  const Result<Page> read = organisation().read("posts.json");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->documents.size(), 2u);
  const Document& post = read->documents[0];
  EXPECT_EQ(post.id, kPost);
  EXPECT_EQ(post.author.id, "urn:li:organization:2002002");
  EXPECT_EQ(post.title, "Quiet at last");
  EXPECT_EQ(post.text, "Our new pump (the green one) hums. #pumps Hale Tools");
  EXPECT_EQ(format_utc(post.published_at), "2026-11-20T09:01:00Z");
  EXPECT_EQ(post.url,
            "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7397000000000000002/");
  EXPECT_EQ(read->documents[1].parent, "urn:li:share:7390000000000000009");
  EXPECT_EQ(read->skipped_reason, "1 drafts or not public");
}

TEST(LinkedIn, ReadsCommentsAndAnswers) {
  const SourceCase of = organisation();
  const Result<Page> read = of.read("comments.json", std::string("queue=") + kPost);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->documents.size(), 2u);
  const Document& comment = read->documents[0];
  EXPECT_EQ(comment.id, kComment);
  EXPECT_EQ(comment.author.id, "urn:li:person:mAr7aHa1e0");
  EXPECT_EQ(comment.author.name, "");
  EXPECT_EQ(comment.text, "Does it leak?");
  EXPECT_EQ(comment.parent, kPost);
  EXPECT_EQ(comment.likes, 3);
  EXPECT_EQ(comment.published_at, 1795168800);
  const Result<Page> answers = of.read("answers.json", "queue=" + percent_encode(kComment));
  ASSERT_EQ(answers->documents.size(), 1u);
  EXPECT_EQ(answers->documents[0].parent, kComment);
}

TEST(LinkedIn, ReadsPostsThenCommentsThenAnswersThenTheNextPage) {
  const SourceCase of = organisation();
  EXPECT_EQ(of.url().rfind("https://api.linkedin.com/rest/posts?q=author", 0), 0u);
  EXPECT_EQ(of.asked("author"), "urn:li:organization:2002002");
  EXPECT_EQ(of.header("LinkedIn-Version"), "202606");
  EXPECT_EQ(of.header("X-RestLi-Method"), "FINDER");
  EXPECT_EQ(of.header("Authorization"), "Bearer s3cret");
  std::string cursor = of.read("posts.json")->next;
  EXPECT_EQ(of.url(cursor).rfind("https://api.linkedin.com/rest/socialActions/"
                                 "urn%3Ali%3Ashare%3A7397000000000000002/comments?",
                                 0),
            0u);
  cursor = of.read("comments.json", cursor)->next;
  EXPECT_NE(of.url(cursor).find("ugcPost"), std::string::npos) << of.url(cursor);
  cursor = of.read("empty.json", cursor)->next;  // then the answers to the one that has some
  EXPECT_NE(of.url(cursor).find("/rest/socialActions/urn%3Ali%3Acomment%3A%28"), std::string::npos);
  cursor = of.read("answers.json", cursor)->next;
  EXPECT_EQ(of.asked("start", cursor), "3");
  EXPECT_EQ(of.read("empty.json", cursor)->resume, "since=1795251660");
}

TEST(LinkedIn, ATextThatIsNoMarkStaysAsItIs) {
  const SourceCase of = organisation();
  ReplyContext context;
  const auto read = of.source.parse(
      R"({"elements":[{"id":"urn:li:share:1","createdAt":1795165200000,"commentary":)"
      R"("@[no end {hashtag|no end \\"}]})",
      of.query, context);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->documents[0].text, "@[no end {hashtag|no end \\");
}

TEST(LinkedIn, AsksAgainForOneAtATime) {
  const SourceCase of = organisation();
  EXPECT_EQ(of.recheck({kPost}),
            "https://api.linkedin.com/rest/posts/urn%3Ali%3Ashare%3A7397000000000000002");
  EXPECT_EQ(of.recheck({kComment}),
            "https://api.linkedin.com/rest/socialActions/"
            "urn%3Ali%3Aactivity%3A7397000000000000003/comments/7397111111111111111");
  ReplyContext context;
  context.cursor = kRecheck;
  const auto read = of.source.parse(
      R"({"id":"urn:li:share:7397000000000000002","author":"urn:li:organization:2002002",)"
      R"("commentary":"It hums louder.","createdAt":1795165200000})",
      of.query, context);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->documents.size(), 1u);
  EXPECT_EQ(read->documents[0].id, kPost);
  EXPECT_EQ(of.source.recheck_group(of.query, kComment), 0);
  EXPECT_EQ(of.source.recheck_group(of.query, kPost), 0);
  for (const char* id : {"5f09c1d2a3b4c5d6", "urn:li:comment:(", "urn:li:comment:(a,b)", ""})
    EXPECT_LT(of.source.recheck_group(of.query, id), 0) << id;
}

TEST(LinkedIn, StepsOverAPostThatIsClosed) {
  const Source& source = organisation().source;
  EXPECT_NE(organisation().url(source.past_end("last=1;queue=a,b")->next).find("/b/comments"),
            std::string::npos);
  EXPECT_FALSE(source.past_end("since=1795251660"));
}

}  // namespace
}  // namespace plumbline
