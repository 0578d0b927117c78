// Archives of every vintage, read from the disk into a store, twice.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/import_files.h"
#include "scratch.h"
#include "scripted_http.h"
#include "tests/crawler/vintages_more.h"

namespace plumbline {
namespace {

// The archive as a folder, or the file that it is.
std::string on_disk(const Scratch& scratch, const Vintage& one, std::size_t number) {
  const std::string folder = "archive-" + std::to_string(number);
  for (const auto& [name, bytes] : one.files) {
    const std::filesystem::path path = scratch.path() + "/" + folder + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    scratch.file(folder + "/" + name, bytes);
  }
  const std::string only = one.files.begin()->first;
  return scratch.path() + "/" + folder + (one.files.size() == 1 ? "/" + only : "");
}

TEST(Archives, ReadAgainAddNothing) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, "[brand]\nname = \"Acme\"\n");
  std::size_t number = 0;
  for (const Vintage& one : all_vintages()) {
    SCOPED_TRACE(one.format + ", " + one.name);
    ImportJob job;
    job.files = {on_disk(scratch, one, ++number)};
    const auto first = import_files(workspace, job, no_progress());
    ASSERT_TRUE(first) << describe(first.error());
    EXPECT_EQ(first->front().format, one.format);
    // A contact whose date cannot be read is dated by the file, which tests of bytes have not.
    const PutOutcome& put = first->front().put;
    const auto kept = put.added + put.known;
    EXPECT_GE(kept, static_cast<std::int64_t>(one.documents.size()));
    EXPECT_GE(put.added, 1);
    const auto again = import_files(workspace, job, no_progress());
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_EQ(again->front().put.added, 0);
    EXPECT_EQ(again->front().put.known, kept);
  }
}

}  // namespace
}  // namespace plumbline
