// The corpus of the fuzz targets, replayed: a fault once found stays found.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/fuzz/nlp_targets.h"

namespace plumbline {
namespace {

void replay(const std::string& target, void (*run)(std::string_view bytes)) {
  const auto folder = std::filesystem::path(PLUMBLINE_SOURCE_DIR) / "tests/fuzz/corpus" / target;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    run(std::string(std::istreambuf_iterator<char>(in), {}));
    ++files;
  }
  EXPECT_GT(files, 0) << folder;
}

TEST(FuzzCorpus, FastTierTakesAnyBytes) {
  replay("fast_text", fuzz::try_fast_text);
  replay("fast_model", fuzz::try_fast_model);
}

TEST(FuzzCorpus, AnalysisTakesAnyBytes) { replay("analyze_text", fuzz::try_analyze_text); }
TEST(FuzzCorpus, EntitiesTakeAnyBytes) { replay("entities", fuzz::try_entities); }

}  // namespace
}  // namespace plumbline
