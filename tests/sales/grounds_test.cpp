// A reason says what was said, and quotes the words that say it.
#include "sales/grounds.h"

#include <gtest/gtest.h>

#include "person_fixture.h"
#include "sales/page.h"

namespace plumbline {
namespace {

using enum StatementKind;

// The reason that a person of this one text gives, and its quote.
std::pair<std::string, std::string> reason_of(const OwnDocument& said) {
  BriefInput input = plain_input();
  input.documents = {said};
  const Result<Brief> brief = build_brief(input);
  if (!brief || brief->temperature.reasons.size() != 1) return {"no single reason", {}};
  const Temperature::Reason& reason = brief->temperature.reasons[0];
  for (const Evidence& evidence : brief->evidence)
    if (evidence.id == reason.evidence) return {reason.text, evidence.quote};
  return {reason.text, "no evidence"};
}

TEST(Grounds, SayWhatWasSaid) {
  struct Case {
    OwnDocument own;
    const char *what, *quote;
  };
  const Case cases[] = {
      {Said("Next month I will buy a new pump.", 2).tells(buying, Holder::author, Tense::future),
       "said they will buy 2 days ago", "Next month I will buy a new pump."},
      {Said("I am buying a pump.", 2).tells(buying, Holder::author, Tense::present),
       "said they are buying 2 days ago", "I am buying a pump."},
      {Said("My sister will buy a pump.", 2).tells(buying, Holder::other, Tense::future),
       "wrote of somebody else buying 2 days ago", "My sister will buy a pump."},
      {Said("We bought a pump.", 2).tells(buying, Holder::author, Tense::past),
       "said they bought 2 days ago", "We bought a pump."},
      {Said("We moved to Globex last month.", 2).tells(switching, Holder::author, Tense::past),
       "said they moved to another 2 days ago", "We moved to Globex last month."},
      {Said("We moved to Acme last month.", 2).tells(switching, Holder::author, Tense::past),
       "said they switched 2 days ago", "We moved to Acme last month."},
      {Said("We go to Globex in May.", 2).tells(switching, Holder::author, Tense::future),
       "wrote of switching 2 days ago", "We go to Globex in May."},
      {Said("My brother left for Globex.", 2).tells(switching, Holder::other, Tense::past),
       "wrote of somebody else switching 2 days ago", "My brother left for Globex."},
      {Said("Soon. What is the price?", 2).tells(buying, Holder::author, Tense::future),
       "asked about a price 2 days ago", "What is the price?"},
      {Said("We moved to Globex. I need parts.", 2)
           .tells(switching, Holder::author, Tense::past)
           .states(need, "parts", "I need parts."),
       "stated a concern 2 days ago", "I need parts."},
      {Said("Borealis is kind. Borealis never answers, sadly.", 2)
           .feels(Polarity::negative)
           .states(praise, "", "Borealis is kind.")
           .states(pain, "", "Borealis never answers, sadly."),
       "complained about Borealis 2 days ago", "Borealis never answers, sadly."},
  };
  for (const Case& c : cases) {
    const auto [what, quote] = reason_of(c.own);
    EXPECT_EQ(what, c.what) << c.own.document.text;
    EXPECT_EQ(quote, c.quote) << c.own.document.text;
  }
}

TEST(Grounds, TheGoalFitsAMoveThatIsDone) {
  BriefInput input = plain_input();
  input.documents = {
      Said("We moved to Globex last month.", 2).tells(switching, Holder::author, Tense::past)};
  const Result<Brief> brief = build_brief(input);
  ASSERT_TRUE(brief);
  ASSERT_GE(brief->statements.size(), 2U);
  EXPECT_EQ(brief->statements[0].text(),
            "Said they moved to another 2 days ago: \"We moved to Globex last month.\" "
            "(2026-11-22, reviews)");
  EXPECT_EQ(brief->statements[1].text(), "Ask what led to it before offering anything.");
}

TEST(Grounds, WithoutWordsThereIsNoSentence) {
  BriefInput input = plain_input();
  input.documents = {Said("I need parts.", 2)};
  const Material one = gather_material(input);
  BriefPage page(input, one);
  Draft draft;
  draft.kind = "trigger";
  draft.lead = "Asked about a price: ";
  draft.references = {{0, {4, 4}}, {0, {0, 6}}};
  page.add(draft);
  page.cite({"asked about a price", 3, {0, {}}});
  Brief brief;
  ASSERT_TRUE(page.fill(brief));
  EXPECT_TRUE(brief.statements.empty());
  EXPECT_TRUE(brief.temperature.reasons.empty());
  EXPECT_TRUE(brief.evidence.empty());
}

}  // namespace
}  // namespace plumbline
