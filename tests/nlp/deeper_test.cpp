#include "nlp/deeper.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "base/embedded.h"
#include "nlp/analyze.h"
#include "nlp/fast_model.h"
#include "nlp/tensor_file.h"

namespace plumbline {
namespace {

class Deeper : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto read = FullModel::open(embedded("models/full.safetensors"));
    ASSERT_TRUE(read) << describe(read.error());
    english_ = std::make_shared<const FullModel>(std::move(*read));
    models_ = new FullModels(english_, embedded("models/many.safetensors"));
    analyzer_ = new Result<Analyzer>(Analyzer::load());
  }
  static void TearDownTestSuite() {
    delete models_;
    delete analyzer_;
    models_ = nullptr;
    english_ = nullptr;
    analyzer_ = nullptr;
  }
  void SetUp() override {
    ASSERT_NE(models_, nullptr);
    ASSERT_TRUE(*analyzer_) << describe(analyzer_->error());
  }

  static std::vector<Analysis> fast(const std::vector<Document>& documents) {
    std::vector<Analysis> out;
    for (const Document& each : documents) out.push_back((*analyzer_)->analyze(each));
    return out;
  }
  static void deepen(Tier tier, const std::vector<Document>& documents,
                     std::vector<Analysis>& said) {
    std::vector<FastRead> reads;
    for (std::size_t i = 0; i < documents.size(); ++i) reads.push_back({&documents[i], &said[i]});
    read_deeper(*models_, **analyzer_, {tier}, reads);
  }
  static std::vector<Document> documents(std::initializer_list<const char*> texts) {
    std::vector<Document> out;
    for (const char* text : texts) {
      Document& document = out.emplace_back();
      document.text = text;
      document.lang = "en";
    }
    return out;
  }

  static std::shared_ptr<const FullModel> english_;
  static FullModels* models_;
  static Result<Analyzer>* analyzer_;
};
std::shared_ptr<const FullModel> Deeper::english_;
FullModels* Deeper::models_ = nullptr;
Result<Analyzer>* Deeper::analyzer_ = nullptr;

TEST_F(Deeper, FindsWhatIsPraisedAndWhatIsBlamed) {
  const std::vector<Document> given =
      documents({"The pizza was wonderful but the waiter was rude."});
  std::vector<Analysis> said = fast(given);
  deepen(Tier::full, given, said);
  const auto label_at = [](const Analysis& analysis, const std::string& text, const char* word) {
    const std::size_t at = text.find(word);
    for (const AspectFinding& each : analysis.aspects)
      if (each.span.begin <= at && at < each.span.end) return each.label;
    ADD_FAILURE() << word << " was not found";
    return Polarity::neutral;
  };
  EXPECT_EQ(label_at(said[0], given[0].text, "pizza"), Polarity::positive);
  EXPECT_EQ(label_at(said[0], given[0].text, "rude"), Polarity::negative);
  for (const Analysis& each : said) {
    EXPECT_EQ(each.tier, "full");
    EXPECT_EQ(each.model.find(english_->version()), 0U) << each.model;
  }
}

TEST_F(Deeper, ACascadeAsksOnlyWhereTheFastTierIsUnsure) {
  const std::vector<Document> given = documents({"I absolutely love this, thank you so much!!!",
                                                 "well, that happened on the way to the office"});
  std::vector<Analysis> said = fast(given);
  said[0].sentiment = {Polarity::positive, 0.96F, 0.01F, 0.02F, 0.97F};
  said[1].sentiment = {Polarity::neutral, 0, 0.33F, 0.34F, 0.33F};
  deepen(Tier::cascade, given, said);
  EXPECT_EQ(said[0].tier, "fast");
  EXPECT_EQ(said[1].tier, "full");
  std::vector<Analysis> untouched = fast(given);
  deepen(Tier::fast, given, untouched);
  EXPECT_EQ(untouched[0].tier, "fast");
}

TEST_F(Deeper, AShareOfTextsHasItsBorder) {
  EXPECT_FLOAT_EQ(border_of_share(0), 0);
  EXPECT_NEAR(border_of_share(0.2F), 0.168F, 1e-6F);
  EXPECT_NEAR(border_of_share(0.45F), (0.355F + 0.46F) / 2, 1e-6F);
  EXPECT_GT(border_of_share(1), 1);  // everything
  for (float share = 0.01F; share < 0.995F; share += 0.01F)
    EXPECT_LT(border_of_share(share), border_of_share(share + 0.01F)) << share;
  // A larger share reads more.
  const std::vector<Document> given = documents(
      {"It is a pump.", "Well, it works, more or less.", "I love it so much!", "Nice but loud.",
       "The worst pump ever", "It came on Tuesday in a box", "Could be worse", "Not bad at all"});
  std::size_t last = 0;
  for (const float share : {0.05F, 0.5F, 1.0F}) {
    std::vector<Analysis> said = fast(given);
    std::vector<FastRead> reads;
    for (std::size_t i = 0; i < given.size(); ++i) reads.push_back({&given[i], &said[i]});
    read_deeper(*models_, **analyzer_, {Tier::cascade, share}, reads);
    const auto read = static_cast<std::size_t>(
        std::ranges::count(said, "full", [](const Analysis& each) { return each.tier; }));
    EXPECT_GE(read, last) << share;
    last = read;
  }
  EXPECT_EQ(last, given.size());
}

