// What is written beside and renamed: whole or not at all.
#include "app/files.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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

TEST(NewFile, ALinkStaysAndItsTargetIsReplaced) {
  const Scratch scratch;
  const std::string folder = scratch.path() + "/kept";
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(write_file(folder + "/old.csv", "old"));
  struct Case {
    const char *link, *to, *file;
  };
  for (const Case& c : {Case{"/near.csv", "kept/old.csv", "/kept/old.csv"},
                        Case{"/twice.csv", "near.csv", "/kept/old.csv"},
                        Case{"/kept/up.csv", "../kept/yet.csv", "/kept/yet.csv"}}) {
    const std::string link = scratch.path() + c.link, file = scratch.path() + c.file;
    std::filesystem::create_symlink(c.to, link);
    ASSERT_TRUE(write_file(link, c.link)) << c.link;
    EXPECT_TRUE(std::filesystem::is_symlink(link)) << c.link;
    EXPECT_FALSE(std::filesystem::is_symlink(file)) << c.link;
    EXPECT_EQ(read_file(file, 100).value_or(""), c.link);
  }
  EXPECT_EQ(files_in(folder), 3u) << "old, yet and the link up, nothing half";
}

TEST(NewFile, LinksInACircleAreAnError) {
  const Scratch scratch;
  std::filesystem::create_symlink("b", scratch.path() + "/a");
  std::filesystem::create_symlink("a", scratch.path() + "/b");
  const Status written = write_file(scratch.path() + "/a", "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::file);
  EXPECT_TRUE(std::filesystem::is_symlink(scratch.path() + "/a"));
}

TEST(NewFile, APipeIsWrittenStraightInto) {
  const Scratch scratch;
  const std::string pipe = scratch.path() + "/pipe", link = scratch.path() + "/link";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::filesystem::create_symlink("pipe", link);
  for (const std::string& path : {pipe, link}) {
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ASSERT_GE(reader, 0);
    EXPECT_TRUE(write_file(path, "rows"));
    char got[16] = {};
    EXPECT_EQ(::read(reader, got, sizeof got), 4) << path;
    EXPECT_STREQ(got, "rows");
    ::close(reader);
    EXPECT_TRUE(std::filesystem::is_fifo(pipe)) << path;
  }
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(files_in(scratch.path()), 0u);
}

TEST(NewFile, WhatIsHeldOpenGoesOnWhereItStands) {
  const Scratch scratch;
  const std::string path = scratch.file("log", "before,");
  const int held = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  ASSERT_GE(held, 0);
  EXPECT_TRUE(write_file("/proc/self/fd/" + std::to_string(held), "rows,"));
  EXPECT_EQ(::write(held, "after", 5), 5);
  ::close(held);
  EXPECT_EQ(read_file(path, 100).value_or(""), "before,rows,after");
}

TEST(NewFile, AFolderIsAnError) {
  const Scratch scratch;
  const Status written = write_file(scratch.path(), "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "is a folder, not a file");
  EXPECT_EQ(written.error().where, scratch.path());
  EXPECT_FALSE(
      std::filesystem::exists(scratch.path() + "." + std::to_string(::getpid()) + ".part"));
}

}  // namespace
}  // namespace plumbline
