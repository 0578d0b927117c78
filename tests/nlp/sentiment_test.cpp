#include "nlp/sentiment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "nlp/symbols.h"

namespace plumbline {
namespace {

constexpr std::string_view kWeights =
    "<bias>\t0\t-1\n<blame>\t-6\t3\n<praise>\t6\t3\n<exclaim>\t0\t0.5\n"
    "waste of\t-3\t1\n😡\t-3\t1\n:(\t-3\t1\n:)\t3\t1\ndelig*\t4\t2\nfine\t2\t1\n~fine\t-1\t1\n";

Lexicon lexicon() {
  Lexicon out;
  const std::vector<LanguageFile> files = {
      {"about.txt", "name: Test\nlevel: lexicon\n"},
      {"contrast.txt", "but\n"},
      {"intensifiers.tsv", "very\t1.5\nslightly\t0.5\n"},
      {"negators.txt", "not\ndon't\nない\tbefore\n"},
      {"weights.tsv", kWeights},
      {"words.tsv", "# by hand\ngood\t0.7\nbad\t-0.7\nenttäusch*\t-0.8\n美味\t0.8\n"}};
  EXPECT_TRUE(read_lexicon(files, "test", out).has_value());
  return out;
}

Sentiment of(std::string_view text) {
  static const Lexicon kLexicon = lexicon();
  Prepared prepared;
  prepare(text, prepared);
  return sentiment_of(prepared, kLexicon);
}

TEST(Sentiment, LabelsByWordsAndRules) {
  const struct {
    const char* text;
    Polarity expected;
  } cases[] = {
      {"", Polarity::neutral},
      {"the pump", Polarity::neutral},
      {"good pump", Polarity::positive},
      {"bad pump", Polarity::negative},
      {"not good", Polarity::negative},
      {"I don't like it, good pump", Polarity::positive},  // a comma ends the reach
      {"delighted", Polarity::positive},
      {"waste of money", Polarity::negative},
      {"total 😡", Polarity::negative},
      {"my pump :-(", Polarity::negative},
      {"bad start but good end", Polarity::positive},
      {"good start but bad end", Polarity::negative},
      {"Enttäuschung", Polarity::negative},
      {"美味", Polarity::positive},
      {"美味しくない", Polarity::negative},
  };
  for (const auto& c : cases) EXPECT_EQ(of(c.text).label, c.expected) << c.text;
}

TEST(Sentiment, RulesMoveScore) {
  const struct {
    const char *less, *more;
  } cases[] = {{"good pump", "very good pump"},
               {"slightly good pump", "good pump"},
               {"a good pump", "a GOOD pump"},
               {"good pump", "goood pump :)"},
               {"good pump", "good pump!"},
               {"very bad pump", "bad pump"},
               {"not good", "fine"},
               {"not fine", "fine"}};
  for (const auto& c : cases)
    EXPECT_LT(of(c.less).score, of(c.more).score) << c.less << " < " << c.more;
}

TEST(Sentiment, ProbabilitiesSumToOne) {
  for (const char* text : {"", "good", "bad bad bad bad bad", "😡😡😡😡😡😡", "good bad"}) {
    const Sentiment s = of(text);
    EXPECT_NEAR(s.negative + s.neutral + s.positive, 1.0, 1e-5) << text;
    EXPECT_NEAR(s.score, s.positive - s.negative, 1e-6) << text;
    EXPECT_TRUE(s.negative >= 0 && s.neutral >= 0 && s.positive >= 0) << text;
  }
}

TEST(Sentiment, ExplainsInTextOrder) {
  const Lexicon lex = lexicon();
  Prepared prepared;
  const std::string text = "A very good start 😡 but not good";
  prepare(text, prepared);
  std::vector<Reason> reasons;
  explain_sentiment(prepared, lex, reasons);
  std::uint32_t last = 0;
  std::map<std::string, float> by_text;
  for (const Reason& reason : reasons) {
    EXPECT_LE(last, reason.span.begin);
    last = reason.span.begin;
    by_text[text.substr(reason.span.begin, reason.span.end - reason.span.begin)] = reason.weight;
  }
  EXPECT_LT(by_text["😡"], 0);
  EXPECT_LT(by_text["good"], 0);  // the last one, negated
  EXPECT_TRUE(by_text.count("start") == 0);
}

TEST(Lexicon, NamesFileAndLineOfMistake) {
  const struct {
    const char *file, *content, *where;
  } cases[] = {
      {"words.tsv", "# head\ngood\t0.7\nbad\n", "lang/x/words.tsv:3"},
      {"words.tsv", "good\t7\n", "lang/x/words.tsv:1"},
      {"words.tsv", "good\tnan\n", "lang/x/words.tsv:1"},
      {"words.tsv", "ab*\t1\n", "lang/x/words.tsv:1"},
      {"words.tsv", "\t1\n", "lang/x/words.tsv:1"},
      {"words.tsv", "\xFF\t1\n", "lang/x/words.tsv:1"},
      {"weights.tsv", "good\t1\n", "lang/x/weights.tsv:1"},
      {"negators.txt", "not\tafter\n", "lang/x/negators.txt:1"},
      {"intensifiers.tsv", "very\t9\n", "lang/x/intensifiers.tsv:1"},
      {"contrast.txt", "but\tyet\n", "lang/x/contrast.txt:1"},
      {"about.txt", "level: good\n", "lang/x/about.txt:1"},
      {"about.txt", "nmae: X\n", "lang/x/about.txt:1"},
  };
  for (const auto& c : cases) {
    Lexicon out;
    const Status status = read_lexicon({{c.file, c.content}}, "lang/x", out);
    ASSERT_FALSE(status.has_value()) << c.content;
    EXPECT_EQ(status.error().where, c.where);
    EXPECT_FALSE(status.error().message.empty());
  }
}

TEST(Symbols, FindsPlainForms) {
  const struct {
    const char* text;
    std::vector<std::string> expected;
  } cases[] = {
      {"", {}},
      {"plain text, no signs.", {}},
      {":) :-) =)) ;-)", {":)", ":)", ":)", ";)"}},
      {":-D :P", {":d", ":p"}},
      {":'( </3 <3", {":'(", "</3", "<3"}},
      {"at 10:30 (note:)", {}},
      {"Dogs: Pugs", {}},
      {"wait... what?!", {"<ellipsis>", "<question>", "<exclaim>"}},
      {"👍🏽❤️", {"👍", "❤"}},
      {"最高！", {"<exclaim>"}},
  };
  for (const auto& c : cases) {
    std::vector<std::string> names;
    const std::string_view text = c.text;
    Symbol symbol;
    std::uint32_t at = 0;
    while (next_symbol(text, at, static_cast<std::uint32_t>(text.size()), symbol))
      names.emplace_back(symbol.name);
    EXPECT_EQ(names, c.expected) << c.text;
  }
}

class Spans : public FeatureSink {
 public:
  explicit Spans(std::string_view text) : text_(text) {}
  void add(const Feature& feature) override {
    ok_ = ok_ && feature.span.begin <= feature.span.end && border(feature.span.begin) &&
          border(feature.span.end) && !feature.name.empty() && std::isfinite(feature.value) &&
          is_utf8(feature.name);
  }
  bool ok() const { return ok_; }

