// What the tests of the store share: a file that goes away with the test, and invented documents.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"
#include "store/sqlite_store.h"

namespace plumbline {

// A folder of its own for each test.
class Folder {
 public:
  Folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "plumbline_store_XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(std::string_view name = "test.db") const {
    return path_ + "/" + std::string(name);
  }

 private:
  std::string path_;
};

inline std::unique_ptr<Store> open_writer(const std::string& path, const Zone& zone = {}) {
  auto store = open_sqlite({path, false, true, zone});
  EXPECT_TRUE(store) << (store ? "" : describe(store.error()));
  return store ? std::move(*store) : nullptr;
}

inline std::unique_ptr<Store> open_reader(const std::string& path, const Zone& zone = {}) {
  auto store = open_sqlite({path, true, false, zone});
  EXPECT_TRUE(store) << (store ? "" : describe(store.error()));
  return store ? std::move(*store) : nullptr;
}

// The value, or a failed test that says why there is none.
template <class T>
T value_of(Result<T> result) {
  EXPECT_TRUE(result) << (result ? "" : describe(result.error()));
  return result ? std::move(*result) : T{};
}

inline ::testing::AssertionResult holds(const Status& status) {
  if (status) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << describe(status.error());
}

inline Seconds noon(Day day) { return Seconds{day} * kSecondsPerDay + kSecondsPerDay / 2; }

inline Entry entry_of(std::string_view id, std::string_view author, Day day,
                      std::string_view text) {
  Entry entry;
  Document& document = entry.document;
  document.source = "forum";
  document.id = id;
  document.url = "https://forum.example/" + std::string(id);
  if (!author.empty()) document.author = {"id-" + std::string(author), std::string(author), ""};
  document.published_at = noon(day);
  document.text = text;
  document.brand = "Acme";
  return entry;
}

inline Analysis analysis_of(Polarity label, std::string_view version = "v1") {
  Analysis analysis;
  analysis.version = version;
  analysis.lang = "en";
  analysis.sentiment.label = label;
  analysis.sentiment.score = static_cast<float>(static_cast<int>(label)) * 0.75F;
  return analysis;
}

inline PutOutcome put(Store& store, std::vector<Entry> entries, bool update_known = false) {
  Batch batch;
  batch.entries = std::move(entries);
  batch.update_known = update_known;
  return value_of(store.put(batch));
}

inline SearchNode word(std::string_view text) {
  SearchNode node;
  node.kind = SearchNode::Kind::word;
  node.text = text;
  return node;
}

inline SearchNode field(std::string_view name, std::string_view text,
                        std::string_view compare = "=") {
  SearchNode node;
  node.kind = SearchNode::Kind::field;
  node.field = name;
  node.text = text;
  node.compare = compare;
  return node;
}

inline SearchNode joined(SearchNode::Kind kind, std::vector<SearchNode> children) {
  SearchNode node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

}  // namespace plumbline
