#include "sales/brief.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/text.h"
#include "person_fixture.h"
#include "sales/evidence.h"
#include "sales/render/render.h"

namespace plumbline {
namespace {

using enum StatementKind;

Brief built(const BriefInput& input) {
  Result<Brief> brief = build_brief(input);
  EXPECT_TRUE(brief.has_value()) << (brief ? "" : brief.error().message);
  return brief ? *brief : Brief{};
}

const Document* document_of(const BriefInput& input, const Evidence& evidence) {
  for (const OwnDocument& own : input.documents)
    if (own.document.source == evidence.source && own.document.id == evidence.document)
      return &own.document;
  return nullptr;
}

int words_in(const std::string& text) {
  int words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

// What must hold of every brief, whatever it was made of.
void expect_sound(const BriefInput& input, const Brief& brief) {
  std::set<std::string> ids;
  for (const Evidence& evidence : brief.evidence) {
    ids.insert(evidence.id);
    const Document* document = document_of(input, evidence);
    ASSERT_NE(document, nullptr) << evidence.document;
    ASSERT_LE(evidence.end, document->text.size());
    EXPECT_EQ(evidence.quote, document->text.substr(evidence.begin, evidence.end - evidence.begin));
    EXPECT_EQ(evidence.text_hash, hex64(hash64(document->text)));
    EXPECT_TRUE(is_utf8(evidence.quote));
    EXPECT_FALSE(evidence.quote.empty());
    EXPECT_LE(words_in(evidence.quote), kMostQuoteWords);
  }
  EXPECT_EQ(ids.size(), brief.evidence.size());
  for (const Statement& statement : brief.statements) {
    EXPECT_FALSE(statement.evidence().empty()) << statement.text();
    for (const std::string& id : statement.evidence()) EXPECT_TRUE(ids.count(id)) << id;
  }
  for (const auto& reason : brief.temperature.reasons) EXPECT_TRUE(ids.count(reason.evidence));
  const std::string text = brief_text(brief);
  EXPECT_LE(words_in(text), 450);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 60);
  for (const std::string_view line : split(text, '\n')) EXPECT_LE(display_width(line), 80U) << line;
}

const Statement* find_kind(const Brief& brief, Section section, std::string_view kind) {
  for (const Statement& statement : brief.statements)
    if (statement.section() == section && statement.kind() == kind) return &statement;
  return nullptr;
}

bool says(const std::vector<std::string>& lines, std::string_view part) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

TEST(Brief, EveryStatementOpensItsEvidence) {
  const BriefInput input = rich_input();
  const Brief brief = built(input);
  expect_sound(input, brief);
  std::set<Section> sections;
  for (const Statement& statement : brief.statements) sections.insert(statement.section());
  for (const Section section :
       {Section::why_now, Section::goal, Section::words, Section::money, Section::risks,
        Section::experience, Section::us_and_them, Section::do_not_say})
    EXPECT_TRUE(sections.count(section)) << name_of(section);
}

TEST(Brief, QuotesAreInTheirOwnWords) {
  const Brief brief = built(rich_input());
  const Statement* need = find_kind(brief, Section::words, "need");
  ASSERT_NE(need, nullptr);
  EXPECT_EQ(need->text(),
            "\"I need delivery within a week, the milk does not wait.\" (2026-10-11, reviews)");
}

TEST(Brief, OpposingStatementsStandSideBySide) {
  const Brief brief = built(rich_input());
  const Statement* praise = find_kind(brief, Section::words, "praise");
  ASSERT_NE(praise, nullptr);
  const auto blame = std::find_if(brief.statements.begin(), brief.statements.end(),
                                  [&](const Statement& s) { return s.id == praise->opposes; });
  ASSERT_NE(blame, brief.statements.end());
  EXPECT_EQ(blame->opposes, praise->id);
  EXPECT_NE(praise->text().find("support was great"), std::string::npos);
  EXPECT_NE(praise->text().find("2026-09-15"), std::string::npos);
  EXPECT_NE(blame->text().find("support never answers"), std::string::npos);
  EXPECT_NE(blame->text().find("2026-10-25"), std::string::npos);
  EXPECT_NE(brief_text(brief).find("<-> "), std::string::npos);
}

TEST(Brief, WishAndDenialOppose) {
  BriefInput input = plain_input();
  input.documents = {
      Said("I want a subscription for parts.", 10).states(want, "subscription parts"),
      Said("I do not want a subscription for anything.", 40).states(want, "subscription parts")};
  const Brief brief = built(input);
  const auto opposing = std::count_if(brief.statements.begin(), brief.statements.end(),
                                      [](const Statement& s) { return !s.opposes.empty(); });
  EXPECT_EQ(opposing, 2);
}

TEST(Brief, NamedIsNotPraised) {
  BriefInput input = plain_input();
  input.documents = {Said("Running cost is what my partners ask about first.", 10)
                         .on("Acme")
                         .judges("running", Polarity::positive, "Running cost"),
                     Said("Counted the broken pots, now the boring part: budgets.", 20)
                         .on("Acme")
                         .judges("reliability", Polarity::negative, "broken")};
  const Brief brief = built(input);
  for (const Statement& statement : brief.statements) {
    EXPECT_NE(statement.section(), Section::do_not_say) << statement.text();
    EXPECT_EQ(statement.text().find("likes our"), std::string::npos) << statement.text();
    EXPECT_NE(statement.kind(), "pain") << statement.text();
  }
  EXPECT_NE(find_kind(brief, Section::money, "running"), nullptr) << "the theme is still quoted";
}

TEST(Brief, PraiseReadsWellWithoutATheme) {
  const std::pair<const char*, const char*> cases[] = {
      {"support", "likes our support: quoted above"},
      {"", "praised us: \"Wow, Acme, honestly written, respect.\""},
      {"honestly respect wow", "praised us: \"Wow, Acme, honestly written, respect.\""},
      {"leaving", "praised us: quoted above"},
  };
  for (const auto& [topic, lead] : cases) {
    BriefInput input = plain_input();
    input.documents = {
        Said("We tried Acme at the fair.", 2).on("Acme"),
        Said("Wow, Acme, honestly written, respect.", 10).on("Acme").states(praise, topic)};
    const Brief brief = built(input);
    const Statement* liked = find_kind(brief, Section::us_and_them, "praise");
    ASSERT_NE(liked, nullptr) << topic;
    EXPECT_TRUE(liked->text().starts_with(lead)) << brief_text(brief);
  }
}

TEST(Brief, TwoPartsOfOneSentenceDoNotOppose) {
  for (const bool one : {true, false}) {
    BriefInput input = plain_input();
    input.documents = {
        Said(one ? "The support of Acme was great on Monday, but the support was rude on Friday."
                 : "The support of Acme was great on Monday. But the support was rude on Friday.",
             9)
            .on("Acme")
            .states(praise, "support", "was great on Monday")
            .states(pain, "support", "was rude on Friday")};
    const Brief brief = built(input);
    EXPECT_EQ(std::any_of(brief.statements.begin(), brief.statements.end(),
                          [](const Statement& s) { return !s.opposes.empty(); }),
              !one)
        << brief_text(brief);
  }
}

// What stands beside our name in the table, for a text filed under Acme.
TEST(Brief, OnlyWhatIsOnUsIsASorePoint) {
  struct Case {
    const char* text;
    const char* words;
    const char* topic;
    bool sore;
  };
  const Case cases[] = {
      {"The Acme pump leaks all day.", "leaks all day", "leaks", true},
      {"The new SureFlow is here. It leaks all day.", "It leaks all day", "leaks", true},
      {"Walked the rows with Acme. Nice light there. Fingers: cold.", "Fingers: cold", "fingers",
       false},
      {"Three weeks for a parcel.", "Three weeks", "delivery", true},
      {"Three weeks for a parcel. Bolt is faster.", "Three weeks", "delivery", false},
  };
  for (const Case& c : cases) {
    BriefInput input = plain_input();
    input.competitors = {"Bolt"};
    input.products = {"SureFlow"};
    input.documents = {Said(c.text, 9).on("Acme").states(pain, c.topic, c.words)};
    const Brief brief = built(input);
    EXPECT_EQ(find_kind(brief, Section::do_not_say, "sore point") != nullptr, c.sore)
        << brief_text(brief);
  }
}

TEST(Brief, AQuoteBeginsWithItsSentenceOrSaysSo) {
  const std::string tail =
      " and that went on for all of the spring and most of the summer in every one of our nine "
      "houses on the long hill road";
  const std::pair<std::string, const char*> cases[] = {
      {"We were told, as you know, that I need a valve by May.",
       "\"We were told, as you know, that I need a valve by May.\""},
      {"After that long talk on the phone with the man from the shop in the old town by the river "
       "and his wife I need a valve" +
           tail + ".",
       "\"…I need a valve…\""},
      {"All was well. He said the thing was done, I need a valve" + tail + ".",
       "\"He said the thing was done, I need a valve…\""},
  };
  for (const auto& [text, quote] : cases) {
    BriefInput input = plain_input();
    input.documents = {Said(text, 9).states(need, "valve", "I need a valve")};
    const Brief brief = built(input);
    EXPECT_TRUE(
        std::any_of(brief.statements.begin(), brief.statements.end(),
                    [&, words = quote](const Statement& s) { return contains(s.text(), words); }))
        << brief_text(brief);
  }
}

TEST(Brief, WhatMayBeIronicIsNotCalledPraise) {
  for (const bool ironic : {false, true}) {
    BriefInput input = plain_input();
    Said said = Said("What a wonderful way to lose my data.", 10);
    said.on("Acme").states(praise, "quality").feels(Polarity::positive);
    if (ironic) said.ironic();
    input.documents = {Said("We tried Acme at the fair.", 2).on("Acme"), said};
    const Brief brief = built(input);
    EXPECT_EQ(find_kind(brief, Section::us_and_them, "praise") == nullptr, ironic)
        << brief_text(brief);
  }
}

TEST(Brief, AQuoteHoldsItsCondition) {
  BriefInput input = plain_input();
  input.documents = {Said("Hello. We will buy ten pumps if you deliver by May. Bye.", 2)
                         .states(buying, "", "We will buy ten pumps")
                         .only_if("if you deliver by May")};
  const Brief brief = built(input);
  ASSERT_FALSE(brief.evidence.empty());
  EXPECT_EQ(brief.evidence[0].quote, "We will buy ten pumps if you deliver by May.");
}

TEST(Brief, LooseWordsAreNoTopicOfASentence) {
  const std::pair<const char*, const char*> cases[] = {
      {"support", "Speaks most of support (1)"},
      {"spare parts", "Speaks most of \"spare parts\" (1)"},
      {"honest respect valve", ""},
      {"", ""},
  };
  for (const auto& [topic, text] : cases) {
    BriefInput input = plain_input();
    input.documents = {
        Said("An honest page on spare parts, respect; I need a valve.", 9).states(need, topic)};
    const Brief brief = built(input);
    const Statement* context = find_kind(brief, Section::context, "themes");
    EXPECT_EQ(context == nullptr ? "" : context->text(), text) << topic;
  }
}

TEST(Brief, NoQuestionIsAskedTwice) {
  BriefInput input = plain_input();
  for (int day = 1; day <= 4; ++day)
    input.documents.push_back(
        Said("The hotline kept me waiting for hours, day " + std::to_string(day), day)
            .on("Acme")
            .feels(Polarity::negative)
            .states(pain, "support"));
  std::set<std::string> asked;
  for (const Statement& statement : built(input).statements) {
    if (statement.kind() != "question") continue;
    EXPECT_TRUE(asked.insert(std::string(statement.text())).second) << statement.text();
  }
  EXPECT_FALSE(asked.empty());
}

TEST(Brief, BrandsAreNoContradiction) {
  BriefInput input = plain_input();
  input.documents = {
      Said("Support was great.", 10).on("Acme").judges("support", Polarity::positive, "Support"),
      Said("Their support is useless.", 20)
          .on("Borealis")
          .judges("support", Polarity::negative, "support")};
  for (const Statement& statement : built(input).statements) EXPECT_TRUE(statement.opposes.empty());
}

TEST(Brief, RepeatsAreQuotedOnceAndCounted) {
  BriefInput input = plain_input();
  input.documents = {
      Said("Support never answers me.", 5).on("Acme").id("a").states(pain, "support"),
      Said("support NEVER answers me!!", 6).on("Acme").id("b").states(pain, "support"),
      Said("Support never answers me", 7).on("Acme").id("c").states(pain, "support").copied(),
      Said("Support never answers me", 8).on("Acme").id("d").states(pain, "support"),
  };
  const Brief brief = built(input);
  expect_sound(input, brief);
  EXPECT_EQ(brief.documents, 4);
  EXPECT_EQ(brief.copies, 3);
  EXPECT_TRUE(says(brief.doubts, "3 repeated copies"));
  for (const Evidence& evidence : brief.evidence) EXPECT_EQ(evidence.document, "d");
}

TEST(Brief, NobodyOnFileGivesGapsOnly) {
  const BriefInput input = plain_input();
  const Brief brief = built(input);
  EXPECT_TRUE(brief.statements.empty());
  EXPECT_TRUE(brief.evidence.empty());
  EXPECT_TRUE(says(brief.gaps, "No documents on file"));
  EXPECT_EQ(brief.temperature.band, Band::cold);
  EXPECT_EQ(brief.temperature.fit, -1);
  EXPECT_EQ(brief.temperature.cools_on, kNoTime);
  expect_sound(input, brief);
  EXPECT_FALSE(brief_html(brief).empty());
  EXPECT_FALSE(brief_markdown(brief).empty());
  EXPECT_FALSE(brief_json(brief).empty());
  BriefInput empty;
  empty.now = kToday;
  expect_sound(empty, built(empty));
}

TEST(Brief, WithoutATimeIsAnError) {
  BriefInput input = plain_input();
  input.now = kNoTime;
  const Result<Brief> brief = build_brief(input);
  ASSERT_FALSE(brief.has_value());
  EXPECT_EQ(brief.error().code, ErrorCode::invalid);
}

TEST(Brief, UnknownIsSaidAloud) {
  BriefInput input = plain_input();
  input.documents = {Said("I need a pump.", 200).states(need, "pump")};
  const Brief brief = built(input);
  for (const std::string_view gap :
       {"Money: no evidence on price", "warranty", "No role on file", "Thin: only 1 text",
        "200 days old", "No risk stated", "Nothing said about Acme", "One account only"})
    EXPECT_TRUE(says(brief.gaps, gap)) << gap;
  EXPECT_NE(brief_text(brief).find("fit: nothing on file"), std::string::npos);
}

TEST(Brief, RisksCarryTheAnsweringClaim) {
  BriefInput input = plain_input();
  input.documents = {
      Said("I worry the power bill eats the savings.", 5).states(fear, "running"),
      Said("I fear nobody picks up at night.", 6).states(fear, "support"),
      Said("It might rust, that is a risk.", 7).states(risk, "rust"),
  };
  std::map<std::string, std::string> answers;
  const Brief brief = built(input);
  for (const Statement& statement : brief.statements)
    if (statement.section() == Section::risks)
      for (const Evidence& evidence : brief.evidence)
        if (evidence.id == statement.evidence()[0])
          answers[evidence.quote.substr(0, 9)] = statement.answer;
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers["I worry t"],
            "\"The pump that pays for itself in a year.\" Proof: Meter study, 40 sites");
  EXPECT_EQ(answers["I fear no"], "\"A person answers within the hour.\" (no proof on file)");
  EXPECT_EQ(answers["It might "], "no proof on file");
}

TEST(Brief, CostPressurePutsMoneyFirstAndSaysSo) {
  BriefInput input = rich_input();
  input.cost_pressure = true;
  const Brief brief = built(input);
  EXPECT_NE(brief.note.find("cost pressure"), std::string::npos);
  const Statement* question = find_kind(brief, Section::goal, "question");
  ASSERT_NE(question, nullptr);
  EXPECT_NE(question->text().find("price"), std::string::npos);
  expect_sound(input, brief);
}

TEST(Brief, SameInputSameBytes) {
  BriefInput input = rich_input();
  const std::string html = brief_html(built(input)), json = brief_json(built(input));
  EXPECT_EQ(html, brief_html(built(input)));
  std::reverse(input.documents.begin(), input.documents.end());
  EXPECT_EQ(json, brief_json(built(input)));
}

TEST(Brief, LongTalkStaysOnOnePage) {
  BriefInput input = rich_input();
  input.note = std::string(2000, 'n');
  input.person.name = std::string(500, 'N');
  for (int i = 0; i < 400; ++i) {
    std::string text = "Complaint number " + std::to_string(i) + ":";
    for (int w = 0; w < 60; ++w) text += " verylongwords" + std::to_string((i * 7 + w) % 90);
    const char* themes[] = {"delivery", "setup",   "training", "support",
                            "warranty", "running", "leaving"};
    input.documents.push_back(
        Said(text, 1 + i % 300)
            .id("long" + std::to_string(i))
            .on("Acme")
            .states(static_cast<StatementKind>(i % kStatementKinds), themes[i % 7]));
    input.person.accounts.push_back(
        {"forum" + std::to_string(i), std::string(90, 'h'), "", 0.5, ""});
  }
  expect_sound(input, built(input));
}

TEST(Brief, EveryScriptKeepsItsBorders) {
  BriefInput input = plain_input();
  std::string kanji, family, arabic, unbroken(3000, 'x');
  for (int i = 0; i < 200; ++i) kanji += "保証は必要です。";
  for (int i = 0; i < 80; ++i) family += "👩‍👩‍👧‍👦";
  for (int i = 0; i < 60; ++i) arabic += "أحتاج إلى ضمان أفضل ";
  input.documents = {
      Said(kanji, 3).states(need, "warranty"), Said(family, 4).states(want, ""),
      Said(arabic, 5).states(fear, "warranty"), Said(unbroken, 6).states(pain, "quality"),
      Said("Ich möchte größere Ersatzteillager, bitte.", 7).states(want, "delivery", "größere")};
  const Brief brief = built(input);
  expect_sound(input, brief);
  EXPECT_GE(brief.evidence.size(), 5U);
}

TEST(Brief, BrokenInputIsCountedNotFatal) {
  BriefInput input = plain_input();
  OwnDocument bad = Said("kaputt", 3).states(pain, "");
  bad.document.text = "broken \xFF\xFE bytes";
  OwnDocument wide = Said("short", 4).states(pain, "support");
  wide.analysis.statements[0].span = {3, 4000000000U};
  OwnDocument turned = Said("turned around", 5).states(pain, "support");
  turned.analysis.statements[0].span = {9, 2};
  OwnDocument undated = Said("No date but a clear pain.", 6).states(pain, "");
  undated.document.published_at = kNoTime;
  input.documents = {bad,     wide,        turned,
                     undated, Said("", 8), Said("From tomorrow", -2).states(want, "")};
  const Brief brief = built(input);
  expect_sound(input, brief);
  EXPECT_TRUE(says(brief.gaps, "2 texts empty or unreadable"));
  EXPECT_TRUE(says(brief.gaps, "1 text without a date"));
  EXPECT_TRUE(says(brief.doubts, "1 text dated after"));
  EXPECT_EQ(brief_text(brief).find("tomorrow"), std::string::npos);
}

TEST(Brief, TenThousandTextsAreQuick) {
  BriefInput input = rich_input();
  for (int i = 0; i < 10000; ++i) {
    std::string text = "Text " + std::to_string(i) + " says that Acme support took " +
                       std::to_string(i % 90) +
                       " minutes and the price of parts went up again, which hurts a small dairy.";
    input.documents.push_back(Said(text, 1 + i / 30)
                                  .id("t" + std::to_string(i))
                                  .on(i % 3 ? "Acme" : "Borealis")
                                  .states(pain, "support", "support took")
                                  .talks(0.7F, 0.1F)
                                  .judges("price", Polarity::negative, "price"));
  }
  (void)built(plain_input());
  const auto before = std::chrono::steady_clock::now();
  const Brief brief = built(input);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - before;
  expect_sound(input, brief);
  RecordProperty("milliseconds", static_cast<int>(took.count()));
  EXPECT_LT(took.count(), 5000) << "far beyond what even an unoptimised build takes";
}

}  // namespace
}  // namespace plumbline
