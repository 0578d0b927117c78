#include "store/sqlite.h"
#include "store/tokenizer.h"
#include "tests/store/fixture.h"

namespace plumbline {
namespace {

void spoil(const std::string& path, const char* sql) {
  auto db = value_of(Database::open(path, false));
  ASSERT_TRUE(holds(register_words(*db)));
  ASSERT_TRUE(holds(db->run(sql)));
}

std::string filled(const Folder& folder) {
  const std::string path = folder.file();
  auto store = open_writer(path);
  put(*store, {entry_of("1", "ada", 20000, "the pump leaks again"),
               entry_of("2", "bea", 20001, "a quiet pump for a small house")});
  return path;
}

TEST(CheckStore, FindsNothingInASoundOne) {
  Folder folder;
  EXPECT_EQ(value_of(check_sqlite(filled(folder))), std::vector<std::string>{});
}

TEST(CheckStore, SaysWhatDiffers) {
  struct Case {
    const char* sql;
    const char* said;
  };
  const Case cases[] = {
      {"DELETE FROM mention WHERE row = (SELECT max(row) FROM mention)", "without their mention"},
      {"UPDATE cell SET n = n + 1 WHERE unit = 1", "roll-up"},
      {"DELETE FROM cell WHERE unit = 2", "roll-up"},
      {"UPDATE document SET text = 'another'", "full-text"},
      {"UPDATE mention SET copy_of = 5", "copies"},
      {"UPDATE meta SET value = '5' WHERE key = 'unindexed'", "wait for the full-text index"},
  };
  for (const Case& c : cases) {
    Folder folder;
    const std::string path = filled(folder);
    spoil(path, c.sql);
    std::string all;
    for (const std::string& line : value_of(check_sqlite(path))) all += line + "\n";
    EXPECT_NE(all.find(c.said), std::string::npos) << c.sql << "\n" << all;
  }
}

TEST(CheckStore, WaitsForNoWriter) {
  Folder folder;
  const std::string path = filled(folder);
  const auto store = open_writer(path);
  const auto checked = check_sqlite(path);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace plumbline