 private:
  bool border(std::size_t at) const {
    return at == text_.size() || (at < text_.size() && (text_[at] & 0xC0) != 0x80);
  }
  std::string_view text_;
  bool ok_ = true;
};

TEST(Features, StayOnBordersForNaughtyStrings) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/../shared/suites/strings/naughty.json");
  if (!in) GTEST_SKIP() << "needs ../shared/suites";
  const Lexicon lex = lexicon();
  for (const auto& item : nlohmann::json::parse(in)) {
    const std::string text = "not " + clean_utf8(item.get<std::string>()) + " but very";
    Prepared prepared;
    prepare(text, prepared);
    Spans sink(text);
    visit_features(prepared, whole(prepared), lex, sink);
    EXPECT_TRUE(sink.ok()) << text;
    for (const Word& word : prepared.words) {
      const TextPart part = clause_around(prepared, word.span, lex);
      ASSERT_LE(part.bytes.begin, word.span.begin);
      ASSERT_GE(part.bytes.end, word.span.end);
      Spans again(text);
      visit_features(prepared, part, lex, again);
      EXPECT_TRUE(again.ok()) << text;
    }
  }
}

TEST(Features, ClauseEndsAtContrast) {
  const Lexicon lex = lexicon();
  const std::string text = "The staff was good but the price is bad. Next one.";
  Prepared prepared;
  prepare(text, prepared);
  const auto clause = [&](std::string_view word) {
    const auto at = static_cast<std::uint32_t>(text.find(word));
    const TextPart part =
        clause_around(prepared, {at, at + static_cast<std::uint32_t>(word.size())}, lex);
    return text.substr(part.bytes.begin, part.bytes.end - part.bytes.begin);
  };
  EXPECT_EQ(clause("staff"), "The staff was good ");
  EXPECT_EQ(clause("price"), "but the price is bad. ");
  EXPECT_EQ(clause("Next"), "Next one.");
}

TEST(Sentiment, StaysLinear) {
  for (const char* piece : {"but ", "not good ", "😡", ":", "a", "...", "!", "美味しくない"}) {
    std::string text;
    while (text.size() < (1u << 19)) text += piece;
    const Sentiment s = of(text);
    EXPECT_TRUE(std::isfinite(s.score)) << piece;
  }
}

}  // namespace
}  // namespace plumbline
