#include "sales/evidence.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace plumbline {
namespace {

Span whole(std::string_view text) { return {0, static_cast<std::uint32_t>(text.size())}; }

TEST(Evidence, QuotesAreCutBehindAWord) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "word" + std::to_string(i) + " ";
  const Span span = quote_span(text, whole(text));
  const std::string_view quote = slice(text, span);
  EXPECT_TRUE(quote.ends_with("word24")) << quote;
  EXPECT_EQ(split(quote, ' ').size(), 25U);
}

TEST(Evidence, SpansAreMendedNotTrusted) {
  const std::string text = "größe";
  EXPECT_EQ(slice(text, clamp_span(text, {3, 900})), "öße");
  EXPECT_EQ(slice(text, clamp_span(text, {0, 3})), "grö");
  EXPECT_EQ(slice(text, clamp_span(text, {90, 100})), "");
  EXPECT_EQ(slice(text, clamp_span(text, {4, 1})), "");
  EXPECT_EQ(slice("  a b  ", clamp_span("  a b  ", {0, 7})), "a b");
}

TEST(Evidence, ColoursOfATerminalAreNoWords) {
  struct Case {
    const char* text;
    std::uint32_t begin, end;
    const char* quote;
  };
  for (const Case& c :
       {Case{"[31mRED ALERT[0m", 0, 16, "RED ALERT"}, Case{"[31mRED ALERT[0m", 1, 15, "RED ALERT"},
        Case{"[31mRED ALERT[0m", 3, 14, "RED ALERT"}, Case{"[1;31mRED[0m[4m ALERT", 2, 13, "RED"},
        Case{"[0m", 0, 3, ""}, Case{"[0m[1m", 2, 5, ""},
        Case{"[3m] of hose, [5m]", 0, 18, "[3m] of hose, [5m]"},
        Case{"31m of [m] hose[", 0, 16, "31m of [m] hose["}}) {
    const Span span = clamp_span(c.text, {c.begin, c.end});
    EXPECT_EQ(slice(c.text, span), c.quote) << c.text << " " << c.begin;
  }
  const std::string_view text = "Hm. [31mRED ALERT. [0mThe pump leaks.[0m";
  EXPECT_EQ(slice(text, sentence_around(text, {6, 12})), "RED ALERT.");
  EXPECT_EQ(slice(text, sentence_around(text, {20, 21})), "The pump leaks.");
}

TEST(Evidence, SentencesAreFound) {
  struct Case {
    const char *text, *inside, *sentence;
  };
  for (const Case& c :
       {Case{"One. Two is 3.5 long! Three?", "3.5", "Two is 3.5 long!"},
        Case{"One. Two is long", "One", "One."}, Case{"一つ。二つです。三つ", "二つ", "二つです。"},
        Case{"alone", "alone", "alone"},
        Case{"كم السعر؟ المضخة تسرب. شكرا", "تسرب", "المضخة تسرب."},
        Case{"क्या चला? पंप टपकता है। ठीक", "टपकता", "पंप टपकता है।"}, Case{"a؟b", "a", "a؟b"},
        Case{"a\nb c\nd", "c", "b c"}}) {
    const std::string_view text = c.text;
    const auto at = static_cast<std::uint32_t>(text.find(c.inside));
    const Span span = sentence_around(
        text, {at, at + static_cast<std::uint32_t>(std::string_view(c.inside).size())});
    EXPECT_EQ(slice(text, span), c.sentence);
  }
}

TEST(Evidence, OneStretchIsOneEntry) {
  Document document;
  document.source = "forum";
  document.id = "7";
  document.text = "They charge for every call";
  EvidenceSet set;
  EXPECT_EQ(set.add(document, {0, 4}), "E1");
  EXPECT_EQ(set.add(document, {5, 11}), "E2");
  EXPECT_EQ(set.add(document, {0, 4}), "E1");
  const std::vector<Evidence> list = set.take();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].quote, "charge");
  EXPECT_EQ(list[1].text_hash, hex64(hash64(document.text)));
}

}  // namespace
}  // namespace plumbline
