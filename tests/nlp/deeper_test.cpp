#include "nlp/deeper.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/embedded.h"
#include "nlp/analyze.h"

namespace plumbline {
namespace {

class Deeper : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    model_ = new Result<FullModel>(FullModel::open(embedded("models/full.safetensors")));
    analyzer_ = new Result<Analyzer>(Analyzer::load());
  }
  static void TearDownTestSuite() {
    delete model_;
    delete analyzer_;
    model_ = nullptr;
    analyzer_ = nullptr;
  }
  void SetUp() override {
    ASSERT_TRUE(*model_) << describe(model_->error());
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
    read_deeper(**model_, tier, reads);
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

  static Result<FullModel>* model_;
  static Result<Analyzer>* analyzer_;
};
Result<FullModel>* Deeper::model_ = nullptr;
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
    EXPECT_EQ(each.model, (*model_)->version());
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
  const std::vector<Reason> why = explain_deeper(**model_, given[0]);
  ASSERT_EQ(why.size(), 4U);
  const Reason& strongest =
      *std::ranges::max_element(why, {}, [](const Reason& each) { return std::abs(each.weight); });
  EXPECT_EQ(given[0].text.substr(strongest.span.begin, strongest.span.end - strongest.span.begin),
            "terrible");
  EXPECT_LT(strongest.weight, 0);
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

TEST_F(Deeper, OtherLanguagesKeepTheFastAnswer) {
  std::vector<Document> given =
      documents({"De pomp is helaas alweer lek en niemand geeft mij antwoord."});
  given[0].lang = "nl";
  std::vector<Analysis> said = fast(given);
  ASSERT_EQ(said[0].lang, "nl");
  deepen(Tier::full, given, said);
  EXPECT_EQ(said[0].tier, "fast");
}

TEST_F(Deeper, LanguagesItLearnedGetTheMeanOfBothTiers) {
  ASSERT_NE((*model_)->metadata("languages").find("de"), std::string_view::npos);
  std::vector<Document> given =
      documents({"Die Pumpe ist leider schon wieder undicht und niemand antwortet mir."});
  given[0].lang = "de";
  const std::vector<Analysis> before = fast(given);
  std::vector<Analysis> said = before;
  deepen(Tier::full, given, said);
  EXPECT_EQ(said[0].tier, "full");
  EXPECT_EQ(said[0].model, (*model_)->version());
  EXPECT_NE(said[0].sentiment.score, before[0].sentiment.score);
  EXPECT_EQ(said[0].emotion.scores, before[0].emotion.scores) << "only what it learned there";
  const Sentiment& mood = said[0].sentiment;
  EXPECT_NEAR(mood.negative + mood.neutral + mood.positive, 1, 1e-4);
}

}  // namespace
}  // namespace plumbline
