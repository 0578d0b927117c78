#include "nlp/fast_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/analyze.h"
#include "nlp/fast_reading.h"
#include "nlp/learn/word_counts.h"
#include "nlp/model_bytes.h"

namespace plumbline {
namespace {

const std::vector<CountedWord>& some_words() {
  static const std::vector<CountedWord> kWords = {
      {"recommend", 500}, {"great", 9000}, {"greet", 90},         {"thanks", 8000},
      {"think", 7000},    {"thinks", 300}, {"broken", 400},       {"support", 900},
      {"form", 600},      {"from", 9000},  {"hose", 200},         {"horse", 300},
      {"house", 900},     {"quaint", 6},   {"international", 300}};
  return kWords;
}

std::shared_ptr<const FastWords> known() {
  auto words = FastWords::read(pack_fast_words(some_words()), "here");
  EXPECT_TRUE(words.has_value()) << describe(words.error());
  return std::make_shared<const FastWords>(std::move(words).value());
}

std::string meant(std::string_view word) {
  std::string out;
  return known()->meant(word, out) ? out : "-";
}

TEST(FastWords, ReadsSlipsAsTheWordMeant) {
  const struct {
    const char *word, *expected;
  } cases[] = {
      {"recommned", "recommend"},         // swapped
      {"recomend", "recommend"},          // left out
      {"reccommend", "recommend"},        // put in
      {"recpmmend", "recommend"},         // the key beside it
      {"recxmmend", "recommend"},         // any key
      {"recommendd", "recommend"},        // at the end
      {"internationl", "international"},  //
      {"thakns", "thanks"},               // a swap goes before the rest
      {"thinkd", "think"},                // a letter too many goes before another letter
      {"grewt", "great"},  // of two that lie beside it on the keyboard the common one
      {"hoyse", "hose"},   // and before a neighbour
      {"grert",
       "greet"},         // the neighbour goes before another letter, though "great" is more common
      {"forn", "form"},  // a letter replaced
      {"frmo", "from"},  //
      {"suport", "support"},  //
      {"eecommend", "-"},     // the first letter is trusted
      {"quaimt", "-"},        // too rare to be meant
      {"recmomned", "-"},     // two slips
      {"recommend", "-"},     // known
      {"quaint", "-"},        // known, though rare
      {"fro", "-"},           // short
      {"", "-"},
      {"don't", "-"},
      {"great\xC3\xA9", "-"},
      {"GREAY", "-"},  // not folded
      {"internationalizationn", "-"},
  };
  for (const auto& c : cases) EXPECT_EQ(meant(c.word), c.expected) << c.word;
}

// Every word one slip away, made slowly, is read as a known word, and that one is one slip away.
TEST(FastWords, FindsEachSlipOfAWord) {
  const auto words = known();
  const std::string word = "recommend";
  std::string out;
  const auto expect = [&](const std::string& slip) {
    if (slip == word) return;
    ASSERT_TRUE(words->meant(slip, out)) << slip;
    EXPECT_EQ(out, word) << slip;
  };
  for (std::size_t i = 1; i < word.size(); ++i) {
    std::string slip = word;
    if (i + 1 < word.size()) {
      std::swap(slip[i], slip[i + 1]);
      expect(slip);
    }
    expect(word.substr(0, i) + word.substr(i + 1));
    for (char letter = 'a'; letter <= 'z'; ++letter) {
      slip = word;
      slip[i] = letter;
      expect(slip);
      expect(word.substr(0, i) + letter + word.substr(i));
      expect(word + letter);
    }
  }
}

TEST(FastWords, RefusesBrokenFiles) {
  const std::string good = pack_fast_words(some_words());
  const auto sealed = [](std::string bytes) {
    put_u64(bytes, hash64(bytes));
    return bytes;
  };
  std::string flipped = good, swapped = good.substr(0, good.size() - 8);
  flipped[20] = static_cast<char>(flipped[20] ^ 1);
  std::swap_ranges(swapped.begin() + 12, swapped.begin() + 18, swapped.begin() + 18);
  std::string more = good.substr(0, good.size() - 8), none = more;
  more[8] = static_cast<char>(more[8] + 1);
  none[17] = 0;  // how common the first is
  const struct {
    std::string bytes;
    const char* says;
  } cases[] = {{"", "does not begin"},          {"PLBFAST1 and more and more", "does not begin"},
               {good.substr(0, 15), "cut off"}, {good.substr(0, good.size() - 1), "damaged"},
               {good + "x", "damaged"},         {flipped, "damaged"},
               {sealed(more), "size"},          {sealed(swapped), "order"},
               {sealed(none), "order"}};
  for (const auto& c : cases) {
    const auto words = FastWords::read(c.bytes, "models/words.bin");
    ASSERT_FALSE(words.has_value()) << c.says;
    EXPECT_EQ(words.error().code, ErrorCode::parse);
    EXPECT_EQ(words.error().where, "models/words.bin");
    EXPECT_NE(words.error().message.find(c.says), std::string::npos) << words.error().message;
  }
  const auto empty = FastWords::read(pack_fast_words({}), "here");
  ASSERT_TRUE(empty.has_value());
  EXPECT_FALSE(empty->has("great"));
}

// The folded words of a text, those read as another in brackets.
std::string reading(std::string_view text, bool correct = true) {
  Lexicon lexicon;
  lexicon.rules["greaty"] = {};
  if (correct) lexicon.known = known();
  FastScratch scratch;
  read_fast(text, lexicon, "en", scratch);
  std::string out;
  for (const FastToken& token : scratch.tokens.tokens) {
    EXPECT_EQ(token.hash, fast_hash(scratch.tokens.arena.data() + token.at, token.length));
    const std::string word(scratch.tokens.folded(token));
    out += (out.empty() ? "" : " ") + (token.read_as ? "[" + word + "]" : word);
  }
  return out;
}

TEST(FastWords, ChangesOnlyWordsThatMayBeSlips) {
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"I recomend it, thansk", "i [recommend] it  [thanks]"},
      {"Great, thanks", "great  thanks"},
      {"#recomend #SuportUs", "recomend suport us"},
      {"GREAY HOUSR", "greay housr"},               // short, in capitals: a name, as NASA
      {"RECOMMEDN it", "[recommend] it"},           // long
      {"@recomend https://suport.example", "@ /"},  // handles and links
      {"greaty greatt", "greaty [great]"},          // the word list knows the first
      {"supp\xC3\xB6rt", "supp\xC3\xB6rt"},
      {"s*pport h0use", "s*pport house"},
  };
  for (const auto& c : cases) EXPECT_EQ(reading(c.text), c.expected) << c.text;
  EXPECT_EQ(reading("I recomend it", false), "i recomend it");
}

