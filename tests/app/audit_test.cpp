// Labels out to people and back, and an own model learned from them.
#include "app/audit.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/files.h"
#include "app/import_files.h"
#include "app/make_report.h"
#include "app/train_own.h"
#include "app/workspace.h"
#include "nlp/deeper.h"
#include "scratch.h"

namespace plumbline {
namespace {

// A workspace with the mentions of `csv`, already analysed.
std::string filled(const Scratch& scratch, const std::string& csv) {
  scratch.file("plumbline.toml", "[brand]\nname = \"Acme\"\n");
  const std::string file = scratch.file("posts.csv", csv);
  Workspace workspace = *open_workspace(scratch.path(), Access::write);
  ImportJob job;
  job.files = {file};
  EXPECT_TRUE(import_files(workspace, job, no_progress()));
  return scratch.path();
}

LabelImport labels_from(AuditBook& book, const Scratch& scratch, const std::string& text) {
  const auto bytes = open_bytes(scratch.file("labels", text));
  auto outcome = import_labels(book, **bytes, "labels", 1790000000);
  EXPECT_TRUE(outcome) << describe(outcome.error());
  return outcome ? *outcome : LabelImport();
}

const char* const kPosts =
    "id,date,user,text\n"
    "1,2026-11-01,ada,\"The Acme pump, it is \"\"great\"\"\"\n"
    "2,2026-11-02,ben,=Acme support is slow and rude\n"
    "3,2026-11-03,cat,The Acme box came on Monday\n";

struct LabelCase {
  const char* name;
  const char* text;
  std::int64_t kept, again, changed, empty;
  std::vector<std::int64_t> broken;  // lines
};

TEST(AuditLabels, AreReadRowByRow) {
  const LabelCase cases[] = {
      {"as printed", "id,text,label\r\nposts:1,a,positive\r\nposts:2,b,\r\n", 1, 0, 0, 1, {}},
      {"semicolons", "label;id\nNEG;posts:1\nneutral;posts:3\n", 2, 0, 0, 0, {}},
      {"tabs", "id\tlabel\nposts:1\t-1\nposts:2\t1\nposts:3\t0\n", 3, 0, 0, 0, {}},
      {"broken rows",
       "id,label\nposts:1,good\n,positive\nposts:9,positive\nnone,neutral\nposts:2,pos\n",
       1,
       0,
       0,
       0,
       {2, 3, 4, 5}},
      {"twice", "id,label\nposts:1,positive\nposts:1,negative\nposts:1,negative\n", 1, 1, 1, 0, {}},
      {"json",
       "{\"id\":\"posts:1\",\"label\":\"positive\"}\n{\"id\":\"posts:2\",\"label\":null}\n[]\n{\n"
       "{\"id\":\"posts:3\",\"label\":-1}\n",
       2,
       0,
       0,
       1,
       {3, 4}},
  };
  for (const LabelCase& c : cases) {
    const Scratch scratch;
    AuditBook book = *open_audit(filled(scratch, kPosts), true);
    const LabelImport outcome = labels_from(book, scratch, c.text);
    EXPECT_EQ(outcome.kept, c.kept) << c.name;
    EXPECT_EQ(outcome.again, c.again) << c.name;
    EXPECT_EQ(outcome.changed, c.changed) << c.name;
    EXPECT_EQ(outcome.empty, c.empty) << c.name;
    std::vector<std::int64_t> lines;
    for (const auto& row : outcome.broken) lines.push_back(row.line);
    EXPECT_EQ(lines, c.broken) << c.name;
  }
}

TEST(AuditLabels, ATableWithoutTheColumnsIsAnError) {
  const Scratch scratch;
  AuditBook book = *open_audit(filled(scratch, kPosts), true);
  for (const char* text : {"number,mood\n1,positive\n", "", "id\nposts:1\n"}) {
    const std::string file = scratch.file("labels");
    std::ofstream(file, std::ios::binary) << text;
    const auto bytes = open_bytes(file);
    const auto outcome = import_labels(book, **bytes, "labels", 1790000000);
    ASSERT_FALSE(outcome) << text;
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid);
  }
}

TEST(AuditLabels, TheTableThatGoesOutComesBack) {
  const Scratch scratch;
  AuditBook book = *open_audit(filled(scratch, kPosts), true);
  std::string csv = labelling_csv(*book.next(10, "", 7));
  EXPECT_NE(csv.find("'=Acme"), std::string::npos) << "no cell is a formula: " << csv;
  for (std::size_t at = 0; (at = csv.find(",\r\n", at)) != std::string::npos; at += 3)
    csv.insert(at + 1, "neutral");
  const LabelImport outcome = labels_from(book, scratch, csv);
  EXPECT_EQ(outcome.kept, 3) << csv;
  EXPECT_TRUE(outcome.broken.empty());
  EXPECT_TRUE(book.next(10, "", 7)->empty());
}

// Texts whose mood hangs on words that no model knows.
std::string slang(int count, char separator, bool with_label) {
  const char* const things[] = {"pump", "hose", "valve", "filter", "motor", "seal", "manual"};
  std::string out;
  for (int i = 0; i < count; ++i) {
    const std::string thing = things[i % 7], number = "order" + std::to_string(i);
    const char* const label = i % 3 == 0 ? "negative" : i % 3 == 1 ? "positive" : "neutral";
    const char* const said = i % 3 == 0   ? "is totally kwark"
                             : i % 3 == 1 ? "feels zimmy"
                                          : "stands in the shed";
    if (with_label) out += std::string(label) + separator;
    if (!with_label) out += std::to_string(i) + separator;
    out += "my new " + thing + " of " + number + " from town" + std::to_string(i * 31) +
           " with code" + std::to_string(i * 17) + " " + said + "\n";
  }
  return out;
}

std::string label_of(const std::string& workspace, const std::string& text,
                     std::string* model = nullptr) {
  Document document;
  document.text = text;
  const Analysis analysis = (*load_analyzer(workspace))->analyze(document);
  if (model) *model = analysis.model + " " + analysis.version;
  return std::string(name_of(analysis.sentiment.label));
}

TEST(TrainOwn, TheOwnModelSpeaksOnceItIsBetter) {
  const Scratch scratch;
  TrainOwnWish wish;
  wish.labels = scratch.file("labels.tsv", slang(120, '\t', true) + "nonsense\nhappy\ttext\n");
  wish.out = scratch.path() + kOwnShiftedModel;
  const auto trained = train_own(wish, no_progress());
  ASSERT_TRUE(trained) << describe(trained.error());
  EXPECT_EQ(trained->labels, 120);
  EXPECT_EQ(trained->skipped, 2);
  EXPECT_TRUE(trained->comparison.better);
  EXPECT_GT(trained->comparison.own_macro_recall, 0.9);
  std::string model;
  EXPECT_EQ(label_of(scratch.path(), "my old valve is totally kwark", &model), "negative");
  EXPECT_EQ(model.rfind(trained->model + " reading-", 0), 0u) << model;
  EXPECT_NE(model.find("-own-"), std::string::npos) << model;
  EXPECT_EQ(label_of(scratch.path(), "the other one feels zimmy"), "positive");
  const std::string bytes = slurp(wish.out);
  ASSERT_TRUE(train_own(wish, no_progress()));
  EXPECT_EQ(slurp(wish.out), bytes) << "the same labels give the same bytes";
}

TEST(TrainOwn, LabelsThatFitNothingChangeNothing) {
  const Scratch scratch;
  std::string lines;
  for (int i = 0; i < 90; ++i)
    lines += std::string(i * 7919 % 13 % 3 == 0   ? "negative"
                         : i * 7919 % 13 % 3 == 1 ? "positive"
                                                  : "neutral") +
             "\tthe pump of order" + std::to_string(i * i) + " stands in the shed\n";
  TrainOwnWish wish;
  wish.labels = scratch.file("labels.tsv", lines);
  wish.out = scratch.path() + kOwnShiftedModel;
  const auto trained = train_own(wish, no_progress());
  ASSERT_TRUE(trained) << describe(trained.error());
  EXPECT_FALSE(trained->comparison.better);
  EXPECT_TRUE(trained->file.empty());
  EXPECT_FALSE(std::filesystem::exists(wish.out));
}

TEST(TrainOwn, TooFewLabelsSaySo) {
  const Scratch scratch;
  TrainOwnWish wish;
  wish.out = scratch.file("own.bin");
  for (const std::string& lines : {slang(20, '\t', true), std::string("neutral\tthe box\n")}) {
    wish.labels = scratch.file("labels.tsv", lines);
    const auto trained = train_own(wish, no_progress());
    ASSERT_FALSE(trained);
    EXPECT_EQ(trained.error().code, ErrorCode::not_found);
    EXPECT_NE(trained.error().message.find("50 are needed"), std::string::npos);
  }
}

// Labels of 120 texts drawn from `here`, every tenth of them another than their words say.
void label_slang(const std::string& here) {
  AuditBook book = *open_audit(here, true);
  std::vector<AuditBook::Label> labels;
  const auto drawn = *book.next(120, "", 7);
  for (const StoredDocument& stored : drawn) {
    const int number = std::stoi(stored.document.id);
    const int side = number % 3 == 0 ? 0 : number % 3 == 1 ? 2 : 1;
    labels.push_back({audit_id(stored.document),
                      static_cast<Polarity>((side + (number % 10 == 0 ? 1 : 0)) % 3 - 1)});
  }
  ASSERT_TRUE(book.put(labels, 1790000000));
}

// Judges all that is kept by what is in use now, and reads it closer if wanted.
void judge_anew(const std::string& here, bool closer) {
  Workspace workspace = *open_workspace(here, Access::write);
  const auto models = *load_full_models(here);
  std::vector<std::pair<std::int64_t, Analysis>> found;
  const auto all = *workspace.store->after(0, 1000);
  for (const StoredDocument& each : all) {
    found.emplace_back(each.row, workspace.analyzer->analyze(each.document));
    const FastRead read{&each.document, &found.back().second};
    if (closer) read_deeper(*models, *workspace.analyzer, {Tier::full}, {&read, 1});
  }
  ASSERT_TRUE(workspace.store->put_analyses(found));
}

AuditShown shown(const std::string& here) {
  const AuditBook book = *open_audit(here, false);
  auto out = show_audit(here, book, "Acme");
  EXPECT_TRUE(out) << describe(out.error());
  return out ? *out : AuditShown();
}

TEST(TrainOwn, TheAuditComparesWhatTheModelHadNotSeenWithBothTiers) {
  const Scratch scratch;
  const std::string here = filled(scratch, "id,text\n" + slang(150, ',', false));
  label_slang(here);
  TrainOwnWish wish;
  wish.workspace = here;
  wish.out = here + kOwnShiftedModel;
  const auto trained = train_own(wish, no_progress());
  ASSERT_TRUE(trained) << describe(trained.error());
  EXPECT_EQ(trained->labels, 120);
  ASSERT_TRUE(trained->used);
  EXPECT_EQ(trained->full.texts, 120);

  {
    const auto report = make_report(*open_workspace(here, Access::read), {{}, {}, "", 1790000000});
    ASSERT_TRUE(report) << describe(report.error());
    EXPECT_EQ(report->note.rfind("150 of 150 mentions were judged by another model", 0), 0u)
        << report->note;
  }
  AuditShown told = shown(here);
  EXPECT_EQ(told.held_out, 0) << "what is kept was judged before";
  EXPECT_EQ(told.left_out, 0);
  judge_anew(here, false);
  told = shown(here);
  EXPECT_EQ(told.held_out, 120);
  ASSERT_EQ(told.outcome.figures.size(), 1u);
  EXPECT_NEAR(told.outcome.figures[0].accuracy.value, trained->comparison.own_accuracy, 0.04);
  EXPECT_NEAR(told.outcome.figures[0].corrected[0].value, 1.0 / 3, 0.08);
  EXPECT_EQ(make_report(*open_workspace(here, Access::read), {{}, {}, "", 1790000000})->note, "");
  judge_anew(here, true);
  told = shown(here);
  EXPECT_EQ(told.held_out, 120);
  ASSERT_EQ(told.outcome.figures.size(), 1u);
  EXPECT_DOUBLE_EQ(told.outcome.figures[0].accuracy.value, trained->full.own_accuracy);
  EXPECT_FALSE(show_audit(here, *open_audit(here, false), "Nobody"));
}

TEST(TrainOwn, LabelsOfWhichNothingIsKnownAreLeftOut) {
  const Scratch scratch;
  const std::string here = filled(scratch, "id,text\n" + slang(150, ',', false));
  label_slang(here);
  TrainOwnWish wish;
  wish.labels = scratch.file("labels.tsv", slang(150, '\t', true));
  wish.out = scratch.file("elsewhere.bin");
  ASSERT_TRUE(train_own(wish, no_progress())->used);
  std::filesystem::create_directories(here + "/models");
  std::filesystem::copy_file(wish.out, here + kOwnShiftedModel);
  judge_anew(here, false);
  EXPECT_EQ(shown(here).left_out, 120) << "nobody told what this model learned from";
  std::filesystem::remove(here + kOwnShiftedModel);
  wish.workspace = here;
  wish.out = here + kOwnShiftedModel;
  ASSERT_TRUE(train_own(wish, no_progress())->used);
  const AuditShown told = shown(here);
  EXPECT_EQ(told.left_out, 0);
  EXPECT_EQ(told.held_out, 120) << "the file holds the same texts";
}

}  // namespace
}  // namespace plumbline
