#include "sales/lead.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "person_fixture.h"

namespace plumbline {
namespace {

using enum StatementKind;

Temperature warmth(const BriefInput& input) {
  const Result<Brief> brief = build_brief(input);
  EXPECT_TRUE(brief.has_value());
  return brief->temperature;
}

bool hotter(const Temperature& a, const Temperature& b) {
  return a.band > b.band || a.intent > b.intent + 1e-9;
}

// Some texts of each group, in the order of a seed.
std::vector<OwnDocument> some_texts(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<OwnDocument> texts;
  const auto days = [&] { return static_cast<int>(random() % 120); };
  for (int i = 0; i < 8; ++i) {
    const std::string n = " no " + std::to_string(i) + " " + std::to_string(random());
    switch (random() % 5) {
      case 0:
        texts.push_back(Said("Can you send me a quote for pump" + n, days()).on("Acme"));
        break;
      case 1: texts.push_back(Said("What is the price of pump" + n + "?", days())); break;
      case 2:
        texts.push_back(Said("My pump broke" + n, days()).on("Borealis").feels(Polarity::negative));
        break;
      case 3: texts.push_back(Said("We put Acme beside Corvo" + n, days())); break;
      default: texts.push_back(Said("I need a pump" + n, days()).states(need, "pump")); break;
    }
    texts.back().document.id = n;
  }
  return texts;
}

TEST(Lead, OlderIsNeverHotter) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    BriefInput input = plain_input();
    input.documents = some_texts(seed);
    const Temperature before = warmth(input);
    OwnDocument& one = input.documents[seed % input.documents.size()];
    one.document.published_at -= (1 + seed % 40) * kSecondsPerDay;
    EXPECT_FALSE(hotter(warmth(input), before)) << seed;
  }
}

TEST(Lead, DuplicatesAreNeverHotter) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    BriefInput input = plain_input();
    input.documents = some_texts(seed);
    const Temperature before = warmth(input);
    OwnDocument again = input.documents[seed % input.documents.size()];
    again.document.id += "again";
    again.document.published_at = kToday - (seed % 30) * 3600;
    again.copy = seed % 2 == 0;
    input.documents.push_back(again);
    EXPECT_FALSE(hotter(warmth(input), before)) << seed;
  }
}

TEST(Lead, RemovalIsNeverHotter) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    BriefInput input = plain_input();
    input.documents = some_texts(seed);
    const Temperature before = warmth(input);
    input.documents.erase(input.documents.begin() + seed % 8);
    EXPECT_FALSE(hotter(warmth(input), before)) << seed;
  }
}

TEST(Lead, SignalsFadeByTheirHalfLife) {
  Signal signal;
  signal.group = SignalGroup::request;
  signal.at = kToday;
  EXPECT_DOUBLE_EQ(points_of(signal, kToday), 40);
  EXPECT_DOUBLE_EQ(points_of(signal, kToday + 14 * kSecondsPerDay), 20);
  signal.identity = 0.5;
  EXPECT_DOUBLE_EQ(points_of(signal, kToday + 28 * kSecondsPerDay), 5);
  signal.group = SignalGroup::comparison;
  signal.identity = 1;
  EXPECT_DOUBLE_EQ(points_of(signal, kToday + 45 * kSecondsPerDay), 9);
}

TEST(Lead, GroupsAreCapped) {
  std::vector<Signal> signals(40);
  for (Signal& signal : signals) {
    signal.group = SignalGroup::concern;
    signal.at = kToday;
  }
  EXPECT_DOUBLE_EQ(intent_at(signals, kToday), rule_of(SignalGroup::concern).cap);
  EXPECT_EQ(band_at(signals, kToday, false), Band::warm);
}

TEST(Lead, HotNeedsAFreshSignalOfTheirOwn) {
  struct Case {
    int days;
    double identity;
    bool automated;
    Band band;
  };
  for (const Case& c : {Case{1, 1, false, Band::hot}, Case{1, 1, true, Band::warm},
                        Case{1, 0.7, false, Band::warm}, Case{15, 1, false, Band::warm},
                        Case{89, 1, false, Band::warm}, Case{300, 1, false, Band::cold}}) {
    std::vector<Signal> signals(4);
    for (std::size_t i = 0; i < 4; ++i) {
      signals[i].group = i < 2 ? SignalGroup::request : SignalGroup::price_or_switching;
      signals[i].at = kToday - c.days * kSecondsPerDay;
      signals[i].identity = c.identity;
      signals[i].first_person = true;
    }
    EXPECT_EQ(band_at(signals, kToday, c.automated), c.band)
        << c.days << " " << c.identity << " " << c.automated;
  }
}

TEST(Lead, CoolingTimeIsTheFirstCoolerSecond) {
  BriefInput input = rich_input();
  const Temperature now = warmth(input);
  ASSERT_EQ(now.band, Band::hot);
  ASSERT_NE(now.cools_on, kNoTime);
  input.now = now.cools_on - 1;
  EXPECT_EQ(warmth(input).band, Band::hot);
  input.now = now.cools_on;
  EXPECT_LT(warmth(input).band, Band::hot);
}

TEST(Lead, ReasonsAreTheThreeStrongest) {
  const Temperature now = warmth(rich_input());
  ASSERT_EQ(now.reasons.size(), 3U);
  EXPECT_EQ(now.reasons[0].text, "wrote of switching 3 days ago");
  EXPECT_GE(now.reasons[0].points, now.reasons[1].points);
  EXPECT_GE(now.reasons[1].points, now.reasons[2].points);
}

