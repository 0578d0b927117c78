// Which sentences carry a claim of the plumb line, and which of them are quoted for it.
#include "app/claim_hits.h"

#include <gtest/gtest.h>

#include "app/import_files.h"
#include "app/make_report.h"
#include "scratch.h"
#include "scripted_http.h"

namespace plumbline {
namespace {

TEST(ClaimMatter, ANumberOrATimeAloneIsNone) {
  const ClaimMatter matter({"Delivered in three days.", "", {"three days", "in drei Tagen"}, {}});
  const std::pair<const char*, bool> cases[] = {
      {"It was delivered on the third day.", true},
      {"The parcel arrived in three days.", true},
      {"Ordered on Monday, here three days later.", true},
      {"And no monthly fee, all features from day one.", false},
      {"Our tunnels need 41 cubic metres on hot days.", false},
      {"I have three of them.", false},
      {"We halved the hours with the hose, 5 hours a week back.", false},
  };
  for (const auto& [sentence, carries] : cases)
    EXPECT_EQ(matter.is_in(sentence), carries) << sentence;
  EXPECT_TRUE(ClaimMatter({"Three days.", "", {}, {}}).is_in("It was three days."));
}

StoryRow story_of(const std::string& text) {
  const Scratch scratch;
  Workspace workspace =
      open_workspace_of(scratch,
                        "[brand]\nname = \"Acme\"\n[[claim]]\ntext = \"Support answers within an "
                        "hour.\"\nwords = [\"one hour\"]\nanswers = [\"support\"]\n");
  ImportJob job;
  job.files = {scratch.file("posts.csv", "id,date,user,text\n1,2026-11-01,ada,\"" + text + "\"\n")};
  EXPECT_TRUE(import_files(workspace, job, no_progress()));
  const auto report = make_report(workspace, {{}, {}, "", 1795500000});
  EXPECT_TRUE(report) << describe(report.error());
  return report->stories.at(0);
}

TEST(Stories, ABelieveItOrNotIsNoDenial) {
  const StoryRow row =
      story_of("Believe it or not: Acme support answered within an hour. I love these people!");
  EXPECT_EQ(row.presence.n, 1);
  EXPECT_EQ(row.contradictions.n, 0);
  ASSERT_EQ(row.quotes.size(), 1u);
  EXPECT_TRUE(row.quotes[0].text.starts_with("Believe it or not")) << row.quotes[0].text;
}

TEST(Stories, AnHourOfSomethingElseCarriesNothing) {
  EXPECT_EQ(story_of("Acme saves me one hour a week with the hose.").presence.n, 0);
}

TEST(Stories, WhatIsSadIsNotQuotedAsCarryingIt) {
  const StoryRow row = story_of(
      "Acme support answers within an hour. It is the most useless, rude and awful answer, I hate "
      "it, a horrible waste.");
  EXPECT_EQ(row.presence.n, 1);
  EXPECT_TRUE(row.quotes.empty());
}

TEST(Stories, AnAnswerGoesWithItsQuestion) {
  const StoryRow row = story_of("Acme support answers within an hour? Not here, five days now.");
  EXPECT_EQ(row.contradictions.n, 1);
  ASSERT_EQ(row.contradicting.size(), 1u);
  EXPECT_NE(row.contradicting[0].text.find("Not here"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
