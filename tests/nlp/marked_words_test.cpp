// Statements, from the shares of words to stretches, and the borders between.
#include "nlp/marked_words.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "nlp/full_model.h"
#include "nlp/learn/statement_borders.h"
#include "nlp/text_windows.h"

namespace plumbline {
namespace {

constexpr auto kPain = static_cast<std::size_t>(StatementKind::pain);
constexpr auto kWant = static_cast<std::size_t>(StatementKind::want);

// Words of four bytes and a blank with these shares of one kind.
MarkedWords words_of(std::initializer_list<float> shares, std::size_t mark = kPain) {
  MarkedWords out;
  std::uint32_t at = 0;
  for (const float share : shares) {
    out.push_back({{at, at + 4}, {}});
    out.back().shares[mark] = share;
    at += 5;
  }
  return out;
}

StatementBorders borders(float border) {
  StatementBorders out;
  out.fill(border);
  return out;
}

TEST(MarkedWords, AreStretchesOfLikelyWords) {
  const struct {
    const char* name;
    MarkedWords words;
    float border;
    std::vector<Span> expected;
  } cases[] = {
      {"none", words_of({0.1F, 0.2F, 0.1F}), 0.5F, {}},
      {"three", words_of({0.1F, 0.9F, 0.8F, 0.9F}), 0.5F, {{5, 19}}},
      {"too few", words_of({0.9F, 0.8F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F}), 0.5F, {}},
      {"as many as there are", words_of({0.9F, 0.8F}), 0.5F, {{0, 9}}},
      {"weaker words inside", words_of({0.9F, 0.1F, 0.1F, 0.9F}), 0.45F, {{0, 19}}},
      {"five weaker words part them",
       words_of({0.9F, 0.9F, 0.9F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.9F, 0.9F, 0.9F}),
       0.5F,
       {{0, 14}, {40, 54}}},
      {"the mean decides", words_of({0.9F, 0.35F, 0.35F}), 0.6F, {}},
      {"exactly the border", words_of({0.5F}), 0.5F, {{0, 4}}},
      {"no words", {}, 0.5F, {}},
  };
  for (const auto& each : cases) {
    std::vector<Span> found;
    for (const FoundStatement& one : find_statements(each.words, borders(each.border))) {
      found.push_back(one.said.span);
      EXPECT_EQ(one.said.kind, StatementKind::pain) << each.name;
    }
    EXPECT_EQ(found, each.expected) << each.name;
  }
}

TEST(MarkedWords, EachKindHasItsBorderAndSaysWhoseAndWhen) {
  MarkedWords words = words_of({0.6F, 0.6F});
  for (MarkedWord& word : words) {
    word.shares[kWant] = 0.6F;
    word.shares[other_mark] = 0.8F;
    word.shares[past_mark] = 0.7F;
    word.shares[future_mark] = 0.6F;
  }
  StatementBorders some = borders(0.5F);
  some[kWant] = 0.7F;
  const std::vector<FoundStatement> found = find_statements(words, some);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].said.kind, StatementKind::pain);
  EXPECT_EQ(found[0].said.holder, Holder::other);
  EXPECT_EQ(found[0].said.tense, Tense::past);
}

TEST(MarkedWords, WhatAnotherReaderFoundTooCountsSooner) {
  const auto heard = [](StatementKind kind, Span span) {
    StatementSpan out;
    out.kind = kind;
    out.span = span;
    return out;
  };
  const struct {
    const char* name;
    float share;  // of three words, bytes 0 to 14
    std::vector<StatementSpan> heard;
    bool found;
  } cases[] = {
      {"likely enough alone", 0.7F, {}, true},
      {"not alone", 0.6F, {}, false},
      {"heard too", 0.35F, {heard(StatementKind::pain, {0, 14})}, true},
      {"half of the shorter", 0.35F, {heard(StatementKind::pain, {7, 90})}, true},
      {"less of it, which is heard alone", 0.35F, {heard(StatementKind::pain, {8, 90})}, true},
      {"behind the last word", 0.29F, {heard(StatementKind::pain, {50, 60})}, false},
      {"as another kind", 0.55F, {heard(StatementKind::want, {0, 14})}, false},
      {"heard alone", 0.11F, {heard(StatementKind::pain, {0, 14})}, true},
      {"too unlikely", 0.09F, {heard(StatementKind::pain, {0, 14})}, false},
  };
  for (const auto& each : cases) {
    const MarkedWords words = words_of({each.share, each.share, each.share});
    EXPECT_EQ(!find_statements(words, borders(0.5F), each.heard).empty(), each.found) << each.name;
  }
}

