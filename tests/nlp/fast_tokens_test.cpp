#include "nlp/fast_tokens.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "nlp/addresses.h"

namespace plumbline {
namespace {

FastTokens tokens_of(std::string_view text) {
  std::vector<Piece> addresses;
  find_addresses(text, addresses);
  FastTokens out;
  split_fast(text, addresses, out);
  return out;
}

// "word handle:@ mark:!3", words without their kind.
std::string spell(std::string_view text) {
  static const std::string kinds[] = {
      "", "number:", "handle:", "link:", "symbol:", "ideograph:", "mark:"};
  const FastTokens split = tokens_of(text);
  std::string out;
  for (const FastToken& token : split.tokens) {
    out += (out.empty() ? "" : " ") + kinds[static_cast<std::size_t>(token.kind)];
    if (token.kind == FastKind::mark)
      out += token.mark + std::to_string(token.run);
    else
      out += split.folded(token);
  }
  return out;
}

TEST(FastTokens, CutsAndFolds) {
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"", ""},
      {"Good PUMP", "good pump"},
      {"@kim look: https://a.example/x?y=1, ok", "handle:@ look mark::1 link:/ mark:,1 ok"},
      {"http left", "link:/ left"},
      {"write to kim@firm.example now", "write to link:/ now"},
      {"@kim@host.example hi", "handle:@ hi"},
      {"sooooo goooood", "soo good"},
      {"don't can’t isn't", "don't can't isn't"},
      {"sh*t and f***", "shit and fuck"},
      {"**bold** stars", "bold stars"},
      {"a$$hole", "asshole"},
      {"I h4te it, gr8 mp3", "i hate it mark:,1 gr8 mp3"},
      {"12 of 1,000.50", "number:0 of number:0"},
      {"4ever", "number:0 ever"},
      {"#NeverAgain", "never again"},
      {"#SXSW2011 #love_it", "sxsw2011 love it"},
      {"wow!!! what?! well...", "wow mark:!3 what mark:?1 mark:!1 well mark:~3"},
      {"nice :-) =D", "nice symbol::) symbol::d"},
      {"👍🏽👍👍👍 ok", "symbol:👍 symbol:👍 ok"},
      {"👩‍🔧", "symbol:👩 symbol:🔧"},
      {"сhеap", "cheap"},  // with a Cyrillic с and е
      {"Größe ÉTÉ", "größe été"},
      {"Ｔｈｉｓ ＰＵＭＰ２", "this pump2"},
      {"\U0001D413\U0001D421\U0001D422\U0001D42C \U0001D5A0\U0001D7D9", "this a1"},
      {"p\u200Broduct", "product"},
      {"最高です！", "ideograph:最 ideograph:高 ideograph:で ideograph:す mark:!1"},
      {"جمــيل", "جميل"},
      {"well-made", "well made"},
      {"a\xCC\x81 b", "a\xCC\x81 b"},
  };
  for (const auto& c : cases) EXPECT_EQ(spell(c.text), c.expected) << c.text;
}

TEST(FastTokens, MarksCapitalsAndStretches) {
  const FastTokens split = tokens_of("GREAT Soooo #BigDeal É");
  ASSERT_EQ(split.tokens.size(), 5u);
  EXPECT_TRUE(split.tokens[0].capitals);
  EXPECT_FALSE(split.tokens[1].capitals);
  EXPECT_TRUE(split.tokens[1].stretched);
  EXPECT_TRUE(split.tokens[2].tagged);
  ASSERT_EQ(split.hashtags.size(), 1u);
  EXPECT_EQ(split.hashtags[0].first, 2u);
  EXPECT_EQ(split.hashtags[0].last, 4u);
  EXPECT_TRUE(split.tokens[4].wide);
}

void expect_token_borders(const std::string& text) {
  const auto border = [&](std::size_t at) {
    return at == text.size() || (at < text.size() && (text[at] & 0xC0) != 0x80);
  };
  std::uint32_t last = 0;
  for (const FastToken& token : tokens_of(text).tokens) {
    ASSERT_LE(last, token.span.begin) << text;
    ASSERT_LT(token.span.begin, token.span.end) << text;
    ASSERT_TRUE(border(token.span.begin) && border(token.span.end)) << text;
    last = token.span.end;
  }
}

TEST(FastTokens, SpansLieOnBorders) {
  for (const char* text :
       {"a👍🏽b", "été’s @ü x@y.example #ÄÖ", "\xE2\x80\x8B\xE2\x80\x8B", "'''", "*$*$"})
    expect_token_borders(text);
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/../shared/suites/strings/naughty.json");
  if (!in) GTEST_SKIP() << "the rest needs ../shared/suites";
  for (const auto& item : nlohmann::json::parse(in))
    expect_token_borders(clean_utf8(item.get<std::string>()));
}

TEST(FastTokens, TakesAnyBytes) {
  std::string bytes;
  std::uint64_t state = 1;
  for (int i = 0; i < 200000; ++i) bytes += static_cast<char>((state = fast_mix(state + 1)) >> 40);
  EXPECT_FALSE(tokens_of(bytes).tokens.empty());
  EXPECT_TRUE(tokens_of("\xF0\x9F").tokens.empty());
}

}  // namespace
}  // namespace plumbline
