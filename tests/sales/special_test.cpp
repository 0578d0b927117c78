#include <gtest/gtest.h>

#include "person_fixture.h"
#include "sales/lexicon.h"
#include "sales/render/render.h"

namespace plumbline {
namespace {

using enum StatementKind;

// One sentence each that touches a special category, and the word that must not be seen.
struct Sensitive {
  const char* text;
  const char* word;
};
constexpr Sensitive kSensitive[] = {
    {"I need time off for my cancer treatment.", "cancer"},
    {"My diabetes makes early calls hard.", "diabetes"},
    {"I want someone who understands depression.", "depression"},
    {"I was diagnosed with asthma last spring.", "asthma"},
    {"I fear losing my pregnancy leave.", "pregnancy"},
    {"After my surgery I need lighter tools.", "surgery"},
    {"We need Sundays free for church.", "church"},
    {"I want halal food since I am Muslim.", "Muslim"},
    {"As a Jewish family we need Saturdays off.", "Jewish"},
    {"I pray before each call and want respect for that.", "pray"},
    {"I voted for the Green Party and need to say so.", "Green Party"},
    {"I hate what the Republicans did to my taxes.", "Republicans"},
    {"My politics are my own affair, I want no jokes.", "politics"},
    {"I am gay and want to be treated like anyone.", "gay"},
    {"As a lesbian I fear these trade fairs.", "lesbian"},
    {"My trade union wants the shift plan changed.", "trade union"},
    {"Our union rep needs to see the contract.", "union rep"},
    {"As an immigrant I need plain paperwork.", "immigrant"},
    {"I fear racism at the fair.", "racism"},
    {"Meine Krankheit macht Nachtschichten schwer.", "Krankheit"},
    {"Ich brauche wegen meiner Schwangerschaft Ruhe.", "Schwangerschaft"},
    {"Die Gewerkschaft will mitreden.", "Gewerkschaft"},
    {"Ich bin katholisch und will sonntags frei.", "katholisch"},
    {"Der Betriebsrat muss zustimmen.", "Betriebsrat"},
    {"Necesito tiempo por mi depresión.", "depresión"},
    {"Quiero respeto, soy católica.", "católica"},
    {"El sindicato quiere ver el contrato.", "sindicato"},
    {"Estoy embarazada y necesito ayuda.", "embarazada"},
    {"うつ病なので朝の電話は困ります。", "うつ病"},
    {"労働組合の承認が必要です。", "労働組合"},
    {"妊娠中なので軽い機械が欲しい。", "妊娠"},
    {"ＣＡＮＣＥＲ treatment comes first for me.", "ＣＡＮＣＥＲ"},
    {"My can\xC2\xAD"
     "cer treatment comes first.",
     "treatment"},
};

TEST(Special, NothingOfItReachesThePage) {
  BriefInput input = rich_input();
  const auto before = static_cast<int>(input.documents.size());
  int n = 0;
  for (const Sensitive& sensitive : kSensitive) {
    const auto kind = static_cast<StatementKind>(n % kStatementKinds);
    input.documents.push_back(Said(sensitive.text, 1 + n % 5)
                                  .id("s" + std::to_string(n))
                                  .on("Acme")
                                  .states(kind, "support")
                                  .judges("support", Polarity::negative)
                                  .talks(0.9F, 0.9F)
                                  .feels(Polarity::negative));
    ++n;
  }
  const Result<Brief> brief = build_brief(input);
  ASSERT_TRUE(brief.has_value());
  ASSERT_GT(before, 0);
  for (const std::string& page :
       {brief_text(*brief), brief_html(*brief), brief_markdown(*brief), brief_json(*brief)})
    for (const Sensitive& sensitive : kSensitive)
      EXPECT_EQ(page.find(sensitive.word), std::string::npos) << sensitive.word;
  EXPECT_NE(brief_text(*brief).find(std::to_string(n) + " statements withheld (special category)"),
            std::string::npos)
      << brief_text(*brief);
}

TEST(Special, OtherSentencesOfTheTextStay) {
  BriefInput input = plain_input();
  input.documents = {Said("My surgery is on Monday. I need delivery before that.", 3)
                         .states(need, "delivery", "I need delivery before that")
                         .states(pain, "", "My surgery is on Monday")};
  const std::string page = brief_text(*build_brief(input));
  EXPECT_EQ(page.find("surgery"), std::string::npos);
  EXPECT_NE(page.find("I need delivery before that"), std::string::npos);
  EXPECT_NE(page.find("1 statement withheld"), std::string::npos);
}

TEST(Special, TitlesAndAddressesCount) {
  BriefInput input = plain_input();
  OwnDocument own = Said("I need a quieter pump.", 3).states(need, "");
  own.document.url = "https://blog.example.org/living-with-cancer/12";
  input.documents = {own};
  const std::string page = brief_html(*build_brief(input));
  EXPECT_EQ(page.find("cancer"), std::string::npos);
  EXPECT_NE(page.find("1 statement withheld"), std::string::npos);
}

TEST(Special, HarmlessTradeTalkPasses) {
  for (const char* text : {"The pump stroke is too short.", "Credit unions pay late.",
                           "The diagnostics port is blocked.", "We deliver in the European market.",
                           "Disable the alarm at night.", "Sexten is a village",
                           "Der Preis ist zu hoch.", "El precio es alto.", "価格が高い"})
    EXPECT_EQ(sales_lexicon().find(text) & kCueSpecial, 0U) << text;
}

}  // namespace
}  // namespace plumbline
