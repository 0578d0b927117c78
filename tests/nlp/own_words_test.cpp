// What others wrote is set aside, byte for byte.
#include "nlp/own_words.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "nlp/analyze.h"

namespace plumbline {
namespace {

TEST(OwnWords, SetOthersAside) {
  const struct {
    const char *name, *text, *expected;  // folded
  } cases[] = {
      {"a quote below", "Great pump.\n\n> I hate it\n> so much", "Great pump."},
      {"an introduction", "On Monday, Kim wrote:\n\n> I hate it\nI disagree", "I disagree"},
      {"German", "Am Montag schrieb Kim:\n> furchtbar\nFinde ich nicht", "Finde ich nicht"},
      {"indented", "a\n  > b\nc", "a c"},
      {"a signature", "Works fine.\n-- \nTerrible Disaster Ltd\nAwful Road 1", "Works fine."},
      {"a device", "Works fine.\n\nSent from my telephone", "Works fine."},
      {"all quoted", "> only this\n> and that", "> only this > and that"},
      {"no quote", "5 > 3\nand -- so on", "5 > 3 and -- so on"},
      {"no signature so far up", "a\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13",
       "a -- 1 2 3 4 5 6 7 8 9 10 11 12 13"},
      {"an original below",
       "Still broken.\n\n-----Original Message-----\nFrom: Help\nSent: Monday\n\nWe love our pump.",
       "Still broken."},
      {"German original", "Immer noch kaputt.\n-----Ursprüngliche Nachricht-----\nAlles super",
       "Immer noch kaputt."},
      {"a mail's head", "Still broken.\nFrom: Help\nSent: Monday\nTo: Kim\nAll is great",
       "Still broken."},
      {"a title above", "Ticket 4711\nFrom: Anna\nSent: Monday\n\nIt leaks.",
       "Ticket 4711 From: Anna Sent: Monday It leaks."},
      {"a sender alone", "Bought it.\nFrom: the shop downtown\nGreat",
       "Bought it. From: the shop downtown Great"},
      {"a forum's quote", "[quote=Kim]It never breaks[/quote] Mine did.", "Mine did."},
      {"an open quote", "[quote] Mine did.", "[quote] Mine did."},
      {"a sign-off", "It leaks.\n\nBest regards,\nSam Terrible\nTerrible & Sons", "It leaks."},
      {"a French one", "Ça fuit.\nCordialement\nAnne Horrible", "Ça fuit."},
      {"no sign-off", "Regards\nare not enough!\nCall me!", "Regards are not enough! Call me!"},
      {"one line", "> quoted words of one line", "> quoted words of one line"},
  };
  for (const auto& c : cases) {
    const std::string own = with_own_words(c.text);
    EXPECT_EQ(own.size(), std::string_view(c.text).size()) << c.name;
    EXPECT_EQ(fold_space(own), c.expected) << c.name;
    EXPECT_EQ(own != c.text, holds_others_words(c.text) && own != c.text) << c.name;
  }
}

TEST(OwnWords, AreWhatAnAnalysisIsOf) {
  const auto analyzer = Analyzer::load("");
  ASSERT_TRUE(analyzer);
  Document document;
  document.text =
      "Great pump, love it.\n\n> I hate this terrible hose, it is awful and broken\n-- \nKim";
  const Analysis said = analyzer->analyze(document);
  EXPECT_EQ(said.sentiment.label, Polarity::positive);
  for (const AspectFinding& each : said.aspects) EXPECT_LT(each.span.end, 21U) << each.aspect;
  for (const StatementSpan& each : said.statements) EXPECT_LT(each.span.end, 21U);
  for (const Reason& each : analyzer->explain(document, analyzer->analyze(document)))
    EXPECT_LT(each.span.begin, 21U);
}

}  // namespace
}  // namespace plumbline
