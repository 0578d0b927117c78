#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "app/read_source.h"
#include "tests/app/scripted_http.h"

namespace plumbline {
namespace {

const char kBlog[] =
    "[brand]\nname = \"Acme\"\n[[source]]\nkind = \"wordpress\"\nurl = \"http://127.0.0.1:8080\"\n";

std::string comment(int id, const std::string& text) {
  const std::string number = std::to_string(id);
  return "{\"id\":" + number +
         ",\"post\":1,\"author_name\":\"Ana Lind\",\"date_gmt\":\"2026-11-02T08:00:00\","
         "\"content\":{\"rendered\":\"" +
         text + "\"},\"link\":\"http://127.0.0.1:8080/c" + number + "\",\"status\":\"approved\"}";
}

std::string post(int id, const std::string& title) {
  return "{\"id\":" + std::to_string(id) +
         ",\"date_gmt\":\"2026-11-02T08:00:00\",\"title\":{\"rendered\":\"" + title +
         "\"},\"content\":{\"rendered\":\"The Acme pump\"},\"status\":\"publish\"}";
}

// A blog whose lists are as given; what is asked for by number is looked up in `single`.
class Blog : public Http {
 public:
  std::string comments, posts;
  std::map<std::string, std::string> single;  // "comments?...include=7": the reply
  std::vector<std::string> asked;

  void pause(const std::string&, std::int64_t) override {}
  Result<HttpReply> get(const HttpRequest& request) override {
    const std::string& url = request.request.url;
    const bool of_posts = url.find("/posts?") != std::string::npos;
    HttpReply reply;
    reply.status = 200;
    reply.url = url;
    if (const auto at = url.find("include="); at != std::string::npos) {
      asked.push_back((of_posts ? "posts " : "comments ") + url.substr(at + 8));
      const auto found = single.find(asked.back());
      reply.body = "[" + (found == single.end() ? "" : found->second) + "]";
    } else {
      reply.body = "[" + (of_posts ? posts : comments) + "]";
    }
    return reply;
  }
};

SourceRun read(Workspace& workspace, Blog& blog) {
  ReadOptions options;
  options.now = 1795334400;
  return read_source(workspace, workspace.config.sources[0], blog, options, no_progress());
}

struct RecheckLists : testing::Test {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kBlog);
  Blog blog;

  // Comments 6 and 7, posts 1 and 2 are kept; then only 7 and 2 come by themselves.
  void SetUp() override {
    blog.comments = comment(6, "Acme six") + "," + comment(7, "Acme seven");
    blog.posts = post(1, "One") + "," + post(2, "Two");
    ASSERT_EQ(read(workspace, blog).put.added, 4);
    blog.comments = comment(7, "Acme seven");
    blog.posts = post(2, "Two");
    blog.asked.clear();
  }
};

TEST_F(RecheckLists, AsksForPostsAndCommentsApart) {
  blog.single["comments 6"] = comment(6, "Acme six, edited");
  blog.single["posts 2"] = post(2, "Two");
  const SourceRun run = read(workspace, blog);
  ASSERT_TRUE(run.status) << describe(run.status.error());
  EXPECT_EQ(run.put.updated, 1);
  EXPECT_EQ(run.put.deleted, 1);  // post 1
  EXPECT_EQ(workspace.store->status("")->documents, 3);
  // Nothing of what was asked for came, so a post that is surely there was asked for too.
  EXPECT_EQ(blog.asked, (std::vector<std::string>{"comments 6", "posts 1", "posts 2"}));
}

TEST_F(RecheckLists, AListThatDoesNotAnswerIsNotBelievedAndTheOtherIs) {
  blog.single["comments 7"] = comment(7, "Acme seven");
  const SourceRun run = read(workspace, blog);
  ASSERT_TRUE(run.status);
  EXPECT_EQ(run.put.deleted, 1);  // comment 6
  EXPECT_EQ(workspace.store->status("")->documents, 3);
}

TEST_F(RecheckLists, PostsOfAnotherSiteAreNotAskedFor) {
  workspace.config.sources[0].query.url = "http://127.0.0.1:8080/news";
  blog.comments = blog.posts = "";
  read(workspace, blog);
  for (const std::string& one : blog.asked) EXPECT_EQ(one.rfind("posts", 0), std::string::npos);
}

// A thread whose single comments only their writers may read.
class Thread : public Http {
 public:
  std::string listed;
  std::map<std::string, ErrorCode> single;  // by number: how the question for it ends

  void pause(const std::string&, std::int64_t) override {}
  Result<HttpReply> get(const HttpRequest& request) override {
    const std::string& url = request.request.url;
    const auto at = url.find("/id/");
    if (at != std::string::npos) return fail(single.at(url.substr(at + 4)), "no");
    HttpReply reply;
    reply.status = 200;
    reply.url = url;
    reply.body = "{\"replies\":[" + listed + "]}";
    return reply;
  }
};

TEST(Recheck, ARefusalToShowACommentSaysThatItIsThere) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(
      scratch,
      "[brand]\nname = \"Acme\"\n[[source]]\nkind = \"isso\"\nurl = \"http://127.0.0.1:8080\"\n"
      "query = \"/pumps/\"\n");
  const auto comment = [](const std::string& id) {
    return "{\"id\":" + id +
           ",\"created\":1790000000.5,\"mode\":1,\"author\":\"Ana Lind\",\"text\":\"" + "<p>Acme " +
           id + "</p>\"}";
  };
  const auto fetch = [&](Thread& thread) {
    ReadOptions options;
    options.now = 1795334400;
    return read_source(workspace, workspace.config.sources[0], thread, options, no_progress());
  };
  Thread thread;
  thread.listed = comment("1") + "," + comment("2") + "," + comment("3");
  ASSERT_EQ(fetch(thread).put.added, 3);
  thread.listed = comment("3");
  thread.single = {{"1", ErrorCode::denied}, {"2", ErrorCode::not_found}, {"3", ErrorCode::denied}};
  EXPECT_EQ(fetch(thread).put.deleted, 1);
  EXPECT_EQ(workspace.store->status("")->documents, 2);
  // A server that knows nothing of the question takes nothing.
  thread.single = {{"1", ErrorCode::not_found}, {"3", ErrorCode::not_found}};
  EXPECT_EQ(fetch(thread).put.deleted, 0);
}

}  // namespace
}  // namespace plumbline
