// What is written beside and renamed: whole or not at all.
#include "app/files.h"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "scratch.h"

namespace plumbline {
namespace {

std::size_t files_in(const std::string& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    count += entry.is_regular_file() ? 1 : 0;
  return count;
}

// Files may not grow beyond this while it lives: a full disk for whoever may not mount a small one.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit low{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &low);
  }
  ~SmallFiles() { setrlimit(RLIMIT_FSIZE, &before_); }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
};

TEST(NewFile, AppearsOnlyWhenFinished) {
  const Scratch scratch;
  const std::string path = scratch.path() + "/out.csv";
  {
    auto file = NewFile::make(path);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("half"));
    EXPECT_FALSE(std::filesystem::exists(path));
  }
  EXPECT_EQ(files_in(scratch.path()), 0u) << "what was not finished is removed";
  auto file = NewFile::make(path);
  ASSERT_TRUE(file);
  const std::string large(100000, 'x');
  ASSERT_TRUE(file->write("a,b\r\n"));
  ASSERT_TRUE(file->write(large));
  ASSERT_TRUE(file->finish());
  EXPECT_EQ(read_file(path, 1 << 20).value_or(""), "a,b\r\n" + large);
  EXPECT_EQ(files_in(scratch.path()), 1u);
}

TEST(NewFile, OnAFullDiskLeavesTheOlderOne) {
  const Scratch scratch;
  const std::string path = scratch.path() + "/out.csv";
  ASSERT_TRUE(write_file(path, "old"));
  {
    const SmallFiles small(20000);
    const Status written = write_file(path, std::string(50000, 'x'));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::disk_full);
    EXPECT_EQ(written.error().where, path);
  }
  EXPECT_EQ(read_file(path, 1 << 20).value_or(""), "old");
  EXPECT_EQ(files_in(scratch.path()), 1u);
}

TEST(NewFile, NamesTheFolderThatIsMissing) {
  const Scratch scratch;
  const std::string path = scratch.path() + "/none/out.csv";
  const auto file = NewFile::make(path);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::file);
  EXPECT_EQ(file.error().where, path);
}

}  // namespace
}  // namespace plumbline