TEST(MarkedWords, BordersAreALineOfAFile) {
  StatementBorders some = borders(0.5F);
  some[0] = 0.42F;
  some[11] = 0.9F;
  EXPECT_EQ(borders_in(borders_line(some)), some);
  EXPECT_EQ(borders_in(""), borders(0.5F));
  EXPECT_EQ(borders_in("nonsense -1 7 0.4")[3], 0.4F);
  EXPECT_EQ(borders_in("nonsense -1 7 0.4")[2], 0.5F);
}

TEST(MarkedWords, BordersAreChosenOnMarkedSentences) {
  const auto model = FullModel::open(embedded("models/many.safetensors"));
  ASSERT_TRUE(model) << describe(model.error());
  std::vector<StatementSentence> sentences;
  for (const char* text :
       {"The pump broke down after two days and nobody answers my mails.",
        "I would love a version with a longer hose.", "The shop is next to the station."}) {
    StatementSentence& each = sentences.emplace_back();
    each.lang = "en";
    each.text = text;
  }
  const Span all{0, static_cast<std::uint32_t>(sentences[0].text.size())};
  sentences[0].statements = {{{StatementKind::pain, "", all, Holder::author, Tense::past}, true}};
  sentences[1].statements = {
      {{StatementKind::want, "", {0, 41}, Holder::author, Tense::present}, true}};
  const auto marker = [&](std::span<const StatementSentence> some) {
    std::vector<MarkedWords> out;
    for (const StatementSentence& each : some) {
      const std::string_view text[] = {each.text};
      out.push_back(model->read(text)[0].words);
    }
    return out;
  };
  const ChosenBorders chosen = choose_borders(marker, sentences);
  EXPECT_EQ(chosen.count.there, 2);
  EXPECT_EQ(chosen.count.right, 2);
  for (const float border : chosen.borders) {
    EXPECT_GE(border, 0.3F);
    EXPECT_LE(border, 0.9F);
  }
  const ChosenBorders none = choose_borders(marker, {});
  EXPECT_EQ(none.count.found, 0);
  EXPECT_EQ(none.borders, borders_in("")) << "nothing to choose by";
}

std::vector<TextPiece> pieces_of(std::string_view text) {
  std::vector<TextPiece> out = {{2, {}, true}};
  for (std::uint32_t i = 0; i < text.size(); ++i)
    if (text[i] != ' ') out.push_back({5, {i, i + 1}, i == 0 || text[i - 1] == ' '});
  out.push_back({3, {}, true});
  return out;
}

TEST(TextWindows, EndBehindSentencesElseBeforeWords) {
  const struct {
    const char *name, *text;
    std::vector<std::size_t> expected;  // pieces between the first and the last
  } cases[] = {
      {"short", "ab cd.", {5}},
      {"at a sentence", "abc def. gh ij klm", {7, 7}},
      {"the last sentence that fits", "ab cd. ef. gh ij", {8, 4}},
      {"no sentence", "abc def gh ijk lm nop", {8, 8}},
      {"no word either", "abcdefghijklmnop", {8, 8}},
      {"empty", "", {0}},
  };
  for (const auto& each : cases) {
    const std::vector<TextPiece> pieces = pieces_of(each.text);
    std::vector<std::size_t> sizes;
    std::vector<TextPiece> joined = {pieces.front()};
    for (const std::vector<TextPiece>& window : windows_of(each.text, pieces, 10)) {
      ASSERT_LE(window.size(), 10U) << each.name;
      EXPECT_EQ(window.front().id, 2) << each.name;
      EXPECT_EQ(window.back().id, 3) << each.name;
      sizes.push_back(window.size() - 2);
      joined.insert(joined.end(), window.begin() + 1, window.end() - 1);
    }
    EXPECT_EQ(sizes, each.expected) << each.name;
    EXPECT_EQ(joined.size() + 1, pieces.size()) << each.name;
  }
}

}  // namespace
}  // namespace plumbline
