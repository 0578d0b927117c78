#include "crawler/charset.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "tests/crawler/string_source.h"

namespace plumbline {
namespace {

struct Decoded {
  std::string text;
  std::string charset;
  std::int64_t replaced = 0;
};

Decoded decode(const std::string& bytes, const std::string& hint = {},
               std::size_t piece = std::string::npos) {
  StringSource source(bytes, piece);
  TextReader reader(source, hint);
  Decoded out;
  for (auto got = reader.next(); got && !got->empty(); got = reader.next()) out.text += *got;
  out.charset = reader.charset();
  out.replaced = reader.replaced();
  return out;
}

// Text of code points below U+10000 as UTF-16.
std::string utf16(const std::u16string& text, bool big) {
  std::string out;
  for (const char16_t c : text) {
    const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  }
  return out;
}

struct CharsetCase {
  const char* name;
  std::string bytes;
  std::string text;
  std::string charset;
};

TEST(TextReader, ReadsEveryEncoding) {
  const std::string german =
      "Die Lieferung kam p\xFCnktlich, aber der Preis ist f\xFCr diese Qualit\xE4t zu hoch. "
      "Wir h\xE4tten uns mehr erwartet, und die Garantie l\xE4uft nur ein Jahr \x97 schade.\n";
  const std::string german_text =
      "Die Lieferung kam pünktlich, aber der Preis ist für diese Qualität zu hoch. "
      "Wir hätten uns mehr erwartet, und die Garantie läuft nur ein Jahr — schade.\n";
  const std::string japanese =
      "\x82\xB1\x82\xCC\x83\x7C\x83\x93\x83\x76\x82\xCD\x82\xC6\x82\xC4\x82\xE0\x90\xC3\x82\xA9\x82"
      "\xC5\x81\x41\x8B\x43\x82\xC9\x93\xFC\x82\xC1\x82\xC4\x82\xA2\x82\xDC\x82\xB7\x81\x42";
  const std::vector<CharsetCase> cases = {
      {"ascii", "plain", "plain", ""},
      {"utf-8", "naïve ☕ 😀", "naïve ☕ 😀", "UTF-8"},
      {"utf-8 mark", "\xEF\xBB\xBFnaïve", "naïve", "UTF-8"},
      {"utf-16 le", "\xFF\xFE" + utf16(u"Preis €5", false), "Preis €5", "UTF-16LE"},
      {"utf-16 be", "\xFE\xFF" + utf16(u"Preis €5", true), "Preis €5", "UTF-16BE"},
      {"utf-16 le, no mark", utf16(u"id,text,date", false), "id,text,date", "UTF-16LE"},
      {"utf-16 be, no mark", utf16(u"id,text,date", true), "id,text,date", "UTF-16BE"},
      {"utf-32 le", std::string("\xFF\xFE\0\0h\0\0\0i\0\0\0", 12), "hi", "UTF-32LE"},
      {"utf-32 be", std::string("\0\0\xFE\xFF\0\0\0h\0\0\0i", 12), "hi", "UTF-32BE"},
      {"windows-1252", german, german_text, "windows-1252"},
      {"one accent", "caf\xE9,bar\n", "café,bar\n", "windows-1252"},
      {"shift-jis", japanese + japanese,
       "このポンプはとても静かで、気に入っています。"
       "このポンプはとても静かで、気に入っています。",
       "Shift_JIS"},
      {"empty", "", "", ""},
      {"only a mark", "\xEF\xBB\xBF", "", "UTF-8"},
  };
  for (const CharsetCase& c : cases) {
    for (const std::size_t piece : {std::string::npos, std::size_t{64}, std::size_t{1}}) {
      const Decoded got = decode(c.bytes, {}, piece);
      EXPECT_EQ(got.text, c.text) << c.name;
      EXPECT_EQ(got.charset, c.charset) << c.name;
      EXPECT_EQ(got.replaced, 0) << c.name;
    }
  }
}

TEST(TextReader, HintGoesBeforeGuess) {
  EXPECT_EQ(decode("\xA4", "ISO-8859-15").text, "€");
  EXPECT_EQ(decode("\xEF\xBB\xBF€", "ISO-8859-15").text, "€");
  EXPECT_EQ(decode("€", "no-such-charset").text, "€");
}

TEST(TextReader, GuessWaitsForFirstAccent) {
  const std::string plain(200000, 'a');
  const Decoded got = decode(plain + "\ncaf\xE9 et th\xE9 pr\xEAts pour l'\xE9t\xE9\n");
  EXPECT_EQ(got.charset, "windows-1252");
  EXPECT_EQ(got.text.substr(200000), "\ncafé et thé prêts pour l'été\n");
}

// One row that a person pasted from elsewhere does not make the rest unreadable.
TEST(TextReader, DamageDoesNotSpeakForTheFile) {
  const std::string good = "Très déçue 😡 für Grüße";
  const Decoded near = decode(good + "\nTr\xE8s\n" + good);
  EXPECT_EQ(near.charset, "UTF-8");
  EXPECT_EQ(near.text, good + "\nTr\uFFFDs\n" + good);
  EXPECT_EQ(near.replaced, 1);
  const std::string plain(200000, 'a');  // the damage comes long before the first good sequence
  const Decoded late = decode("caf\xE9\n" + plain + good);
  EXPECT_EQ(late.text, "café\n" + plain + good);
  EXPECT_EQ(decode("caf\xE9\n" + plain + good, "x-no-such").text, late.text);
  EXPECT_EQ(decode("na\xEFve \xE9t\xE9 \xC3\xA9\n").charset, "windows-1252");
}

TEST(TextReader, BadSequencesAreCounted) {
  const Decoded got = decode("ä ok \xC3( ö \xFF ü \xE2\x82", "UTF-8");
  EXPECT_EQ(got.text, "ä ok \uFFFD( ö \uFFFD ü \uFFFD");
  EXPECT_EQ(got.replaced, 3);
  EXPECT_GT(decode(std::string("\xFF\xFE") + std::string("\x00\xD8x\x00", 4)).replaced, 0);
}

TEST(TextReader, RandomBytesGiveValidText) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    const std::size_t length = random() % 3000;
    for (std::size_t i = 0; i < length; ++i)
      bytes += static_cast<char>(round % 2 == 0 ? random() : 0x80 | random());
    if (round % 5 == 0) bytes.insert(0, "\xFF\xFE");
    for (const char* hint : {"", "UTF-8", "Shift_JIS", "GB18030", "ISO-2022-JP", "UTF-7"}) {
      const Decoded whole = decode(bytes, hint);
      EXPECT_TRUE(is_utf8(whole.text));
      EXPECT_EQ(decode(bytes, hint, 64).text, whole.text);
    }
    EXPECT_TRUE(is_utf8(decode_head(bytes)));
    EXPECT_FALSE(guess_charset(bytes).empty());
  }
}

TEST(TextReader, LongTextsKeepTheirCharacters) {
  std::string bytes;
  for (int i = 0; i < 60000; ++i) bytes += i % 3 == 0 ? "é" : i % 3 == 1 ? "語" : "😀";
  EXPECT_EQ(decode(bytes).text, bytes);
  EXPECT_EQ(decode(bytes, {}, 7).text, bytes);
}

}  // namespace
}  // namespace plumbline
