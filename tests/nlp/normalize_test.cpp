#include "nlp/normalize.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "base/text.h"
#include "nlp/fold.h"

namespace plumbline {
namespace {

std::string normalized(std::string text) {
  Document document;
  document.text = std::move(text);
  return normalize(std::move(document)).text;
}

TEST(ResolveEntities, ReadsEachFormOnce) {
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"", ""},
      {"a &amp; b", "a & b"},
      {"&amp;amp;", "&amp;"},
      {"&lt;b&gt;", "<b>"},
      {"caf&eacute;", "café"},
      {"&hellip;&mdash;&rsquo;&euro;", "…—’€"},
      {"it&#8217;s &#x2019;", "it’s ’"},
      {"&#X41;&#0065;", "AA"},
      {"&#146;&#x80;&#150;", "’€–"},  // Windows-1252, as browsers read it
      {"&#129;", ""},
      {"&#0;&#xD800;&#x110000;&#99999999999;", "����"},
      {"&#7;&#9;x", "\tx"},
      {"AT&T; R&D", "AT&T; R&D"},
      {"&unknownname; &; &#; &#x; &#xZZ;", "&unknownname; &; &#; &#x; &#xZZ;"},
      {"&amp no semicolon", "&amp no semicolon"},
      {"&thisnameislongerthananyentityname;", "&thisnameislongerthananyentityname;"},
      {"&&lt;", "&<"},
      {"&frac12; &hearts; &check;", "½ ♥ ✓"},
  };
  for (const auto& c : cases) EXPECT_EQ(resolve_entities(c.text), c.expected) << c.text;
}

TEST(Normalize, CleansText) {
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"  two\t\n words ", "two words"},
      {"R&amp;amp;D", "R&D"},
      {"&amp;amp;amp;amp;lt;", "<"},
      {"a&nbsp;b", "a b"},
      {"bad \xFF\xFE bytes", "bad �� bytes"},
      {"&am&#1;p;", "&"},
      {"&#&#51;8;lt;", "<"},
      {"x\x01y", "xy"},
      {"Kim wrote:\n&gt; &gt; awful\n\nI disagree", "I disagree"},
  };
  for (const auto& c : cases) EXPECT_EQ(normalized(c.text), c.expected) << c.text;
}

TEST(Normalize, ShortensLanguageTags) {
  const struct {
    const char *tag, *expected;
  } cases[] = {{"", ""},       {"en", "en"},  {"en-US", "en"}, {"EN_gb", "en"},
               {" de ", "de"}, {"deu", "de"}, {"iw", "he"},    {"in", "id"},
               {"und", ""},    {"zxx", ""},   {"English", ""}, {"zh-Hant-TW", "zh"},
               {"1x", ""}};
  for (const auto& c : cases) {
    Document document;
    document.lang = c.tag;
    EXPECT_EQ(normalize(document).lang, c.expected) << c.tag;
  }
}

TEST(Normalize, MovesTitleToEmptyText) {
  Document document;
  document.title = " A &amp; B ";
  document.text = " \n ";
  const Document out = normalize(document);
  EXPECT_EQ(out.text, "A & B");
  EXPECT_EQ(out.title, "");
  document.text = "x";
  EXPECT_EQ(normalize(document).title, "A & B");
}

std::string noise(std::mt19937_64& random) {
  static const std::vector<std::string> kPieces = {
      "&",    "amp;", "lt;",    "#",      "38;",    "x26;",   "#38;", ";",      "&amp;",
      " ",    "\n",   "é",      "e",      "\u0301", "\u200d", "ﬁ",    "Ａ",     "\xC3",
      "\xFF", "с",    "a",      "\u00a0", "İ",      "ß",      "각",   "\u1100", "\u1161",
      "😀",    "Ǆ",    "\u0345", "q",      "х",      "\u00ad", "1",    "½",      "&#1;"};
  std::string out;
  for (int n = static_cast<int>(random() % 24); n > 0; --n)
    out += kPieces[random() % kPieces.size()];
  return out;
}

TEST(Normalize, TwiceIsOnce) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = noise(random);
    const std::string once = normalized(text);
    ASSERT_EQ(normalized(once), once) << text;
    ASSERT_TRUE(is_utf8(once));
  }
}

TEST(Normalize, TakesHugeTexts) {
  for (const char* piece : {"&", "&amp;", "amp;", "&#38;", ";", "&#&#51;8;", " ", "\xFF"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    const std::string once = normalized(text);
    EXPECT_EQ(normalized(once), once) << piece;
  }
}

bool is_border(std::string_view text, std::size_t at) {
  return at == text.size() || (at < text.size() && (text[at] & 0xC0) != 0x80);
}

TEST(FoldText, FoldsForms) {
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"", ""},           {"Pump", "pump"},      {"ＰＵＭＰ", "pump"},
      {"ﬁne", "fine"},    {"Straße", "strasse"}, {"zero\u200bwidth so\u00adft", "zerowidth soft"},
      {"сhеap", "cheap"}, {"дешево", "дешево"},  {"\u212bngstro\u0308m", "ångström"}};
  for (const auto& c : cases) EXPECT_EQ(fold_text(c.text).text, c.expected) << c.text;
}

TEST(FoldText, LeadsBackToOriginal) {
  const std::string text = "Die ＰＵＭＰ läuft";
  const FoldedText folded = fold_text(text);
  const std::size_t at = folded.text.find("pump");
  ASSERT_NE(at, std::string::npos);
  const Span span = folded.original(at, at + 4);
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "ＰＵＭＰ");
  EXPECT_EQ(fold_text("").original(0, 3), (Span{0, 0}));
}

TEST(FoldText, KeepsBordersAndFoldsOnce) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = clean_utf8(noise(random));
    const FoldedText folded = fold_text(text);
    ASSERT_EQ(folded.begins.size(), folded.text.size());
    ASSERT_EQ(folded.ends.size(), folded.text.size());
    ASSERT_EQ(fold_text(folded.text).text, folded.text) << text;
    for (std::size_t at = 0; at < folded.text.size(); ++at) {
      ASSERT_TRUE(is_border(text, folded.begins[at]) && is_border(text, folded.ends[at])) << text;
      ASSERT_LT(folded.begins[at], folded.ends[at]);
      ASSERT_TRUE(at == 0 || folded.begins[at - 1] <= folded.begins[at]);
    }
  }
}

TEST(Normalize, SurvivesNaughtyStrings) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/../shared/suites/strings/naughty.json");
  if (!in) GTEST_SKIP() << "needs ../shared/suites";
  for (const auto& item : nlohmann::json::parse(in)) {
    const std::string once = normalized(item.get<std::string>());
    EXPECT_EQ(normalized(once), once);
    const std::string folded = fold_text(once).text;
    EXPECT_EQ(fold_text(folded).text, folded);
  }
}

}  // namespace
}  // namespace plumbline