TEST_F(Deeper, TheTitleIsReadAndItsTermsAreNotSpansOfTheText) {
  std::vector<Document> given = documents({"Nobody came to help us."});
  given[0].title = "Terrible service at this hotel";
  std::vector<Analysis> said = fast(given);
  deepen(Tier::full, given, said);
  EXPECT_EQ(said[0].sentiment.label, Polarity::negative);
  for (const AspectFinding& each : said[0].aspects) EXPECT_LE(each.span.end, given[0].text.size());
}

TEST_F(Deeper, TellsWhichWordsWeighed) {
  const std::vector<Document> given = documents({"The hose is terrible."});
  std::vector<Analysis> said = fast(given);
  deepen(Tier::full, given, said);
  const std::vector<Reason> why = explain_deeper(*models_, **analyzer_, given[0], said[0]);
  std::vector<Reason> left_out, fast_words;
  for (const Reason& each : why) {
    if (each.rule == "word left out") left_out.push_back(each);
    if (each.rule == "word") fast_words.push_back(each);
  }
  ASSERT_EQ(left_out.size(), 4U);
  EXPECT_FALSE(fast_words.empty());  // the fast tier is a part of what was said
  for (const auto* list : {&left_out, &fast_words}) {
    const Reason& strongest = *std::ranges::max_element(
        *list, {}, [](const Reason& each) { return std::abs(each.weight); });
    EXPECT_EQ(given[0].text.substr(strongest.span.begin, strongest.span.end - strongest.span.begin),
              "terrible");
    EXPECT_LT(strongest.weight, 0);
  }
}

TEST_F(Deeper, TellsOfALongTextBySentences) {
  std::string text = "The hose is terrible and I hate it.";
  for (int i = 0; i < 12; ++i) text += " The box came on a Monday in the morning.";
  const std::vector<Document> given = documents({text.c_str()});
  std::vector<Analysis> said = fast(given);
  deepen(Tier::full, given, said);
  std::vector<Reason> alone;
  for (const Reason& each : explain_deeper(*models_, **analyzer_, given[0], said[0]))
    if (each.rule == "sentences alone") alone.push_back(each);
  ASSERT_GE(alone.size(), 5U);
  EXPECT_LE(alone.size(), 12U);
  EXPECT_EQ(alone.front().span.begin, 0U);
  EXPECT_EQ(alone.back().span.end, text.size());
  const auto lowest = std::ranges::min_element(alone, {}, &Reason::weight);
  EXPECT_EQ(lowest - alone.begin(), 0);
  EXPECT_LT(lowest->weight, -1);
}

TEST_F(Deeper, OtherHandlesAndLinksChangeNothing) {
  const std::vector<Document> given =
      documents({"@anna the new hose leaks https://example.org/a",
                 "@someone_else the new hose leaks https://example.com/b?c=d"});
  std::vector<Analysis> said = fast(given);
  deepen(Tier::full, given, said);
  EXPECT_EQ(said[0].sentiment.score, said[1].sentiment.score);
  EXPECT_EQ(said[0].emotion.scores, said[1].emotion.scores);
}

TEST_F(Deeper, DisguisedWordsAreReadAsMeant) {
  const std::vector<Document> given = documents(
      {"I hate it, the pump is awful", "I h4te it, the pump is \xD0\xB0wful", "\U0001F621"});
  std::vector<Analysis> said = fast(given);
  const Polarity emoji = said[2].sentiment.label;
  deepen(Tier::full, given, said);
  EXPECT_EQ(said[0].sentiment.label, Polarity::negative);
  EXPECT_FLOAT_EQ(said[1].sentiment.score, said[0].sentiment.score);
  ASSERT_EQ(said[1].statements.size(), said[0].statements.size());
  for (std::size_t i = 0; i < said[1].statements.size(); ++i) {
    const Span span = said[1].statements[i].span;
    EXPECT_EQ(span.begin, said[0].statements[i].span.begin);
    EXPECT_EQ(span.end, said[0].statements[i].span.end + 1);  // the letter takes two bytes
  }
  // An emoji alone stays what the fast tier, which learned it, said.
  EXPECT_EQ(emoji, Polarity::negative);
  EXPECT_EQ(said[2].sentiment.label, emoji);
  EXPECT_EQ(said[2].tier, "fast");
}

