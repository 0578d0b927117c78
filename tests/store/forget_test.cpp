#include <fstream>
#include <iterator>

#include "tests/store/fixture.h"

namespace plumbline {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// How often any of these stands in the file or its log. FTS5 keeps only what differs from the term
// before, so a search for whole words would pass falsely: the tails are what counts.
std::size_t remains(const std::string& path, const std::vector<std::string>& words) {
  std::size_t found = 0;
  for (const char* suffix : {"", "-wal"}) {
    const std::string bytes = bytes_of(path + suffix);
    for (const std::string& word : words)
      for (std::size_t cut : {0U, 2U, 3U, 4U})
        if (bytes.find(word.substr(cut)) != std::string::npos) ++found;
  }
  return found;
}

TEST(Forget, LeavesNoByteOfThePerson) {
  Folder folder;
  const std::string path = folder.file();
  auto store = open_writer(path);
  const std::vector<std::string> marks = {"qzxmwvkj", "wvkuqjxz", "jqppwxzk", "xkzhqwvb",
                                          "zqwpjxkv", "vxqtbwjz", "kjxtwqzv"};
  std::vector<Entry> entries;
  for (int i = 0; i < 3000; ++i)
    entries.push_back(entry_of("n" + std::to_string(i), "user" + std::to_string(i % 50),
                               20000 + i % 90, "an ordinary text number " + std::to_string(i)));
  for (int i = 0; i < 40; ++i) {
    Entry entry = entry_of("p" + std::to_string(i), "xkzhqwvb", 20000 + 2 * i,
                           "text qzxmwvkj" + std::to_string(i) + " and wvkuqjxz words");
    entry.document.author.name = "Jqppwxzk";
    entry.document.title = "kjxtwqzv";
    entry.document.place = "zqwpjxkv";
    entry.analysis = analysis_of(Polarity::negative);
    entry.analysis->statements = {{StatementKind::want, "vxqtbwjz", {0, 4}}};
    entry.fingerprint.folded = 77;
    entry.fingerprint.bands = {1, 2, 3};
    entry.fingerprint.sketch = std::string(64, 'q');
    entries.push_back(entry);
  }
  put(*store, entries);
  // An edit before: the old text must be gone as well.
  entries.back().document.text = "text qzxmwvkjedited";
  entries.back().document.author.name = "Jqppwxzk";
  EXPECT_EQ(put(*store, {entries.back()}, true).updated, 1);
  ASSERT_TRUE(holds(store->roll_up()));
  EXPECT_GT(remains(path, marks), 0U) << "the search itself must be able to find";

  EXPECT_EQ(value_of(store->forget("forum", "xkzhqwvb")), 40);
  EXPECT_EQ(remains(path, marks), 0U);
  EXPECT_EQ(value_of(store->count(word("wvkuqjxz"))), 0);
  EXPECT_TRUE(value_of(store->accounts("xkzhqwvb", 5)).empty());
  EXPECT_EQ(value_of(store->status("v1")).documents, 3000);
  EXPECT_EQ(store->forget("forum", "xkzhqwvb").error().code, ErrorCode::not_found);
  store.reset();
  EXPECT_EQ(remains(path, marks), 0U);
}

TEST(Forget, AsksWhichOfTwoAccountsIsMeant) {
  Folder folder;
  auto store = open_writer(folder.file());
  put(*store, {entry_of("1", "Ada", 20000, "x"), entry_of("2", "aDA", 20000, "y")});
  EXPECT_EQ(store->forget("forum", "ada").error().code, ErrorCode::ambiguous);
  EXPECT_EQ(value_of(store->forget("forum", "Ada")), 1);
  EXPECT_EQ(value_of(store->forget("forum", "ada")), 1) << "only one is left";
}

TEST(Forget, SaysWhenAReaderKeepsTheLog) {
  Folder folder;
  auto store = open_writer(folder.file());
  put(*store, {entry_of("1", "ada", 20000, "qzxmwvkj"), entry_of("2", "bob", 20000, "other")});
  auto reader = open_reader(folder.file());
  EXPECT_EQ(value_of(store->forget("forum", "ada")), 1) << "an idle reader is no hindrance";
  EXPECT_EQ(remains(folder.file(), {"qzxmwvkj"}), 0U);
  EXPECT_EQ(value_of(reader->count({})), 1);
}

TEST(Put, DropsWhatTheSourceDeleted) {
  Folder folder;
  auto store = open_writer(folder.file());
  put(*store, {entry_of("1", "ada", 20000, "first"), entry_of("2", "bob", 20000, "second")});
  Batch batch;
  batch.deleted = {{"forum", "1"}, {"forum", "unknown"}, {"nowhere", "1"}};
  EXPECT_EQ(value_of(store->put(batch)).deleted, 1);
  EXPECT_EQ(value_of(store->count(word("first"))), 0);
  EXPECT_TRUE(value_of(store->accounts("ada", 5)).empty()) << "an account without documents";
  EXPECT_EQ(value_of(store->cells({"", "", 0, 30000, Unit::day}))[0].counts.n, 1);
}

}  // namespace
}  // namespace plumbline
