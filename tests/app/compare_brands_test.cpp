// Mentions that put the own brand above another one or below it.
#include "app/compare_brands.h"

#include <gtest/gtest.h>

#include <limits>

#include "app/import_files.h"
#include "scratch.h"
#include "scripted_http.h"

namespace plumbline {
namespace {

constexpr const char* kBrandTexts =
    "id,date,user,text\n"
    "1,2026-11-01,ada,Velotto is way better than Kornblum and the hose is fine.\n"
    "2,2026-11-02,ben,Kornblum beats Velotto by a mile\n"
    "3,2026-11-03,cyd,We use both Velotto and Kornblum\n"
    "4,2026-11-04,dee,Der Velotto ist besser als der Kornblum\n"
    "5,2026-11-05,eve,Velotto is the best\n"
    "6,2026-11-06,fay,Kornblum is better than Initech but we have Velotto\n"
    "7,2026-11-07,gus,Is Velotto better than Kornblum?\n"
    "8,2026-11-08,hal,Kornblum is loud\n";

TEST(CompareBrands, SaysWhichIsPutAbove) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(
      scratch,
      "[brand]\nname = \"Velotto\"\n[[competitor]]\nname = \"Kornblum\"\n[[competitor]]\nname = "
      "\"Initech\"\n");
  ImportJob job;
  job.files = {scratch.file("posts.csv", kBrandTexts)};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  const auto table = workspace.store->table(std::numeric_limits<Day>::min() / 4,
                                            std::numeric_limits<Day>::max() / 4, "");
  ASSERT_TRUE(table);
  const auto hits = comparison_hits(workspace, *table, "Velotto");
  ASSERT_TRUE(hits) << describe(hits.error());
  std::string said;
  for (const ComparisonHit& hit : *hits) {
    const auto stored = workspace.store->documents(std::vector{table->rows[hit.row].id});
    ASSERT_TRUE(stored);
    said +=
        stored->at(0).document.id + " " + hit.rival + " " + std::string(name_of(hit.own)) + "; ";
    EXPECT_LE(hit.span.end, stored->at(0).document.text.size());
    EXPECT_LT(hit.span.begin, hit.span.end);
  }
  EXPECT_EQ(said,
            "1 Kornblum positive; 2 Kornblum negative; 3 Kornblum neutral; 4 Kornblum positive; "
            "6 Initech neutral; 6 Kornblum neutral; 7 Kornblum neutral; ");
}

TEST(CompareBrands, WithoutAnotherBrandThereIsNothing) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, "[brand]\nname = \"Velotto\"\n");
  const auto hits = comparison_hits(workspace, {}, "Velotto");
  ASSERT_TRUE(hits) << describe(hits.error());
  EXPECT_TRUE(hits->empty());
}

}  // namespace
}  // namespace plumbline
