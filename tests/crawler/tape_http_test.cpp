// A night recorded and run again without a network.
#include "crawler/tape_http.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <map>

namespace plumbline {
namespace {

class Counting : public Http {
 public:
  Result<HttpReply> get(const HttpRequest& request) override {
    if (request.request.url.find("gone") != std::string::npos)
      return fail(ErrorCode::not_found, "the site has nothing there", request.request.url);
    HttpReply reply;
    reply.status = 200;
    reply.url = request.request.url;
    reply.body = std::string("\0binary\n", 8) + std::to_string(++calls);
    reply.link = "<b>; rel=next";
    reply.validators = {"\"e\"", "yesterday"};
    return reply;
  }
  void pause(const std::string&, std::int64_t) override {}
  int calls = 0;
};

std::string new_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "plumbline-tape-XXXXXX").string();
  EXPECT_NE(::mkdtemp(name.data()), nullptr);
  return name;
}

HttpRequest ask_for(const std::string& url, const std::string& body = {}) {
  HttpRequest request;
  request.request.url = url;
  request.request.body = body;
  return request;
}

TEST(TapeHttp, ANightRunsAgainCallByCall) {
  const std::string folder = new_folder();
  {
    auto recorder = make_recorder(std::make_unique<Counting>(), folder, 1795334400);
    ASSERT_TRUE(recorder) << describe(recorder.error());
    for (const char* url : {"https://a.example/1", "https://a.example/1", "https://a.example/gone"})
      (void)(*recorder)->get(ask_for(url));
    (void)(*recorder)->get(ask_for("https://a.example/1", "{}"));
  }
  EXPECT_EQ(recorded_at(folder).value(), 1795334400);
  auto replayer = make_replayer(folder);
  ASSERT_TRUE(replayer);
  Http& http = **replayer;
  const auto posted = http.get(ask_for("https://a.example/1", "{}"));
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->body, std::string("\0binary\n3", 9)) << "a POST is another request";
  EXPECT_EQ(http.get(ask_for("https://a.example/1"))->body, std::string("\0binary\n1", 9));
  const auto second = http.get(ask_for("https://a.example/1"));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->body, std::string("\0binary\n2", 9));
  EXPECT_EQ(second->link, "<b>; rel=next");
  EXPECT_EQ(second->validators.etag, "\"e\"");
  EXPECT_EQ(http.get(ask_for("https://a.example/1")).error().code, ErrorCode::not_found);
  const auto gone = http.get(ask_for("https://a.example/gone"));
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().message, "the site has nothing there");
  std::filesystem::remove_all(folder);
}

TEST(TapeHttp, IsReadableByItsOwnerOnlyAndNeverOverwritten) {
  const std::string folder = new_folder();
  auto recorder = make_recorder(std::make_unique<Counting>(), folder, 1795334400);
  ASSERT_TRUE(recorder);
  (void)(*recorder)->get(ask_for("https://a.example/1"));
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    struct stat info {};
    ASSERT_EQ(::stat(file.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u) << file.path();
  }
  const auto again = make_recorder(std::make_unique<Counting>(), folder, 1795334400);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_FALSE(make_replayer(folder + "/nowhere"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace plumbline