TEST(Lead, FitComesFromRoleAndFirmOnly) {
  Person person;
  EXPECT_EQ(fit_of(person), -1);
  person.role = "Head of purchasing";
  EXPECT_EQ(fit_of(person), 60);
  person.firm = "Quill Dairies";
  EXPECT_EQ(fit_of(person), 80);
  person.role = "Student";
  EXPECT_EQ(fit_of(person), 40);
}

BriefInput burst(int posts, Seconds step, Seconds start) {
  BriefInput input = plain_input();
  for (int i = 0; i < posts; ++i) {
    OwnDocument own =
        Said("Can you send me a quote for pump " + std::to_string(i * 7919), 0).on("Acme");
    own.document.id = "b" + std::to_string(i);
    own.document.published_at = start - i * step;
    input.documents.push_back(own);
  }
  return input;
}

TEST(Lead, BurstsAreDoubtedAndNeverHot) {
  const Result<Brief> brief = build_brief(burst(34, 35, kToday - 7));
  ASSERT_TRUE(brief.has_value());
  ASSERT_FALSE(brief->doubts.empty());
  EXPECT_EQ(brief->doubts[0], "posting pattern looks automated: 34 posts within 20 minutes");
  EXPECT_EQ(brief->temperature.band, Band::warm);
  EXPECT_EQ(warmth(burst(20, 35, kToday - 7)).band, Band::hot);
}

TEST(Lead, RegularPostsAreDoubted) {
  const Result<Brief> brief = build_brief(burst(30, 3 * 3600 + 7, kToday - 7));
  ASSERT_TRUE(brief.has_value());
  ASSERT_FALSE(brief->doubts.empty());
  EXPECT_NE(brief->doubts[0].find("every 180 minutes"), std::string::npos) << brief->doubts[0];
}

TEST(Lead, DatesWithoutTimeOfDayAreNoBurst) {
  const Seconds midnight = kToday - kToday % kSecondsPerDay;
  EXPECT_TRUE(posting_pattern(gather_material(burst(40, 0, midnight))).doubts.empty());
  EXPECT_TRUE(posting_pattern(gather_material(burst(40, kSecondsPerDay, midnight))).doubts.empty());
}

TEST(Lead, ManyCopiesLookAutomated) {
  BriefInput input = plain_input();
  for (int i = 0; i < 20; ++i)
    input.documents.push_back(Said("Win a free pump today", i * 3).id("c" + std::to_string(i)));
  const PostingPattern pattern = posting_pattern(gather_material(input));
  EXPECT_TRUE(pattern.automated);
  EXPECT_EQ(pattern.doubts[0],
            "posting pattern looks automated: 19 of 20 texts repeat an earlier one");
}

TEST(Lead, FiledUnderUsIsNoMention) {
  BriefInput input = plain_input();
  input.documents = {Said("My ficus has opinions about the heating.", 1).on("Acme")};
  EXPECT_TRUE(find_signals(gather_material(input)).empty());
  const Brief brief = *build_brief(input);
  for (const Statement& statement : brief.statements)
    EXPECT_NE(statement.section(), Section::us_and_them) << statement.text();
}

TEST(Lead, ReasonsDoNotRepeatThemselves) {
  BriefInput input = plain_input();
  for (int day = 1; day <= 4; ++day)
    input.documents.push_back(Said("Borealis broke again", day)
                                  .id("b" + std::to_string(day))
                                  .on("Borealis")
                                  .feels(Polarity::negative));
  input.documents[3] = Said("Corvo is late, as ever", 4).on("Corvo").feels(Polarity::negative);
  input.documents[1].document.text = "Borealis is late too";
  input.documents[2].document.text = "Borealis never answers";
  const Temperature now = warmth(input);
  ASSERT_EQ(now.reasons.size(), 2U);
  EXPECT_EQ(now.reasons[0].text, "complained about Borealis yesterday");
  EXPECT_EQ(now.reasons[1].text, "complained about Corvo 4 days ago");
}

TEST(Lead, SignalsAreToldApart) {
  struct Case {
    OwnDocument own;
    SignalGroup group;
  };
  const Case cases[] = {
      {Said("Könnten Sie mir ein Angebot für zwei Pumpen schicken", 1).on("Acme"),
       SignalGroup::request},
      {Said("@acme ¿me pueden enviar información?", 1).on("Acme"), SignalGroup::request},
      {Said("見積をいただけますか", 1).on("Acme"), SignalGroup::request},
      {Said("Was kostet die Pumpe?", 1), SignalGroup::price_or_switching},
      {Said("来年は他社に乗り換えたい", 1), SignalGroup::price_or_switching},
      {Said("Borealis broke again", 1).feels(Polarity::negative), SignalGroup::rival_complaint},
      {Said("Acme or Corvo, hard to say", 1), SignalGroup::comparison},
      {Said("Acme at the fair", 1), SignalGroup::mention},
      {Said("Moving in spring. Wie lange dauert bei Acme die Lieferung?", 1).on("Acme"),
       SignalGroup::request},
      {Said("Open points for Acme: warranty, swap time.", 1).on("Acme"), SignalGroup::request},
      {Said("Acme it is. Who else is freezing?", 1).on("Acme"), SignalGroup::mention},
      // The question is about the comparison; the price stands in a sentence of its own.
      {Said("Has anyone tried Acme and Corvo? Corvo is cheaper.", 1), SignalGroup::comparison},
  };
  for (const Case& c : cases) {
    BriefInput input = plain_input();
    input.documents = {c.own};
    const auto signals = find_signals(gather_material(input));
    ASSERT_EQ(signals.size(), 1U) << c.own.document.text;
    EXPECT_EQ(signals[0].group, c.group) << c.own.document.text;
  }
}

}  // namespace
}  // namespace plumbline
