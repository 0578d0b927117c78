// Brands as the workspace and the command line know them: import, tester, export.
#include "app/entity_lines.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "app/config.h"
#include "app/export.h"
#include "app/import_files.h"
#include "app/workspace.h"
#include "scripted_http.h"

namespace plumbline {
namespace {

TEST(Import, AWordThatMeansNoBrandIsNotCountedForIt) {
  const Scratch scratch;
  Workspace workspace =
      open_workspace_of(scratch,
                        "[brand]\nname = \"Orange\"\n[[competitor]]\nname = \"Apple\"\nproducts = "
                        "[\"iPhone\"]\n");
  ImportJob job;
  job.files = {scratch.file(
      "posts.csv",
      "id,date,user,text\n1,2026-11-01,ada,apple support never called back\n2,2026-11-02,ben,an "
      "apple pie and a coffee please\n3,2026-11-02,cy,no brand at all\n4,2026-11-02,di,the juice "
      "of "
      "an orange was sour\n5,2026-11-03,eve,switched to orange for the fibre contract\n"
      "6,2026-11-03,flo,my iphone broke and orange juice is not the reason\n")};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  const auto status = workspace.store->status("");
  ASSERT_TRUE(status);
  std::map<std::string, std::int64_t> brands(status->by_brand.begin(), status->by_brand.end());
  EXPECT_EQ(brands["Apple"], 2) << "the first and, by its product, the last";
  EXPECT_EQ(brands["Orange"], 3) << "the pie and the one without a brand are left to the own brand";
}

TEST(Export, AnalysesNameBrandsAndDaysOfTheMention) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, "[brand]\nname = \"Hydra\"\n");
  ImportJob job;
  job.files = {scratch.file("posts.csv",
                            "id,date,user,text\n1,2026-11-18,ada,\"Yesterday I bought a Hydra from "
                            "Paris for 20 euros, with 20% off\"\n")};
  ASSERT_TRUE(import_files(workspace, job, no_progress()));
  const std::string out = scratch.file("out.jsonl");
  ASSERT_TRUE(export_rows(workspace, "analyses", "jsonl", out));
  const std::string bytes = slurp(out);
  for (const char* part : {"\"from\":\"2026-11-17\"", "\"name\":\"Hydra\"", "\"name\":\"Paris\"",
                           "\"amount\":20", "\"percent\":20"})
    EXPECT_NE(bytes.find(part), std::string::npos) << part << " in " << bytes;
}

TEST(Config, ContextAndProductsComeBack) {
  const std::string toml =
      "[brand]\nname = \"Apple\"\nproducts = [\"iPhone\"]\ncontext = [\"mac\", \"ios\"]\n";
  const auto config = parse_config(toml, "x.toml");
  ASSERT_TRUE(config) << describe(config.error());
  const auto again = parse_config(dump_config(*config), "y.toml");
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->brand.products, std::vector<std::string>{"iPhone"});
  EXPECT_EQ(again->brand.context, (std::vector<std::string>{"mac", "ios"}));
}

TEST(BrandLines, WordsOfACommandLineMakeBrands) {
  const auto brands =
      brands_wished({{"Apple"}, {"Apple=cupertino", "Acme=akme"}, {}, {"Apple=mac"}});
  ASSERT_TRUE(brands) << describe(brands.error());
  ASSERT_EQ(brands->size(), 2u);
  EXPECT_EQ((*brands)[0].aliases, std::vector<std::string>{"cupertino"});
  EXPECT_EQ((*brands)[0].context, std::vector<std::string>{"mac"});
  EXPECT_EQ((*brands)[1].name, "Acme");
  EXPECT_EQ(brands_wished({{}, {"akme"}, {}, {}}).error().code, ErrorCode::invalid);
}

TEST(BrandLines, TheTesterSaysWhatSpokeForAndAgainst) {
  const auto words = BrandWords::load({{"Apple", {}, {}, {}}});
  ASSERT_TRUE(words);
  std::string out;
  const LineSink sink = [&out](std::string_view line) { out += line; };
  explain_brands(*words, "an apple pie", false, sink);
  EXPECT_NE(out.find("not the brand"), std::string::npos) << out;
  EXPECT_NE(out.find("before \"pie\""), std::string::npos) << out;
  out.clear();
  explain_brands(*words, "nothing here", false, sink);
  EXPECT_EQ(out, "no brand word\n");
  out.clear();
  explain_brands(*words, "apple support called", true, sink);
  const auto json = nlohmann::json::parse(out);
  EXPECT_GT(json["entities"][0]["probability"], 0.5);
  EXPECT_FALSE(json["why"].empty());
  for (const bool as_json : {false, true}) {
    out.clear();
    explain_brands(*words, "il nuovo telefono della apple non funziona per niente", as_json, sink);
    EXPECT_NE(out.find(as_json ? "\"probability\":null" : "not judged"), std::string::npos) << out;
  }
}

TEST(BrandLines, LabelsAreMeasured) {
  std::string out;
  const LineSink sink = [&out](std::string_view line) { out += line; };
  const Status status = score_brands(
      "{\"id\":\"1\",\"text\":\"an apple pie\",\"word\":\"apple\",\"brand\":false}\n"
      "{\"id\":\"2\",\"text\":\"an apple pie\",\"word\":\"apple\",\"brand\":true}\n"
      "{\"id\":\"3\",\"text\":\"apple support called\",\"word\":\"apple\",\"brand\":true}\nno "
      "label\n",
      true, sink);
  ASSERT_TRUE(status) << describe(status.error());
  const auto json = nlohmann::json::parse(out);
  EXPECT_EQ(json["n"], 3);
  EXPECT_EQ(json["broken"], 1);
  EXPECT_EQ(json["precision"], 1.0);
  EXPECT_EQ(json["recall"], 0.5);
  EXPECT_EQ(json["wrong"][0]["id"], "2");
  EXPECT_FALSE(score_brands("nothing\n", false, sink));
}

}  // namespace
}  // namespace plumbline