TEST(FastWords, KeepsTheSpanAndExplains) {
  Lexicon lexicon;
  lexicon.known = known();
  FastScratch scratch, right;
  const std::string text = "I recomend it";
  read_fast(text, lexicon, "en", scratch);
  read_fast("I recommend it", lexicon, "en", right);
  EXPECT_EQ(scratch.slots, right.slots);
  EXPECT_EQ(scratch.tokens.tokens[1].span, (Span{2, 10}));
  const auto analyzer = Analyzer::load();
  ASSERT_TRUE(analyzer.has_value()) << describe(analyzer.error());
  Document document;
  document.text = "The pump is excelent and I love it, really amazing";
  bool told = false;
  for (const Reason& reason : analyzer->explain(document, analyzer->analyze(document)))
    told = told || (reason.rule == "word, read as excellent" && reason.span == Span{12, 20});
  EXPECT_TRUE(told);
}

TEST(FastWords, OnlyEnglishIsRead) {
  const auto analyzer = Analyzer::load();
  ASSERT_TRUE(analyzer.has_value());
  const auto told = [&](std::string text) {
    Document document;
    document.text = std::move(text);
    for (const Reason& reason : analyzer->explain(document, analyzer->analyze(document)))
      if (reason.rule.find("read as") != std::string::npos) return true;
    return false;
  };
  EXPECT_TRUE(told("This was a terible experience and they never answered my emails"));
  EXPECT_FALSE(told("Die Pumpe ist terible und der Service hat leider nie geantwortet, schade"));
  EXPECT_FALSE(told("La pompe est terible et le service ne m'a jamais rien dit, quel dommage"));
}

