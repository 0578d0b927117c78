#include "base/text.h"
#include "base/quoted_lines.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>

#include "base/words.h"

namespace plumbline {
namespace {

TEST(CleanUtf8, ReplacesBadBytesAndDropsControls) {
  EXPECT_EQ(clean_utf8("a\xff"
                       "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(clean_utf8(std::string_view("a\0b", 3)), "ab");
  EXPECT_EQ(clean_utf8("a\r\nb\rc"), "a\nb\nc");
  EXPECT_TRUE(is_utf8(clean_utf8("\xed\xa0\x80\xf4\x90\x80\x80")));
}

TEST(CleanUtf8, DropsControlSequencesAsAWhole) {
  EXPECT_EQ(clean_utf8("\x1b[31mRED ALERT\x1b[0m"), "RED ALERT");
  EXPECT_EQ(clean_utf8("a\x1b[1;38;5;9mb\x1b[2Kc\x1b[?25hd"), "abcd");
  EXPECT_EQ(clean_utf8("no [31m escape"), "no [31m escape");
  EXPECT_EQ(clean_utf8("\x1b[12"), "[12") << "cut off: nothing ends it";
  EXPECT_EQ(clean_utf8("\x1b[1\xE2\x82\xAC"), "[1\xE2\x82\xAC");
  EXPECT_EQ(clean_utf8("\x1b" + ("[" + std::string(100, '1') + "m")),
            "[" + std::string(100, '1') + "m");
  EXPECT_EQ(clean_utf8("a\x1b"), "a");
}

TEST(FoldSpace, FoldsEveryKindOfBlank) {
  EXPECT_EQ(fold_space(" \t a \xC2\xA0\xE3\x80\x80 b\n\n"), "a b");
  EXPECT_EQ(fold_space(fold_space("a  b ")), "a b");
}

TEST(Shorten, CutsAtABlankNearby) {
  EXPECT_EQ(shorten("one two three four", 10), "one two…");
  EXPECT_EQ(shorten("日本語のとても長い文章", 5), "日本語の…");
  EXPECT_EQ(shorten("short", 10), "short");
  EXPECT_EQ(shorten("exact", 5), "exact");
}

TEST(DisplayWidth, CountsWideAndCombining) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("日本"), 4u);
  EXPECT_EQ(display_width("e\xCC\x81"), 1u);
}

TEST(Escape, LeavesNothingActive) {
  EXPECT_EQ(escape_html("<a href='x'>&"), "&lt;a href=&#39;x&#39;&gt;&amp;");
  EXPECT_EQ(escape_csv("=1+1"), "'=1+1");
  EXPECT_EQ(escape_csv("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(escape_terminal("\x1b[31mred\xE2\x80\xAE"), "[31mred");
  EXPECT_EQ(json_quote("a\"</script>\n"), "\"a\\\"\\u003c/script>\\n\"");
  EXPECT_EQ(escape_markdown("[x](javascript:1)").find("]("), std::string::npos);
}

TEST(EscapeMarkdown, EscapesWhatIsMarkupWhereItStands) {
  const struct {
    const char *text, *expected;
  } cases[] = {{"2031-05-05, left out: --to takes it in (all!).",
                "2031-05-05, left out: --to takes it in (all!)."},
               {"- item", "\\- item"},
               {"+ a - b", "\\+ a - b"},
               {"---", "\\-\\-\\-"},
               {"===", "\\=\\=\\="},
               {"# title #1", "\\# title #1"},
               {"## b", "\\#\\# b"},
               {"12. of May", "12\\. of May"},
               {"7) seven", "7\\) seven"},
               {"see http://a.example, www.b.example", "see http\\://a.example, www\\.b.example"},
               {"a\n- b", "a - b"},
               {"![x](y) <b>&amp;", "!\\[x\\]\\(y) &lt;b&gt;&amp;amp;"},
               {"*a* _b_ `c` ~~d~~ a|b @e", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ a\\|b \\@e"}};
  for (const auto& c : cases) EXPECT_EQ(escape_markdown(c.text), c.expected);
}

TEST(JsonQuote, EscapesInAnyPlace) {
  const struct {
    std::string_view text, expected;
  } cases[] = {{"", R"("")"},
               {"plain", R"("plain")"},
               {"\"", R"("\"")"},
               {"a\\", R"("a\\")"},
               {"é<\x01", "\"é\\u003c\\u0001\""},
               {"a\xFFz", "\"a\xEF\xBF\xBDz\""},
               {"\xE2\x80\xA8", "\"\\u2028\""},
               {"\t\r\n", R"("\t\r\n")"}};
  for (const auto& c : cases) EXPECT_EQ(json_quote(c.text), c.expected);
}

TEST(AppendFixed4, PrintsAsFmtDoes) {
  const auto expect_like_fmt = [](float value) {
    std::string out = "x";
    append_fixed4(value, out);
    EXPECT_EQ(out, fmt::format("x{:.4f}", value));
  };
  // Halves of the last digit, signs, no numbers, what is large.
  for (const float value :
       {0.0F, -0.0F, 0.03125F, 0.09375F, 0.15625F, -0.00003F, 0.99995F, 0.99996F, 1.0F, 999999.94F,
        1e6F, 3e38F, -1e-30F, std::numeric_limits<float>::infinity(),
        std::numeric_limits<float>::quiet_NaN()})
    expect_like_fmt(value);
  std::mt19937 random(7);
  for (int i = 0; i < 200000; ++i) {
    const auto bits = static_cast<std::uint32_t>(random());
    expect_like_fmt(static_cast<float>(bits) / 4294967296.0F);
    expect_like_fmt(static_cast<float>(static_cast<int>(bits % 65537) - 32768) / 16384.0F);
    if (i % 10 == 0) expect_like_fmt(std::bit_cast<float>(bits));
  }
}

TEST(SafeLink, AllowsOnlyWebAndMail) {
  EXPECT_EQ(safe_link("https://a.example/x"), "https://a.example/x");
  EXPECT_EQ(safe_link("HTTPS://a.example/x"), "HTTPS://a.example/x");
  for (const char* bad : {"javascript:alert(1)", " data:text/html,x",
                          "https://a.example/\"onload=x", "//a.example", "file:///etc/passwd"})
    EXPECT_EQ(safe_link(bad), "") << bad;
}

TEST(Closest, SuggestsOnlyWhatIsNear) {
  const std::vector<std::string_view> words = {"mastodon", "hackernews", "rss"};
  EXPECT_EQ(closest("mastodn", words), "mastodon");
  EXPECT_EQ(closest("rsss", words), "rss");
  EXPECT_EQ(closest("zebra", words), "");
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<Piece> pieces;
  split_words(text, pieces);
  std::vector<std::string> out;
  for (const Piece& p : pieces) out.emplace_back(text.substr(p.begin, p.end - p.begin));
  return out;
}

using Words = std::vector<std::string>;

TEST(SplitWords, KnowsEveryScript) {
  EXPECT_EQ(words_of("I can't log-in at 3.5 (again)!"),
            (Words{"I", "can't", "log", "in", "at", "3.5", "again"}));
  EXPECT_EQ(words_of("größte Überraschung"), (Words{"größte", "Überraschung"}));
  EXPECT_EQ(words_of("データを保存する").front(), "データ");
  EXPECT_EQ(words_of("机器学习的数据").back(), "数据");
  EXPECT_TRUE(words_of("... !!! ---").empty());
}

// The fast path for ASCII must give what ICU gives; a trailing é forces ICU.
TEST(SplitWords, FastPathAgreesWithIcu) {
  for (const std::string text : {"don't stop 3,000.5 a.b.c x_y 10:30 it's O'Neil's 'quoted' e.g. "
                                 "foo.bar 1.a a.1 a'1 5;6 #tag @me u.s. -9"}) {
    Words fast = words_of(text);
    Words slow = words_of(text + " é");
    ASSERT_FALSE(slow.empty());
    slow.pop_back();
    EXPECT_EQ(fast, slow);
  }
}

TEST(SplitSentences, CoversEveryByte) {
  for (const std::string text : {"One. Two! Three? four 3.5 e.g. five.\nSix", "Eins. Zwei ä. Drei",
                                 "一つ。二つ。", "", "no end", "...", "a.\n\nb"}) {
    std::vector<Piece> pieces;
    split_sentences(text, pieces);
    std::uint32_t at = 0;
    for (const Piece& p : pieces) {
      EXPECT_EQ(p.begin, at) << text;
      at = p.end;
    }
    EXPECT_EQ(at, text.size()) << text;
  }
  std::vector<Piece> pieces;
  split_sentences("It broke. Support never called! Why? ok", pieces);
  EXPECT_EQ(pieces.size(), 4u);
}

TEST(ClauseSigns, AreThoseOfManyScripts) {
  for (const char* text : {",",  ";",  ":",  "!",  "?",  "(", ")", "[", "|", "\n", "、", "，", "；",
                           "：", "。", "！", "？", "（", "،", "؛", "؟", "।", "—",  "–",  "…"})
    EXPECT_EQ(clause_sign_at(text, 0), std::string_view(text).size()) << text;
  for (const char* text : {".", "-", "a", "5", " ", "の", "ق", "'", "\"", "€"})
    EXPECT_EQ(clause_sign_at(text, 0), 0U) << text;
  EXPECT_EQ(clause_sign_at("1,000", 1), 0U);
  EXPECT_EQ(clause_sign_at("10:30", 2), 0U);
  EXPECT_EQ(clause_sign_at("1, 2", 1), 1U);
  EXPECT_EQ(clause_sign_at("1,", 1), 1U);
}

TEST(QuotedLines, TellWhoseWordsTheyAre) {
  EXPECT_TRUE(is_quoted_line("> so"));
  EXPECT_TRUE(is_quoted_line("  >"));
  EXPECT_FALSE(is_quoted_line("5 > 3"));
  EXPECT_FALSE(is_quoted_line(""));
  for (const char* line :
       {"On Monday, Kim wrote:", " Am 3.3.2026 um 10:00 schrieb Bo Kim:", "Le 3 mars Bo a écrit :",
        "Op 3 maart schreef Bo:", "Dnia 3 marca Bo napisał:", "W dniu 3.3.2026 Bo pisze:",
        "Den 3 mars skrev Bo:"}) {
    EXPECT_TRUE(introduces_quote(line)) << line;
    EXPECT_TRUE(names_a_writer(line)) << line;
  }
  for (const char* line : {"Kim said:", "Then Bo wrote:"}) {
    EXPECT_FALSE(introduces_quote(line)) << line;
    EXPECT_TRUE(names_a_writer(line)) << line;
  }
  for (const char* line : {"On Monday Kim wrote to me.", "Prices:", "", ":"}) {
    EXPECT_FALSE(introduces_quote(line)) << line;
    EXPECT_FALSE(names_a_writer(line)) << line;
  }
  for (const char* line :
       {"Sent from my phone", "Sent from Outlook for iPhone", "Gesendet von meinem Handy",
        "Von meinem Handy gesendet", "  Inviato da telefono"})
    EXPECT_TRUE(is_device_line(line)) << line;
  EXPECT_FALSE(is_device_line("It was sent from my phone"));
  EXPECT_FALSE(is_device_line("Sent from my " + std::string(100, 'x')));
}

TEST(SplitSentences, StopsOfAbbreviationsAndOrdinalsEndNone) {
  const struct {
    const char* text;
    std::size_t sentences;
  } cases[] = {
      {"Ich brauche bis zum 15. Mai ein Lastenrad. Danke", 2},
      {"Am 3. März kam es", 1},
      {"Beim 2. Versuch ging es", 1},
      {"Die Reparatur dauert z. B. Drei Tage", 1},
      {"Sie kam d. h. Nie", 1},
      {"We met Dr. Kim. She helped", 2},
      {"Sra. García llamó. Nada", 2},
      // These end:
      {"It was a 10. The pump is great", 2},
      {"We took plan B. It works", 2},
      {"He is 15. May we come?", 2},
      {"Sie ist 15. Danach", 2},
      {"Nobody came. Bye", 2},
      {"zum 15.", 1},
      {"Dr. ", 1},
  };
  for (const auto& c : cases) {
    std::vector<Piece> pieces;
    split_sentences(c.text, pieces);
    EXPECT_EQ(pieces.size(), c.sentences) << c.text;
    split_sentences(std::string("ä ") + c.text, pieces);  // the same for texts beyond ASCII
    EXPECT_EQ(pieces.size(), c.sentences) << c.text;
  }
}

TEST(FoldWord, MakesSpellingsOne) {
  EXPECT_EQ(fold_word("ＰＵＭＰ"), "pump");
  EXPECT_EQ(fold_word("Straße"), "strasse");
  EXPECT_EQ(fold_word_plain("Mémoire"), "memoire");
  EXPECT_EQ(fold_word_plain("データ"), "データ");
}

}  // namespace
}  // namespace plumbline
