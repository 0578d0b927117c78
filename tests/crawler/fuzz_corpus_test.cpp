// The corpus of the fuzz targets, replayed: a fault once found stays found.
#include <functional>

#include <gtest/gtest.h>

#include "base/time.h"
#include "tests/crawler/tape.h"
#include "tests/fuzz/crawler_targets.h"

namespace plumbline {
namespace {

void replay(const std::string& target, const std::function<void(std::string_view)>& body) {
  std::filesystem::path folder =
      std::filesystem::path(PLUMBLINE_SOURCE_DIR) / "tests/fuzz/corpus" / target;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    SCOPED_TRACE(entry.path().filename().string());
    std::string bytes = read_whole(entry.path());
    body(bytes);
    ++files;
    for (std::size_t cut : {bytes.size() / 3, bytes.size() / 2}) {
      body(std::string_view(bytes).substr(0, cut));
    }
  }
  EXPECT_GT(files, 1) << target;
}

TEST(FuzzCorpus, Texts) {
  replay("html_text", fuzz::try_html_text);
  replay("json", fuzz::try_json);
  replay("feed", fuzz::try_feed);
  replay("robots", fuzz::try_robots);
}

TEST(FuzzCorpus, Sources) {
  for (const char* name : {"hackernews", "mastodon", "rss"}) {
    replay(name, [name](std::string_view bytes) { fuzz::try_source(*find_source(name), bytes); });
  }
}

TEST(FuzzCorpus, Imports) {
  for (std::string name :
       {"csv", "jsonl", "transcript", "vcard", "mbox", "linkedin", "x", "telegram", "whatsapp",
        "reddit", "facebook", "instagram", "google", "brandwatch"}) {
    replay("import_" + name, [&name](std::string_view bytes) { fuzz::try_import(name, bytes); });
  }
}

TEST(FuzzCorpus, Footprints) {
  replay("probe", fuzz::try_probe);
  replay("personal_page", fuzz::try_personal_page);
}

TEST(FuzzCorpus, Zips) { replay("zip", fuzz::try_zip); }

TEST(FuzzCorpus, Times) {
  replay("parse_time", [](std::string_view bytes) {
    Result<Seconds> time = parse_time(bytes);
    if (!time || format_utc(*time).size() != 20) return;
    EXPECT_EQ(parse_time(format_utc(*time)), *time);
  });
}

}  // namespace
}  // namespace plumbline
