#include "nlp/unigram.h"

#include <gtest/gtest.h>
#include <unicode/utf8.h>

#include <chrono>

#include "nlp/pieces.h"

namespace plumbline {
namespace {

// "_" stands for U+2581.
std::string unigram_vocabulary() {
  std::string out;
  const char* const lines[] = {"<s>\t0",
                               "<pad>\t0",
                               "</s>\t0",
                               "<unk>\t0",
                               "_\t-4",
                               "_the\t-4",
                               "_pump\t-8",
                               "_pu\t-7",
                               "mp\t-7",
                               "s\t-5",
                               ".\t-3.5",
                               "!\t-4",
                               "_l\t-6",
                               "'\t-5",
                               "h\xC3\xB4se\t-9",
                               "e\t-5",
                               "_@\t-8",
                               "user\t-9",
                               "_http\t-9",
                               "_N\t-8",
                               "ever\t-8",
                               "_Again\t-9",
                               "_15\t-8",
                               "\xF0\x9F\x98\x80\t-9",
                               "\xE5\xBE\x88\t-9",
                               "\xE5\xA5\xBD\t-9",
                               "\xE5\xBE\x88\xE5\xA5\xBD\t-12",
                               "f\t-7",
                               "i\t-6",
                               "_\xE0\xA4\xB9\t-9",
                               "\xE0\xA4\xBF\t-8",
                               "_x\t-9",
                               "y\t-8"};
  for (const std::string line : lines) {
    for (const char each : line)
      out += each == '_' ? std::string("\xE2\x96\x81") : std::string(1, each);
    out += '\n';
  }
  return out;
}

const UnigramPieces& unigram_pieces() {
  static const Result<UnigramPieces> read = UnigramPieces::read(unigram_vocabulary());
  return *read;
}

std::vector<std::string> cut(const std::string& text) {
  std::vector<std::string> names;
  std::string kept = unigram_vocabulary();
  for (std::string_view rest = kept; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
    std::string name(rest.substr(0, rest.find('\t')));
    if (name.starts_with("\xE2\x96\x81")) name = "_" + name.substr(3);
    names.push_back(name);
  }
  std::vector<TextPiece> found;
  unigram_pieces().cut(text, 64, found);
  std::vector<std::string> out;
  for (const TextPiece& each : found)
    out.push_back((each.starts_word ? "" : "+") + names[static_cast<std::size_t>(each.id)] + "=" +
                  text.substr(each.span.begin, each.span.end - each.span.begin));
  return out;
}

TEST(UnigramPieces, CutsAndKnowsThePlaces) {
  const struct {
    const char* name;
    const char* text;
    std::vector<std::string> expected;  // between <s> and </s>
  } cases[] = {
      {"likeliest, not longest", "pumps", {"_pump=pump", "+s=s"}},
      {"words and marks", "the  pump.\n", {"_the=the", "_pump=pump", ".=."}},
      {"case stays", "The", {"_=", "<unk>=Th", "+e=e"}},
      {"a letter behind a mark starts a word",
       "l'h\xC3\xB4se",
       {"_l=l", "'='", "h\xC3\xB4se=h\xC3\xB4se"}},
      {"accents apart are composed", "l'ho\xCC\x82se", {"_l=l", "'='", "h\xC3\xB4se=ho\xCC\x82se"}},
      {"ligature", "e\xEF\xAC\x81", {"_=", "e=e", "+f=\xEF\xAC\x81", "+i=\xEF\xAC\x81"}},
      {"no-break space", "the\xC2\xA0pump", {"_the=the", "_pump=pump"}},
      {"its own mark is a blank", "the\xE2\x96\x81pump", {"_the=the", "_pump=pump"}},
      {"handle", "@anna_b pump", {"_@=@anna_b", "user=@anna_b", "_pump=pump"}},
      {"link", "https://example.org/x?y pump", {"_http=https://example.org/x?y", "_pump=pump"}},
      {"hashtag", "#NeverAgain15", {"_N=N", "+ever=ever", "_Again=Again", "_15=15"}},
      {"emoji", "\xF0\x9F\x98\x80\xF0\x9F\x8F\xBD", {"_=", "\xF0\x9F\x98\x80=\xF0\x9F\x98\x80"}},
      {"no blanks in between",
       "\xE5\xBE\x88\xE5\xA5\xBD",
       {"_=", "\xE5\xBE\x88\xE5\xA5\xBD=\xE5\xBE\x88\xE5\xA5\xBD"}},
      {"sign of a vowel",
       "\xE0\xA4\xB9\xE0\xA4\xBF",
       {"_\xE0\xA4\xB9=\xE0\xA4\xB9", "+\xE0\xA4\xBF=\xE0\xA4\xBF"}},
      {"zero width space is not seen", "pu\xE2\x80\x8Bmp", {"_pump=pu\xE2\x80\x8Bmp"}},
      {"unknown ones are one", "\xD0\xBF\xD1\x80!", {"_=", "<unk>=\xD0\xBF\xD1\x80", "!=!"}},
      {"empty", "", {}},
      {"only blanks", " \t\n ", {}},
  };
  for (const auto& one : cases) {
    std::vector<std::string> expected = {"<s>="};
    expected.insert(expected.end(), one.expected.begin(), one.expected.end());
    expected.emplace_back("</s>=");
    EXPECT_EQ(cut(one.text), expected) << one.name;
  }
}

TEST(UnigramPieces, AnyTextHasAscendingSpansOnCharacterBorders) {
  const std::string letters[] = {"a",
                                 "pump",
                                 " ",
                                 "@",
                                 "#",
                                 "_",
                                 "N",
                                 "ever",
                                 "15",
                                 "'",
                                 "h\xC3\xB4",
                                 "\xCC\x82",
                                 "\xCC\xA3",
                                 "\xEF\xAC\x81",
                                 "\xF0\x9F\x98\x80",
                                 "\xF0\x9F\x8F\xBD",
                                 "\xE2\x80\x8D",
                                 "\xE0\xA4\xB9\xE0\xA5\x8D",
                                 "\xE5\xBE\x88",
                                 "https://x",
                                 "\n",
                                 "\xEF\xB7\xBA",
                                 "\xEA\xB0\x80",
                                 "\xE1\x84\x80\xE1\x85\xA1",
                                 "\xEF\xBF\xBD",
                                 "\xE2\x96\x81"};
  std::uint64_t random = 5;
  std::vector<TextPiece> found;
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (int i = 0; i < round % 40; ++i) {
      random = random * 6364136223846793005U + 1442695040888963407U;
      text += letters[(random >> 33U) % std::size(letters)];
    }
    const std::size_t most = static_cast<std::size_t>(round % 90);
    unigram_pieces().cut(text, most, found);
    ASSERT_GE(found.size(), 2U);
    ASSERT_LE(found.size(), std::max<std::size_t>(most, 2));
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Span span = found[i].span;
      ASSERT_LE(span.begin, span.end) << text;
      ASSERT_LE(span.end, text.size()) << text;
      for (const std::size_t border : {span.begin, span.end})
        ASSERT_TRUE(border == text.size() || !U8_IS_TRAIL(text[border])) << text;
      ASSERT_GE(found[i].id, 0);
      ASSERT_LT(static_cast<std::size_t>(found[i].id), unigram_pieces().size());
      ASSERT_GE(span.begin, i > 0 ? found[i - 1].span.begin : 0) << text;
    }
  }
}

