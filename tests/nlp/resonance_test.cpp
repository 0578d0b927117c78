#include "nlp/resonance.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plumbline {
namespace {

const std::vector<Claim>& claims() {
  static const std::vector<Claim> known = {
      {"Pays for itself in a year.", "", {"water bill down", "元が取れた"}, {}},
      {"Delivered in three days.", "", {}, {}},
      {"Support answers within an hour.", "", {}, {}},
      {"No hidden costs", "", {}, {}},
      {"Easy to set up", "", {}, {}},
      {"In drei Tagen geliefert", "", {}, {}},
      {"Sin costes ocultos", "", {}, {}},
  };
  return known;
}

std::vector<Resonance> match(const std::string& text, float score = 0) {
  static const ClaimMatcher matcher(claims());
  Document document;
  document.text = text;
  Analysis analysis;
  analysis.sentiment.score = score;
  return matcher.match(document, analysis);
}

// '+' carried, '-' denied, '.' neither.
char verdict(int claim, const std::string& text, float score = 0) {
  for (const Resonance& found : match(text, score)) {
    if (found.claim == claim) return found.contradicts ? '-' : '+';
  }
  return '.';
}

struct Echo {
  int claim;
  char verdict;
  const char* text;
};

TEST(ClaimMatcher, TellsCarriedDeniedAndAbsent) {
  const Echo cases[] = {
      {0, '+', "It paid for itself in a year."},
      {0, '+', "The box pays for itself within eleven months, I kept the receipts"},
      {0, '+', "Payback in 12 months on my spreadsheet"},
      {0, '+', "Water bill down since spring"},
      {0, '-', "It never pays for itself."},
      {0, '-', "Took three years to pay off"},
      {0, '-', "Pays for itself in a year? Not with six visits from the technician."},
      {0, '.', "Does it pay for itself in a year?"},
      {0, '.', "How do you know it pays for itself? Our accountant asked."},
      {0, '.', "I paid 200 for a year of it."},
      {0, '.', "I hope it pays for itself some day"},
      {0, '.', "One year later I still like the colour."},
      {1, '+', "Delivered in three days, to a village no less!"},
      {1, '+', "It arrived within 2 days"},
      {1, '+', "The parcel was shipped and delivered the next day."},
      {1, '-', "Ordered on Monday, arrived after three weeks"},
      {1, '-', "The delivery was late again."},
      {1, '-', "It was not delivered in three days"},
      {1, '+', "Quick delivery this time, last year it took three weeks"},
      {1, '.', "They delivered the wrong model."},
      {1, '.', "I used it for three days and liked it."},
      {2, '+', "Support answered within the hour."},
      {2, '+', "Customer service got back to me in ten minutes"},
      {2, '-', "Support did NOT answer."},
      {2, '-', "The support never replies"},
      {2, '-', "The only reply from support came after 21 days"},
      {2, '.', "Their support page is blue."},
      {2, '.', "I support the local team, an hour a day."},
      {3, '+', "No hidden costs at all"},
      {3, '+', "I found no hidden fees."},
      {3, '-', "Hidden fees everywhere"},
      {3, '-', "The hidden costs are outrageous"},
      {3, '.', "A hidden gem of a shop"},
      {3, '.', "The cost is fine"},
      {3, '.', "I'm afraid there are hidden costs"},
      {4, '+', "So easy to set up!"},
      {4, '+', "Simple installation"},
      {4, '-', "Not easy to set up"},
      {4, '-', "Really hard to set up"},
      {4, '.', "Easy money for them"},
      {5, '+', "Wurde in drei Tagen geliefert, super"},
      {5, '+', "Lieferung nach 2 Tagen"},
      {5, '-', "Die Lieferung dauerte drei Wochen"},
      {5, '-', "Geliefert wurde nicht, seit zehn Tagen"},
      {6, '+', "Sin costes ocultos, por fin"},
      {6, '-', "Hay costes ocultos"},
  };
  for (const Echo& c : cases) EXPECT_EQ(verdict(c.claim, c.text), c.verdict) << c.text;
}

TEST(ClaimMatcher, FindsWordingsWithoutBlanks) {
  EXPECT_EQ(verdict(0, "三か月で元が取れた。"), '+');
  EXPECT_EQ(verdict(0, "元の場所に戻した。"), '.');
}

TEST(ClaimMatcher, SentimentBreaksTies) {
  EXPECT_EQ(verdict(0, "Pays for itself they said", 0.2F), '+');
  EXPECT_EQ(verdict(0, "Pays for itself they said", -0.9F), '-');
  EXPECT_EQ(verdict(0, "Pays for itself in a year.", -0.9F), '+') << "the time already tells";
}

TEST(ClaimMatcher, SpanIsTheSentence) {
  const std::string text = "Grüße! Es paid for itself in a year. Bye.";
  const std::vector<Resonance> found = match(text);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(text.substr(found[0].span.begin, found[0].span.end - found[0].span.begin),
            "Es paid for itself in a year.");
}

TEST(ClaimMatcher, StrongestSentenceWins) {
  const std::vector<Resonance> found =
      match("It pays for itself. Really, it paid for itself in ten months.");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span.begin, 20U);
  EXPECT_NEAR(found[0].strength, 1.0, 1e-9);
}

TEST(ClaimMatcher, WordsBeginEveryMatch) {
  const ClaimMatcher matcher(claims());
  const auto& words = matcher.words(1);
  for (const char* text : {"delivered", "arrived", "shipping"}) {
    bool found = false;
    for (const std::string& word : words) found |= std::string(text).starts_with(word);
    EXPECT_TRUE(found) << text;
  }
}

TEST(ClaimMatcher, EmptyAndHugeTextsEnd) {
  EXPECT_TRUE(match("").empty());
  EXPECT_TRUE(ClaimMatcher({}).match(Document{}, Analysis{}).empty());
  std::string huge;
  while (huge.size() < 1U << 20U) huge += "delivered not in three weeks of ";
  EXPECT_EQ(match(huge).size(), 2U);
}

}  // namespace
}  // namespace plumbline
