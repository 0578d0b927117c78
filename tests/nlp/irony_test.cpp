#include "nlp/irony.h"

#include <gtest/gtest.h>

#include <string>

#include "nlp/analyze.h"

namespace plumbline {
namespace {

const Analyzer& ironic_analyzer() {
  static const Analyzer kAnalyzer = std::move(*Analyzer::load(""));
  return kAnalyzer;
}

Analysis read_for_irony(const std::string& text, const std::string& lang) {
  Document document;
  document.text = text;
  document.lang = lang;
  return ironic_analyzer().analyze(document);
}

TEST(Irony, SignsMakeItTold) {
  const struct {
    const char *lang, *text;
    bool told;
  } cases[] = {
      {"en", "Thanks for nothing, Acme.", true},
      {"en", "Great service /s", true},
      {"en", "Love waiting for hours #sarcasm", true},
      {"en", "The sarcasm of the host was great", false},
      {"en", "Great service w/s and more", false},
      {"en", "Great service", false},
      {"en", "/s", false},
      {"de", "Na toll, schon wieder kaputt.", true},
      {"de", "Das ist toll", false},
      {"fr", "Merci pour rien, vraiment.", true},
      {"es", "Gracias por nada.", true},
      {"it", "Grazie di niente, Acme.", true},
      {"pt", "Ótimo atendimento, só que não", true},
      {"nl", "Bedankt voor niks.", true},
      {"pl", "Dzięki za nic.", true},
      {"ar", "شكرا على لا شيء", true},
      {"hi", "वाह, बस यही बाकी था", true},
      {"zh", "真是谢谢你了", true},
      {"ja", "素晴らしいですね（皮肉）", true},
  };
  for (const auto& c : cases)
    EXPECT_EQ(read_for_irony(c.text, c.lang).irony == kToldIrony, c.told) << c.text;
}

TEST(Irony, OnlyWhatReadsAsPraiseIsDoubtful) {
  const Analysis praise = read_for_irony("Great service, love it so much! /s", "en");
  EXPECT_EQ(praise.sentiment.label, Polarity::positive);  // never flipped
  EXPECT_TRUE(praise.is_doubtful());
  const Analysis blame = read_for_irony("The pump is broken and awful #sarcasm", "en");
  EXPECT_EQ(blame.sentiment.label, Polarity::negative);
  EXPECT_FALSE(blame.is_doubtful());
  EXPECT_FALSE(read_for_irony("Great service, love it so much!", "en").is_doubtful());
}

TEST(Irony, IsNotJudgedWhereNothingWasLearned) {
  EXPECT_EQ(read_for_irony("Die Pumpe ist sehr gut", "de").irony, kIronyNotJudged);
  EXPECT_EQ(read_for_irony("Pompa jest dobra", "pl").irony, kIronyNotJudged);
  EXPECT_GE(read_for_irony("The pump is very good", "en").irony, 0);
}

TEST(Irony, AWrongLineIsAnErrorWithItsPlace) {
  const auto wrong = IronySigns::load("# note\nthanks\tfor nothing\n");
  ASSERT_FALSE(wrong);
  EXPECT_NE(describe(wrong.error()).find("irony.txt:2"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
