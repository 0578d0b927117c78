// The learned finder of statements: its file, its learning, where it says a statement stands.
#include "nlp/statement_model.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/embedded.h"
#include "nlp/language_files.h"
#include "nlp/learn/statement_trainer.h"
#include "nlp/statement_reading.h"

namespace plumbline {
namespace {

class StatementFinding : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    fast_ = new FastModel(*FastModel::read(embedded("models/fast.bin"), "fast.bin"));
    lexicons_ = new Lexicons(*read_lexicons(built_in_languages()));
  }
  static void TearDownTestSuite() {
    delete fast_;
    delete lexicons_;
  }

  static StatementSentence marked(const std::string& text, const std::string& span,
                                  StatementKind kind, bool real = true) {
    StatementSentence out{"en", text, {}};
    const auto at = static_cast<std::uint32_t>(text.find(span));
    MarkedStatement& mark = out.statements.emplace_back();
    mark.said.kind = kind;
    mark.said.span = {at, at + static_cast<std::uint32_t>(span.size())};
    mark.real = real;
    return out;
  }

  // Invented sentences: parcels hurt, screens are praised, unless it is denied.
  static std::vector<StatementSentence> invented() {
    const char *things[] = {"parcel", "box", "letter", "crate"},
               *ends[] = {"broke", "got lost", "came late"}, *goods[] = {"screen", "sound", "case"},
               *praises[] = {"lovely", "superb", "perfect"};
    std::vector<StatementSentence> out;
    for (const char* thing : things)
      for (const char* end : ends)
        for (const char* good : goods)
          for (const char* praise : praises) {
            const std::string pain = std::string("the ") + thing + " " + end + " again";
            const std::string nice = std::string("the ") + good + " is " + praise;
            out.push_back(marked(pain + ", but " + nice, pain, StatementKind::pain));
            out.back().statements.push_back(
                marked(out.back().text, nice, StatementKind::praise).statements[0]);
            out.push_back(marked(pain, pain, StatementKind::pain));
            out.push_back(marked("but " + nice, nice, StatementKind::praise));
            out.push_back(marked(std::string("no ") + thing + " ever " + end, "ever",
                                 StatementKind::pain, false));
          }
    return out;
  }

  static StatementModel learned() {
    const StatementData data = prepare_statements(invented(), {}, *fast_, *lexicons_);
    const auto learned = learn_statements(data, {});
    return *StatementModel::read(pack_statement_model(learned->weights), "here");
  }

  static std::vector<StatementSpan> found(const StatementModel& model, const std::string& text,
                                          std::vector<Reason>* why = nullptr) {
    Prepared prepared;
    prepare(text, prepared);
    FastScratch read;
    read_fast(text, lexicons_->at("en"), "en", read);
    const Sentiment mood = fast_->answer(read.slots, "en", read.notes, read.up_to).sentiment;
    StatementScratch scratch;
    std::vector<StatementSpan> out;
    read_statements({prepared, read, "en", mood}, model, scratch, out, why);
    return out;
  }

  static const FastModel* fast_;
  static const Lexicons* lexicons_;
};
const FastModel* StatementFinding::fast_ = nullptr;
const Lexicons* StatementFinding::lexicons_ = nullptr;

TEST_F(StatementFinding, LearnsWhatIsStatedAndWhere) {
  const StatementModel model = learned();
  EXPECT_TRUE(model.knows("en"));
  EXPECT_FALSE(model.knows("de"));
  EXPECT_FALSE(model.knows(""));
  const std::string text = "the parcel got lost again, but the sound is superb";
  const auto statements = found(model, text);
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(statements[0].kind, StatementKind::pain);
  EXPECT_EQ(
      text.substr(statements[0].span.begin, statements[0].span.end - statements[0].span.begin),
      "the parcel got lost again");
  EXPECT_EQ(statements[1].kind, StatementKind::praise);
  EXPECT_EQ(
      text.substr(statements[1].span.begin, statements[1].span.end - statements[1].span.begin),
      "but the sound is superb");
  EXPECT_TRUE(found(model, "no parcel ever got lost").empty());
  EXPECT_TRUE(found(model, "").empty());
  EXPECT_TRUE(found(model, "!!! \n ,,, @somebody").empty());
}

TEST_F(StatementFinding, SaysWhy) {
  std::vector<Reason> why;
  ASSERT_EQ(found(learned(), "the box broke again", &why).size(), 1u);
  ASSERT_EQ(why.size(), 1u);
  EXPECT_TRUE(why[0].rule.starts_with("statement pain: ")) << why[0].rule;
  EXPECT_GT(why[0].weight, 0.5F);
}

