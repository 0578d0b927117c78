#include <gtest/gtest.h>

#include "crawler/json_reader.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

namespace fs = std::filesystem;

TEST(JsonReader, ReadsValues) {
  Result<JsonDocument> document = JsonDocument::parse(
      R"({"text":"é","whole":7,"real":2.5,"big":18446744073709551615,"digits":"12","yes":true,
          "none":null,"list":[1,"two",[3]],"inner":{"a":1,"b":2}})");
  ASSERT_TRUE(document);
  Json root = document->root();
  EXPECT_EQ(root["text"].text(), "é");
  EXPECT_EQ(root["whole"].integer(), 7);
  EXPECT_EQ(root["whole"].text(), "7");
  EXPECT_EQ(root["real"].number(), 2.5);
  EXPECT_FALSE(root["real"].integer());
  EXPECT_EQ(root["big"].text(), "18446744073709551615");
  EXPECT_FALSE(root["big"].integer());
  EXPECT_EQ(root["digits"].integer(), 12);
  EXPECT_EQ(root["digits"].number(), 12.0);
  EXPECT_EQ(root["yes"].flag(), true);
  EXPECT_TRUE(root["none"].is_null());
  EXPECT_TRUE(root["none"].exists());
  EXPECT_EQ(root["list"].size(), 3u);
  std::string seen;
  for (Json item : root["list"]) seen += item.is_array() ? "[]" : item.text();
  EXPECT_EQ(seen, "1two[]");
  std::string keys;
  for (auto at = root["inner"].begin(); at != root["inner"].end(); ++at) {
    keys += std::string(at.key()) + (*at).text();
  }
  EXPECT_EQ(keys, "a1b2");
}

TEST(JsonReader, GivesNothingForAbsentValues) {
  Result<JsonDocument> document = JsonDocument::parse(R"({"a":[],"s":"x"})");
  ASSERT_TRUE(document);
  Json nothing = document->root()["a"]["b"]["c"];
  EXPECT_FALSE(nothing.exists());
  EXPECT_EQ(nothing.text(), "");
  EXPECT_FALSE(nothing.integer());
  EXPECT_EQ(nothing.size(), 0u);
  for (Json item : nothing) FAIL() << item.text();
  for (Json item : document->root()["s"]) FAIL() << item.text();
  for (Json item : Json()) FAIL() << item.text();
}

TEST(JsonReader, StopsAtDepth) {
  auto nested = [](int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']');
  };
  EXPECT_TRUE(JsonDocument::parse(nested(255)));
  for (int levels : {257, 1000, 1000000}) {
    Result<JsonDocument> document = JsonDocument::parse(nested(levels));
    ASSERT_FALSE(document) << levels;
    EXPECT_NE(document.error().message.find("256 levels"), std::string::npos);
  }
}

TEST(JsonReader, ReadsOneBodyAfterAnother) {
  JsonDocument document;
  EXPECT_FALSE(document.root().exists());
  const std::string large = "{\"a\":\"" + std::string(10000, 'x') + "\"}";
  for (const std::string& body :
       {std::string(R"({"a":"one"})"), large, std::string(R"({"a":"b"})")}) {
    ASSERT_TRUE(document.read(body));
    EXPECT_EQ(document.root()["a"].text().size(), body.size() - 8);
  }
  EXPECT_FALSE(document.read("{\"a\":"));
  EXPECT_FALSE(document.root().exists());
  EXPECT_FALSE(document.read(std::string(300, '[') + std::string(300, ']')));  // the depth holds
  ASSERT_TRUE(document.read("{}"));
  EXPECT_TRUE(document.root().is_object());
}

TEST(JsonReader, RefusesWhatIsNotJson) {
  for (const char* body : {"", " ", "{", "[1,]", "<html>", "{\"a\":1}x", "nul", "\"\xFF\""}) {
    Result<JsonDocument> document = JsonDocument::parse(body);
    ASSERT_FALSE(document) << body;
    EXPECT_EQ(document.error().code, ErrorCode::parse);
  }
  EXPECT_TRUE(JsonDocument::parse("\xEF\xBB\xBF{}"));
}

TEST(JsonReader, PassesPublishedSuite) {
  fs::path suite = fs::path(PLUMBLINE_SOURCE_DIR) / "../shared/suites/json/test_parsing";
  if (!fs::exists(suite)) GTEST_SKIP() << "needs ../shared/suites/json";
  int accepted = 0, refused = 0, either = 0;
  for (const auto& entry : fs::directory_iterator(suite)) {
    std::string name = entry.path().filename();
    bool ok = JsonDocument::parse(read_whole(entry.path())).has_value();
    if (name[0] == 'y') {
      EXPECT_TRUE(ok) << name;
      ++accepted;
    } else if (name[0] == 'n') {
      EXPECT_FALSE(ok) << name;
      ++refused;
    } else {
      ++either;
    }
  }
  std::printf("%d to accept, %d to refuse, %d either\n", accepted, refused, either);
  EXPECT_GT(accepted, 90);
  EXPECT_GT(refused, 180);
}

}  // namespace
}  // namespace plumbline