TEST_F(Deeper, OtherLanguagesKeepTheFastAnswer) {
  std::vector<Document> given =
      documents({"De pomp is helaas alweer lek en niemand geeft mij antwoord."});
  given[0].lang = "nl";
  std::vector<Analysis> said = fast(given);
  ASSERT_EQ(said[0].lang, "nl");
  deepen(Tier::full, given, said);
  EXPECT_EQ(said[0].tier, "fast");
}

TEST_F(Deeper, EachLanguageIsReadByTheModelThatLearnedIt) {
  const auto file = TensorFile::read(embedded("models/full.safetensors"));
  ASSERT_TRUE(file);
  const std::string bytes = write_tensors(file->tensors(), {{"languages", "de en fr"}});
  const FullModels models(english_, bytes);
  EXPECT_EQ(models.of("en"), english_.get());
  EXPECT_EQ(models.of("und"), english_.get());
  EXPECT_FALSE(models.reads("nl"));
  EXPECT_EQ(models.of("nl"), nullptr);
  ASSERT_TRUE(models.reads("de"));
  ASSERT_NE(models.of("de"), nullptr);
  EXPECT_NE(models.of("de"), english_.get());
  EXPECT_EQ(models.of("de"), models.of("fr"));
  const std::string empty = write_tensors({}, {{"languages", "xx"}});
  const FullModels broken(english_, empty);
  EXPECT_EQ(broken.of("xx"), nullptr) << "what cannot be read reads nothing";
  EXPECT_EQ(broken.of("en"), english_.get());
  const FullModels alone(english_, std::string_view());
  EXPECT_EQ(alone.of("en"), english_.get());
}

TEST_F(Deeper, OneModelSaysAllOfAnEnglishText) {
  Document document;
  document.text = "The pizza was fine but my order came an hour late and nobody said sorry.";
  Analysis analysis = (*analyzer_)->analyze(document);
  const FastRead reads[] = {{&document, &analysis}};
  read_deeper(*models_, **analyzer_, {Tier::full}, reads);
  EXPECT_EQ(analysis.model, english_->version());
  EXPECT_TRUE(english_->states("en"));
  const auto pain =
      std::ranges::find(analysis.statements, StatementKind::pain, &StatementSpan::kind);
  ASSERT_NE(pain, analysis.statements.end());
  EXPECT_LT(pain->span.begin, document.text.find("an hour late"));
}

TEST_F(Deeper, LongTextsAreReadToTheirEnd) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "We sat in row nine and the bus left at noon. ";
  text += "The battery dies by noon every single day and it drives me mad.";
  const std::vector<Document> given = documents({text.c_str()});
  std::vector<Analysis> said = fast(given);
  said[0].statements.clear();
  deepen(Tier::full, given, said);
  const bool found = std::ranges::any_of(said[0].statements, [&](const StatementSpan& each) {
    return each.kind == StatementKind::pain && each.span.end > text.size() - 30;
  });
  EXPECT_TRUE(found);
}

TEST_F(Deeper, LanguagesItLearnedGetTheMeanOfBothTiers) {
  ASSERT_TRUE(models_->reads("de"));
  std::vector<Document> given =
      documents({"Die Pumpe ist leider schon wieder undicht und niemand antwortet mir."});
  given[0].lang = "de";
  const std::vector<Analysis> before = fast(given);
  std::vector<Analysis> said = before;
  deepen(Tier::full, given, said);
  EXPECT_EQ(said[0].tier, "full");
  EXPECT_EQ(said[0].model, models_->of("de")->version());
  EXPECT_NE(said[0].sentiment.score, before[0].sentiment.score);
  EXPECT_EQ(said[0].emotion.scores, before[0].emotion.scores) << "only what it learned there";
  const Sentiment& mood = said[0].sentiment;
  EXPECT_NEAR(mood.negative + mood.neutral + mood.positive, 1, 1e-4);
}