TEST_F(StatementFinding, TheSameDataGiveTheSameBytes) {
  const StatementData data = prepare_statements(invented(), {}, *fast_, *lexicons_);
  const std::string bytes = pack_statement_model(learn_statements(data, {})->weights);
  EXPECT_EQ(bytes, pack_statement_model(learn_statements(data, {})->weights));
  StatementTraining other;
  other.seed = 8;
  EXPECT_NE(bytes, pack_statement_model(learn_statements(data, other)->weights));
  EXPECT_FALSE(learn_statements(data, {}, [](double) { return false; }).has_value());
}

TEST_F(StatementFinding, ADamagedFileIsSaid) {
  const StatementData data = prepare_statements(invented(), {}, *fast_, *lexicons_);
  StatementTraining quick;
  quick.epochs = 3;
  const std::string whole = pack_statement_model(learn_statements(data, quick)->weights);
  ASSERT_TRUE(StatementModel::read(whole, "whole").has_value());
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, std::size_t{20}, whole.size() - 1})
    EXPECT_FALSE(StatementModel::read(whole.substr(0, size), "cut").has_value()) << size;
  std::string turned = whole;
  turned[200] = static_cast<char>(turned[200] ^ 1);
  const auto broken = StatementModel::read(turned, "turned.bin");
  ASSERT_FALSE(broken.has_value());
  EXPECT_NE(describe(broken.error()).find("turned.bin"), std::string::npos);
}

TEST_F(StatementFinding, SpansStandOnCharacterBordersInOrder) {
  const StatementModel model = learned();
  std::string text = "thé pârcel 😩 broke again, “the screen” is lovely…\n";
  for (int i = 0; i < 6; ++i) text += text;
  std::uint32_t before = 0;
  for (const StatementSpan& each : found(model, text)) {
    EXPECT_GE(each.span.begin, before);
    EXPECT_LT(each.span.begin, each.span.end);
    ASSERT_LE(each.span.end, text.size());
    EXPECT_NE(static_cast<unsigned char>(text[each.span.begin]) & 0xC0, 0x80);
    before = each.span.begin;
  }
}

TEST(StatementSets, ReadsMarksAndCountsWhatItCannot) {
  const std::string folder = testing::TempDir() + "plumbline_statement_sets";
  std::filesystem::create_directories(folder + "/more");
  std::ofstream(folder + "/more/first.jsonl") << R"({"id":"fr-1","text":"non","statements":[]})";
  std::ofstream(folder + "/one.jsonl")
      << R"({"id":"de-1","text":"ja, ja","statements":[{"kind":"praise","span":"ja","begin":4,"holder":"other","tense":"past","state":"negated"}]})"
      << "\n"
      << R"({"id":"en-2","text":"so good","statements":[{"kind":"praise","begin":3,"end":7},{"kind":"love","span":"so"},{"kind":"praise","span":"bad"}]})"
      << "\nno json\n[]\n{\"id\":\"en-3\"}\n";
  std::ofstream(folder + "/two.kept.jsonl") << R"({"id":"en-4","text":"x","statements":[]})";
  std::ofstream(folder + "/two.open.jsonl") << R"({"id":"en-5","text":"x","statements":[]})";
  std::int64_t skipped = 0;
  const auto sentences = read_statement_sets({folder}, skipped);
  std::int64_t again = 0;
  const auto more = read_statement_sets({folder, folder + "/more"}, again);
  EXPECT_FALSE(read_statement_sets({folder, folder + "/nowhere"}, again).has_value());
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(sentences.has_value());
  ASSERT_EQ(sentences->size(), 2u);
  EXPECT_EQ(skipped, 5);
  const MarkedStatement& mark = sentences->front().statements.at(0);
  EXPECT_EQ(sentences->front().lang, "de");
  EXPECT_EQ(mark.said.span, (Span{4, 6}));
  EXPECT_EQ(mark.said.holder, Holder::other);
  EXPECT_EQ(mark.said.tense, Tense::past);
  EXPECT_FALSE(mark.real);
  EXPECT_EQ(sentences->back().statements.at(0).said.span, (Span{3, 7}));
  ASSERT_TRUE(more.has_value());
  ASSERT_EQ(more->size(), 3u);
  EXPECT_EQ(more->front().lang, "fr");  // by the names of files, not by folders
}

}  // namespace
}  // namespace plumbline