TEST(FastWords, GoWithTheirModel) {
  const auto folder = std::filesystem::temp_directory_path() / "plumbline_fast_words_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string own = (folder / "own.bin").string(), fast = (folder / "fast.bin").string();
  const auto name = [](const std::string& file, bool shifted) {
    const auto words = FastWords::of_model(file, shifted);
    return !words ? words.error().message : *words == nullptr ? "none" : (*words)->name();
  };
  const std::string built_in = name({}, false);
  EXPECT_EQ(built_in.rfind("words-", 0), 0u);
  EXPECT_EQ(name(fast, false), "none");
  EXPECT_EQ(name(own, true), built_in);  // a shift of the built-in model
  std::ofstream(fast, std::ios::binary) << embedded("models/fast.bin");
  EXPECT_EQ(name(own, true), "none");
  const auto without = Analyzer::load({}, {fast, {}, {}});
  ASSERT_TRUE(without.has_value()) << describe(without.error());
  std::ofstream(folder / "words.bin", std::ios::binary) << pack_fast_words(some_words());
  EXPECT_EQ(name(own, true), known()->name());
  const auto with = Analyzer::load({}, {fast, {}, {}});
  ASSERT_TRUE(with.has_value()) << describe(with.error());
  EXPECT_NE(with->version(), without->version());
  std::ofstream(folder / "words.bin", std::ios::binary) << "PLBWORD1 and no more of it";
  const auto broken = Analyzer::load({}, {fast, {}, {}});
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().where, (folder / "words.bin").string());
  std::filesystem::remove_all(folder);
}

TEST(FastWords, BuiltInOnesAreSmall) {
  EXPECT_LT(embedded("models/words.bin").size(), 250000u);
  const auto words = FastWords::of_model({}, false);
  ASSERT_TRUE(words.has_value() && *words != nullptr);
  for (const char* word : {"terrible", "excellent", "abysmal", "support", "quality"})
    EXPECT_TRUE((*words)->has(word)) << word;
}

TEST(FastWords, TimeIsLinear) {
  Lexicon lexicon;
  lexicon.known = known();
  FastScratch scratch;
  std::string text;
  std::uint64_t state = 1;
  while (text.size() < (1U << 20)) {  // none of them known
    for (std::uint64_t bits = state = fast_mix(state + 1); bits > 0; bits >>= 5)
      text += static_cast<char>('a' + bits % 26);
    text += ' ';
  }
  const auto begin = std::chrono::steady_clock::now();
  read_fast(text, lexicon, "en", scratch);
  read_fast(std::string(1 << 20, 'q') + std::string(1 << 20, 'x'), lexicon, "en", scratch);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took.count(), 2.0);
}

TEST(WordCounts, CountTextsAndKeepListedWords) {
  WordCounts counts;
  FastTokens tokens;
  for (const char* text : {"great great pump", "great #pumps pump", "greet pump hi"}) {
    split_fast(text, {}, tokens);
    counts.add(tokens);
  }
  const std::vector<CountedWord> expected = {
      {"awful", kLeastTextsOfMeant}, {"great", 2}, {"pump", 3}};
  EXPECT_EQ(counts.common(2, {{"awful"}, {}}), expected);
  const auto listed = listed_words(built_in_languages());
  EXPECT_EQ(std::count(listed.begin(), listed.end(), "abysmal"), 1);
}

}  // namespace
}  // namespace plumbline