TEST(UnigramPieces, LongTextsAndLongWordsTakeLinearTime) {
  const std::string word(1 << 20, 'e'), marks = "a" + [] {
    std::string out;
    for (int i = 0; i < (1 << 18); ++i) out += "\xCC\x82\xCC\xA3";
    return out;
  }();
  std::vector<TextPiece> found;
  const auto start = std::chrono::steady_clock::now();
  for (const std::string* text : {&word, &marks}) {
    unigram_pieces().cut(*text, text->size() + 10, found);
    EXPECT_EQ(found.back().span.end, text->size());
    EXPECT_GT(found.size(), 2U);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Pieces, AreReadByWhatTheVocabularySays) {
  const Result<Pieces> many = Pieces::read(unigram_vocabulary());
  ASSERT_TRUE(many) << describe(many.error());
  EXPECT_EQ(many->size(), unigram_pieces().size());
  const Result<Pieces> english = Pieces::read("[UNK]\n[CLS]\n[SEP]\npump\n");
  ASSERT_TRUE(english) << describe(english.error());
  std::vector<TextPiece> found;
  english->cut("Pump", 8, found);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[1].id, 3);
  EXPECT_FALSE(Pieces::read(""));
  EXPECT_FALSE(Pieces::read("<s>\t0\n</s>\t0\nx\t-1\n")) << "no <unk>";
  EXPECT_FALSE(Pieces::read("<s>\t0\n</s>\t0\n<unk>\t0\nx\n")) << "no score";
  EXPECT_FALSE(Pieces::read("<s>\t0\n</s>\t0\n<unk>\t0\nx\tnan\n"));
  EXPECT_FALSE(Pieces::read("<s>\t0\n</s>\t0\n<unk>\t0\nx\t-1 \n"));
}

}  // namespace
}  // namespace plumbline
