#include <gtest/gtest.h>

#include "tests/crawler/named_files.h"
#include "tests/crawler/vintages_more.h"

namespace plumbline {
namespace {

// As a zip or folder is read; a file that stands alone as it is.
Imported import_vintage(const Vintage& one) {
  if (one.files.size() > 1) {
    const NamedFiles archive(one.files);
    const auto importer = pick_archive_importer("auto", "Export.zip", archive.members());
    EXPECT_TRUE(importer) << describe(importer.error());
    if (!importer) return {};
    EXPECT_EQ((*importer)->name, one.format);
    return import_archive(**importer, one.files);
  }
  const auto& [name, bytes] = *one.files.begin();
  const std::string base = name.substr(name.rfind('/') + 1);
  const auto importer = pick_importer("auto", base, bytes);
  EXPECT_TRUE(importer) << describe(importer.error());
  if (!importer) return {};
  EXPECT_EQ((*importer)->name, one.format);
  return import_bytes(**importer, bytes, {}, base);
}

TEST(ImportVintages, KeepEveryFieldAndNameWhatIsBroken) {
  for (const Vintage& one : all_vintages()) {
    SCOPED_TRACE(one.format + ", " + one.name);
    const Imported got = import_vintage(one);
    EXPECT_EQ(got.error, "");
    EXPECT_EQ(all_of(got.documents), one.documents);
    EXPECT_EQ(got.outcome.problems, one.problems);
    EXPECT_FALSE(one.problems.empty()) << "something broken belongs to every one";
    const Imported again = import_vintage(one);
    ASSERT_EQ(again.documents.size(), got.documents.size());
    for (std::size_t i = 0; i < got.documents.size(); ++i)
      EXPECT_EQ(again.documents[i].id, got.documents[i].id);
  }
}

}  // namespace
}  // namespace plumbline
