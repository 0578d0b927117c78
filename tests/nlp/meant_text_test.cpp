#include "nlp/meant_text.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline {
namespace {

TEST(MeantText, WritesDisguisedWordsPlainly) {
  const struct {
    const char *given, *expected;
  } cases[] = {
      {"I h4te it", "I hate it"},
      {"Sh*t service", "shit service"},
      {"\xD0\x90WFUL service", "awful service"},  // a Cyrillic A
      {"this is \xD0\xB0wful", "this is awful"},
      {"a fan\u200Btastic pump", "a fantastic pump"},
      {"it is \uFF47\uFF52\uFF45\uFF41\uFF54!", "it is great!"},
      // As they are:
      {"Great pump, 10/10", "Great pump, 10/10"},
      {"an mp3 player", "an mp3 player"},
      {"caf\u00E9 cr\u00E8me", "caf\u00E9 cr\u00E8me"},
      {"\u041D\u0430\u0441\u043E\u0441 \u0445\u043E\u0440\u043E\u0448",
       "\u041D\u0430\u0441\u043E\u0441 \u0445\u043E\u0440\u043E\u0448"},
      {"@h4te https://acme.example/h4te", "@h4te https://acme.example/h4te"},
      {"\u6C34\u6CF5\u5F88\u597D", "\u6C34\u6CF5\u5F88\u597D"},
      {"Don\u2019t", "Don\u2019t"},
      {"", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(MeantText(c.given).text(), c.expected) << c.given;
}

TEST(MeantText, KnowsTheWayBack) {
  const std::string given = "so \xD0\xB0wful, h4te \xD0\xB5verything here";
  const MeantText meant(given);
  ASSERT_EQ(meant.text(), "so awful, hate everything here");
  const auto original = [&](const std::string& words) {
    const auto at = static_cast<std::uint32_t>(meant.text().find(words));
    const Span span = meant.original({at, at + static_cast<std::uint32_t>(words.size())});
    return given.substr(span.begin, span.end - span.begin);
  };
  EXPECT_EQ(original("so"), "so");
  EXPECT_EQ(original("awful"), "\xD0\xB0wful");
  EXPECT_EQ(original("wfu"), "\xD0\xB0wful");  // within a word that was written out
  EXPECT_EQ(original("so awful,"), "so \xD0\xB0wful,");
  EXPECT_EQ(original(", hate"), ", h4te");
  EXPECT_EQ(original("hate everything"), "h4te \xD0\xB5verything");
  EXPECT_EQ(original(" here"), " here");
  EXPECT_EQ(original(meant.text()), given);
}

TEST(MeantText, KnowsWhereNoWordsAre) {
  for (const char* text :
       {"", "\xF0\x9F\x91\x8E", "@acme \xF0\x9F\x98\xA1!", "https://acme.example"})
    EXPECT_FALSE(MeantText(text).has_words()) << text;
  for (const char* text : {"ok", "10", "\u597D", "\xF0\x9F\x91\x8E no"})
    EXPECT_TRUE(MeantText(text).has_words()) << text;
}

}  // namespace
}  // namespace plumbline
