// Plain sentences of the languages whose statements cues find: what is said is found, what is
// denied is not.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "nlp/analyze.h"

namespace plumbline {
namespace {

struct CueTally {
  int right = 0, found = 0, said = 0, unreal = 0, counted = 0;
};

bool shares_half(const Span& a, const Span& b) {
  const std::uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  return end > begin && 2 * (end - begin) >= std::min(a.end - a.begin, b.end - b.begin);
}

CueTally score(const Analyzer& analyzer, const std::string& lang) {
  CueTally out;
  std::ifstream in(std::string(PLUMBLINE_SOURCE_DIR) + "/tests/data/cues/" + lang + ".jsonl");
  for (std::string line; std::getline(in, line);) {
    const nlohmann::json row = nlohmann::json::parse(line);
    Document document;
    document.lang = lang;
    document.text = row["text"].get<std::string>();
    const std::vector<StatementSpan> found = analyzer.analyze(document).statements;
    out.found += static_cast<int>(found.size());
    for (const auto& said : row["statements"]) {
      const std::string span = said["span"].get<std::string>();
      const auto begin = static_cast<std::uint32_t>(document.text.find(span));
      const Span place{begin, begin + static_cast<std::uint32_t>(span.size())};
      const bool fits = std::ranges::any_of(found, [&](const StatementSpan& each) {
        return name_of(each.kind) == said["kind"].get<std::string>() &&
               shares_half(each.span, place);
      });
      const bool real = said["state"] == "real";
      (real ? out.said : out.unreal) += 1;
      (real ? out.right : out.counted) += fits ? 1 : 0;
    }
  }
  return out;
}

TEST(CueTables, PlainSentencesAreRead) {
  const Analyzer analyzer = std::move(*Analyzer::load(""));
  for (const char* lang : {"it", "pt", "nl", "pl", "ar", "hi", "ja", "zh"}) {
    const CueTally tally = score(analyzer, lang);
    ASSERT_GT(tally.said, 100) << lang;
    EXPECT_GE(tally.right, 0.9 * tally.said) << lang << " of " << tally.said;
    EXPECT_GE(tally.right, 0.9 * tally.found) << lang << " of " << tally.found << " found";
    EXPECT_LE(tally.counted, 0.05 * tally.unreal) << lang;
  }
}

}  // namespace
}  // namespace plumbline
