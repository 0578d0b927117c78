// Reading closer: what the fast tier is unsure of is said again by the full one.
#include "app/closer.h"

#include <gtest/gtest.h>

#include "app/import_files.h"
#include "nlp/deeper.h"
#include "scratch.h"
#include "scripted_http.h"

namespace plumbline {
namespace {

constexpr const char* kTexts =
    "id,date,user,text\n"
    "1,2026-11-01,ada,Acme is wonderful and I love love love this great pump!\n"
    "2,2026-11-02,ben,The pump of Acme came on Monday but then the hose was another matter\n"
    "3,2026-11-03,cyd,Well that went about as well as expected Acme\n"
    "4,2026-11-04,dee,Acme hat die Pumpe am Montag geliefert und dann kam lange nichts mehr\n";

std::vector<StoredDocument> all_of(const Workspace& workspace) {
  const auto all = workspace.store->after(0, 100);
  EXPECT_TRUE(all);
  return all ? *all : std::vector<StoredDocument>();
}

TEST(Closer, ReadsWhatTheFastTierIsUnsureOf) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, "[brand]\nname = \"Acme\"\n");
  ImportJob job;
  job.files = {scratch.file("posts.csv", kTexts)};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  const auto model = load_full_models("");
  ASSERT_TRUE(model);
  std::int64_t unsure = 0;
  for (const StoredDocument& each : all_of(workspace))
    unsure += fast_sureness(**model, each.analysis) < kSureEnough ? 1 : 0;
  ASSERT_GE(unsure, 1);

  const auto none = read_closer(workspace, 0, no_progress());
  ASSERT_TRUE(none);
  EXPECT_EQ(none->read, 0) << "no time, nothing read";

  const auto once = read_closer(workspace, 60, no_progress());
  ASSERT_TRUE(once) << describe(once.error());
  EXPECT_EQ(once->read, unsure);
  EXPECT_EQ(once->left, 0);
  EXPECT_LT(once->sureness, kSureEnough);
  std::int64_t full = 0;
  for (const StoredDocument& each : all_of(workspace)) {
    EXPECT_GE(fast_sureness(**model, each.analysis), kSureEnough) << each.document.text;
    full += each.analysis.tier == "full" ? 1 : 0;
  }
  EXPECT_EQ(full, unsure);

  const auto again = read_closer(workspace, 60, no_progress());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->read, 0) << "what was read stays read";
  const auto status = workspace.store->status(workspace.analyzer->version());
  ASSERT_TRUE(status);
  EXPECT_EQ(status->not_analysed, 0) << "nor does it count as not analysed";
}

}  // namespace
}  // namespace plumbline
