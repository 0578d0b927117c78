#include "crawler/archive.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "crawler/charset.h"
#include "crawler/json_lists.h"
#include "crawler/text_lines.h"
#include "tests/crawler/string_source.h"
#include "tests/crawler/zip_maker.h"

namespace plumbline {
namespace {

namespace fs = std::filesystem;

class ArchiveTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("plumbline_archive_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  fs::path folder_;
};

std::string names_of(const Archive& archive) {
  std::string names;
  for (const ArchiveMember& member : archive.members()) names += member.name + " ";
  return names;
}

// All bytes of a member, or the error.
std::string read_all(Archive& archive, std::size_t member) {
  auto bytes = archive.open(member);
  if (!bytes) return "error: " + describe(bytes.error());
  std::string out(1 << 16, '\0');
  std::size_t total = 0;
  for (;;) {
    auto got = (*bytes)->read(out.data(), out.size());
    if (!got) return "error: " + describe(got.error());
    if (*got == 0) break;
    total += *got;
    if (total < out.size()) continue;
  }
  return total <= out.size() ? out.substr(0, total) : std::to_string(total) + " bytes";
}

TEST_F(ArchiveTest, ReadsZipsAndFoldersAlike) {
  write("in/b/two.txt", "second");
  write("in/one.csv", "first");
  write("in/.DS_Store", "x");
  const std::string zip = write("x.zip", make_zip({{"one.csv", "first", 0100644, true},
                                                   {"b/", "", 040755},
                                                   {"b/two.txt", "second"},
                                                   {"__MACOSX/._one.csv", "x"}}));
  for (const std::string& path : {(folder_ / "in").string(), (folder_ / "in/").string(), zip}) {
    auto archive = fs::is_directory(path) ? open_folder(path) : open_zip(path);
    ASSERT_TRUE(archive) << describe(archive.error());
    EXPECT_EQ(names_of(**archive), "b/two.txt one.csv ") << path;
    EXPECT_EQ(read_all(**archive, 0), "second");
    EXPECT_EQ(read_all(**archive, 1), "first");
    EXPECT_EQ(read_all(**archive, 1), "first") << "a member can be read again";
    EXPECT_TRUE((*archive)->refused().empty());
  }
}

TEST_F(ArchiveTest, RefusesWhatCouldLeaveTheArchive) {
  const auto archive = open_zip(write("evil.zip", make_zip({{"good.txt", "x"},
                                                            {"../evil.txt", "x"},
                                                            {"a/../../evil.txt", "x"},
                                                            {"..\\evil.txt", "x"},
                                                            {"/etc/evil", "x"},
                                                            {"C:\\evil.txt", "x"},
                                                            {"link", "/etc/passwd", 0120777},
                                                            {"inner.zip", "x"},
                                                            {"more/inner.tar.gz", "x"}})));
  ASSERT_TRUE(archive) << describe(archive.error());
  EXPECT_EQ(names_of(**archive), "good.txt ");
  EXPECT_EQ((*archive)->refused(),
            (std::map<std::string, std::int64_t>{{"absolute path", 2},
                                                 {"archive within the archive, not opened", 2},
                                                 {"path that climbs out of the archive", 3},
                                                 {"symbolic link", 1}}));
}

TEST_F(ArchiveTest, RefusesLinksInFolders) {
  write("in/good.txt", "x");
  fs::create_symlink("/etc/passwd", folder_ / "in/link.txt");
  fs::create_directory_symlink("/etc", folder_ / "in/etc");
  const auto archive = open_folder((folder_ / "in").string());
  ASSERT_TRUE(archive);
  EXPECT_EQ(names_of(**archive), "good.txt ");
  EXPECT_EQ((*archive)->refused().at("symbolic link"), 2);
}

TEST_F(ArchiveTest, StopsBombsByWhatComesOut) {
  const std::string path = write(
      "bomb.zip",
      make_zip({{"bomb.txt", std::string(4 << 20, 'x'), 0100644, true}, {"good.txt", "fine"}}));
  ArchiveLimits limits;
  limits.unmeasured = 1 << 20;
  auto swelling = open_zip(path, limits);
  ASSERT_TRUE(swelling);
  EXPECT_NE(read_all(**swelling, 0).find("more than 200 times its size"), std::string::npos);
  EXPECT_EQ(read_all(**swelling, 1), "fine") << "nothing of the first was unpacked";
  // Each within the limit, both together not.
  const std::string half(900 << 10, 'x');
  auto halves =
      open_zip(write("halves.zip",
                     make_zip({{"a.txt", half, 0100644, true}, {"b.txt", half, 0100644, true}})),
               limits);
  ASSERT_TRUE(halves);
  EXPECT_EQ(read_all(**halves, 0), "921600 bytes");
  EXPECT_NE(read_all(**halves, 1).find("more than 200 times its size"), std::string::npos);
  limits = {};
  limits.member = 1000;
  auto large = open_zip(path, limits);
  EXPECT_NE(read_all(**large, 0).find("more than the limit"), std::string::npos);
  EXPECT_EQ(read_all(**large, 1), "fine");
  limits = {};
  limits.total = 1000;
  auto total = open_zip(path, limits);
  EXPECT_NE(read_all(**total, 0).find("more than the limit"), std::string::npos);
  limits = {};
  limits.members = 1;
  EXPECT_FALSE(open_zip(path, limits));
}

TEST_F(ArchiveTest, SaysWhatIsBroken) {
  std::string bytes = make_zip({{"a.txt", std::string(5000, 'a') + "b", 0100644, true}});
  EXPECT_FALSE(open_zip(write("cut.zip", bytes.substr(0, bytes.size() / 2))));
  bytes[40] = static_cast<char>(bytes[40] ^ 0x55);
  auto damaged = open_zip(write("damaged.zip", bytes));
  ASSERT_TRUE(damaged);
  EXPECT_NE(read_all(**damaged, 0).find("damaged"), std::string::npos);
  EXPECT_FALSE(open_zip(write("none.zip", "PK\3\4")));
  EXPECT_FALSE(open_folder((folder_ / "absent").string()));
  EXPECT_TRUE(begins_like_zip(bytes));
  EXPECT_FALSE(begins_like_zip("PKZ"));
}

// "list:object@line" of everything given out.
std::string lists_in(const std::string& json, const std::string& wanted, std::size_t piece,
                     const std::string& scalar = "name") {
  StringSource source(json, piece);
  TextReader text(source);
  JsonLists lists(text, [&](std::string_view list) { return list == wanted; });
  std::string out;
  JsonPiece object;
  for (auto more = lists.next(object); more && *more; more = lists.next(object))
    out += lists.scalar(scalar) + ":" + std::string(object.bytes) + "@" +
           std::to_string(object.line) + object.problem + " ";
  return out;
}

TEST(JsonLists, GivesOutTheObjectsOfAList) {
  const std::string nested =
      "{\"chats\": {\"list\": [\n{\"name\": \"A\\u00e9 \\\"x\\\"\", \"messages\": [{\"m\": "
      "\"]}\\\"\"},\n{}]},\n{\"name\":\"B\",\"messages\":[{\"m\":[{\"messages\":[{}]}]}]}]}}";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::string::npos}) {
    EXPECT_EQ(lists_in(nested, "messages", piece),
              "A\u00e9 \"x\":{\"m\": \"]}\\\"\"}@2 A\u00e9 \"x\":{}@3 "
              "B:{\"m\":[{\"messages\":[{}]}]}@4 ");
    EXPECT_EQ(lists_in("window.YTD.tweets.part0 = [ {\"a\": 1}, {\"a\": 2} ]", "", piece),
              ":{\"a\": 1}@1 :{\"a\": 2}@1 ");
    EXPECT_EQ(lists_in("{\"a\":1}", "{}", piece), ":{\"a\":1}@1 ");
    EXPECT_EQ(lists_in("[{\"a\":1},{\"a\":", "", piece),
              ":{\"a\":1}@1 :@1the object is not closed ");
    EXPECT_EQ(lists_in("]]}},\"", "", piece), "");
  }
}

TEST(TextLines, CutsLinesOfAnySize) {
  const std::string huge(3 << 20, 'x');
  StringSource source("a\r\n\n" + huge + "\nb", 100000);
  TextLines lines(source);
  std::string_view line;
  std::string out;
  for (auto more = lines.next(line); more && *more; more = lines.next(line))
    out += std::to_string(lines.line()) + ":" +
           (line.size() > 9 ? std::to_string(line.size()) : std::string(line)) + " ";
  EXPECT_EQ(out, "1:a 2: 3:1048576 4:b ");
}

}  // namespace
}  // namespace plumbline
