#include "app/lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace.h"
#include "crawler/import.h"

namespace plumbline {
namespace {

class TextBytes : public ByteSource {
 public:
  explicit TextBytes(std::string text) : text_(std::move(text)) {}
  Result<std::size_t> read(char* into, std::size_t most) override {
    const std::size_t count = text_.copy(into, std::min<std::size_t>(most, 777), at_);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

std::vector<std::string> analyzed(const Analyzer& analyzer, const std::vector<std::string>& lines,
                                  int threads) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  TextBytes bytes(text);
  AnalyzeOptions options;
  options.threads = threads;
  std::vector<std::string> out;
  const auto done = analyze_lines(analyzer, bytes, options, [&](std::string_view line) {
    out.emplace_back(line.substr(line.find(",\"lang\"")));
  });
  EXPECT_TRUE(done);
  return out;
}

TEST(AnalyzeLines, AgreesWithItselfOnAnyThreadsAndOrder) {
  const auto analyzer = load_analyzer("");
  ASSERT_TRUE(analyzer) << describe(analyzer.error());
  std::vector<std::string> lines;
  for (int i = 0; i < 600; ++i)
    lines.push_back((i % 2 ? "I want a pump that lasts, not a cheap one "
                           : "Der Support hat nie geantwortet 😡 ") +
                    std::to_string(i) + (i % 5 ? "" : " \xff\xfe broken"));
  const auto one = analyzed(**analyzer, lines, 1);
  EXPECT_EQ(one, analyzed(**analyzer, lines, 2));
  std::vector<std::string> backward(lines.rbegin(), lines.rend());
  auto reversed = analyzed(**analyzer, backward, 2);
  std::reverse(reversed.begin(), reversed.end());
  EXPECT_EQ(one, reversed);
}

TEST(AnalyzeLines, ADocumentHasATextOrATitle) {
  const auto analyzer = load_analyzer("");
  ASSERT_TRUE(analyzer) << describe(analyzer.error());
  TextBytes bytes(
      "{\"title\":\"Broken "
      "again\"}\n{\"text\":123}\n{\"text\":null,\"title\":\"x\"}\n[]\n{\"text\":\"fine\"}\n");
  AnalyzeOptions options;
  options.json_lines = true;
  std::vector<bool> faults;
  const auto done = analyze_lines(**analyzer, bytes, options, [&](std::string_view line) {
    faults.push_back(line.find("\"error\"") != std::string_view::npos);
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(done->broken, 3);
  EXPECT_EQ(faults, (std::vector<bool>{false, true, true, true, false}));
}

TEST(AnalyzeLines, TakesTheIdAsItStands) {
  const auto analyzer = load_analyzer("");
  ASSERT_TRUE(analyzer) << describe(analyzer.error());
  const std::string big = "123456789012345678901234567890";  // no 64 bits hold it
  TextBytes bytes(
      "{\"id\":\"a\\u00e9\",\"text\":\"fine\"}\n{\"id\":570306133677760513,\"text\":\"fine\"}\n" +
      ("{\"id\":\"c\",\"text\":\"fine\",\"likes\":" + big + "}\n") +
      "{\"id\":null,\"text\":\"fine\"}\n{\"text\":\"fine\"}\n");
  AnalyzeOptions options;
  options.json_lines = true;
  std::vector<std::string> ids;
  const auto done = analyze_lines(**analyzer, bytes, options, [&](std::string_view line) {
    ids.emplace_back(line.substr(6, line.find(",\"lang\"") - 6));
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(done->broken, 0);
  EXPECT_EQ(ids, (std::vector<std::string>{"\"aé\"", "\"570306133677760513\"", "\"c\"", "\"\"",
                                           "\"5\""}));
}

}  // namespace
}  // namespace plumbline