TEST_F(Deeper, InEnglishAThirdIsTheFastTiersWord) {
  const std::vector<Document> given = documents({"The pump hums a little, but I got used to it."});
  const std::vector<Analysis> before = fast(given);
  std::vector<Analysis> said = before;
  deepen(Tier::full, given, said);
  const FullReading alone = english_->read({{given[0].text}})[0];
  const auto odds = [](float one, float other) { return std::log(one / other); };
  const auto mean = [](float fast, float full) { return (0.33F * fast + 0.67F * full) / 0.87F; };
  const auto for_mood = [&](const Sentiment& mood) { return odds(mood.positive, mood.negative); };
  EXPECT_NEAR(for_mood(said[0].sentiment),
              mean(for_mood(before[0].sentiment), for_mood(alone.sentiment)), 1e-3);
  const auto for_feeling = [&](const auto& scores) { return odds(scores[0], scores[1]); };
  EXPECT_NEAR(for_feeling(said[0].emotion.scores),
              mean(for_feeling(before[0].emotion.scores), for_feeling(alone.emotion)), 1e-3);
}

TEST_F(Deeper, OwnLabelsShiftTheFullTierToo) {
  FastShift shift;
  shift.bias = {2, 0, -2};
  const auto file = shift_fast_model(embedded("models/fast.bin"), shift);
  ASSERT_TRUE(file) << describe(file.error());
  const std::string path = testing::TempDir() + "/deeper_own.bin";
  std::ofstream(path, std::ios::binary) << *file;
  const auto own = Analyzer::load({}, {path, {}, {}});
  ASSERT_TRUE(own) << describe(own.error());
  const std::vector<Document> given = documents({"The pump is all right, I think."});
  std::vector<Analysis> plain = fast(given), taught = {own->analyze(given[0])};
  deepen(Tier::full, given, plain);
  const std::vector<FastRead> reads = {{given.data(), taught.data()}};
  read_deeper(*models_, *own, {Tier::full}, reads);
  // Whole, and a third of it within the mean, whose heat is .87.
  const auto ahead = [](const Analysis& said) {
    return std::log(said.sentiment.negative / said.sentiment.positive);
  };
  EXPECT_NEAR(ahead(taught[0]) - ahead(plain[0]), 4 + 4 * 0.33F / 0.87F, 0.05F);
}

TEST_F(Deeper, ReadingAgainChangesNothing) {
  std::vector<Document> given = documents({"The pump hums a little, but I got used to it.",
                                           "Die Pumpe ist leider schon wieder undicht."});
  given[1].lang = "de";
  std::vector<Analysis> said = fast(given);
  deepen(Tier::full, given, said);
  std::vector<Analysis> again = said;
  deepen(Tier::full, given, again);
  std::vector<Analysis> other = said;  // what a model that is no more there said, is said anew
  for (Analysis& each : other) each.model = "full-00000000", each.sentiment.score = 7;
  deepen(Tier::full, given, other);
  for (std::size_t i = 0; i < given.size(); ++i) {
    EXPECT_EQ(again[i].sentiment.score, said[i].sentiment.score) << i;
    EXPECT_EQ(again[i].emotion.scores, said[i].emotion.scores) << i;
    EXPECT_EQ(other[i].sentiment.score, said[i].sentiment.score) << i;
    EXPECT_EQ(other[i].emotion.scores, said[i].emotion.scores) << i;
    EXPECT_EQ(other[i].statements.size(), said[i].statements.size()) << i;
    EXPECT_EQ(other[i].model, said[i].model) << i;
  }
}

TEST_F(Deeper, StatementsAreThoseOfTheFullTierWithTopics) {
  struct Case {
    const char *lang, *text, *said;
    StatementKind kind;
  };
  const Case cases[] = {
      {"en", "Mostly harmless. My phone battery dies by noon every single day.", "battery dies",
       StatementKind::pain},
      {"de", "Der Akku hält keine zwei Stunden, jeden Tag das gleiche Theater.", "Akku hält",
       StatementKind::pain},
      {"fr", "Est-ce que quelqu'un sait si la livraison marche aussi en Belgique ?", "la livraison",
       StatementKind::question},
      {"es", "Estoy pensando en comprarme esta lavadora la semana que viene.", "comprarme",
       StatementKind::buying}};
  for (const Case& each : cases) {
    std::vector<Document> given = documents({each.text});
    given[0].lang = each.lang;
    std::vector<Analysis> said = fast(given);
    said[0].statements = {{StatementKind::promise, "", {0, 4}, Holder::author, Tense::present}};
    deepen(Tier::full, given, said);
    const auto found = std::ranges::find(said[0].statements, each.kind, &StatementSpan::kind);
    ASSERT_NE(found, said[0].statements.end()) << each.text;
    const std::string_view span(each.text + found->span.begin, found->span.end - found->span.begin);
    EXPECT_NE(span.find(each.said), std::string_view::npos) << span;
    EXPECT_FALSE(found->topic.empty()) << each.text;
    for (const StatementSpan& one : said[0].statements)
      EXPECT_NE(one.kind, StatementKind::promise) << "the fast tier's are replaced";
  }
}

}  // namespace
}  // namespace plumbline
