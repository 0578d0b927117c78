// The full tier as a whole: a small one is taught from a few invented sentences, written, read back
// and asked.
#include "nlp/full_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "nlp/learn/full_data.h"
#include "nlp/learn/full_measure.h"
#include "nlp/learn/full_trainer.h"
#include "nlp/pieces.h"

namespace plumbline {
namespace {

constexpr const char* kVocabulary =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\npump\nis\ngood\nbad\nfine\nit\na\nb\nc\nd\ne\nn\ns\nun\n##"
    "able\n"
    "##s\n##ing\nleak\nhose\nlove\nhate\nso\nso-so\n@\nuser\nhttp\n.\n!\n'\nsmiling\nface\nnever\n"
    "again\n15\n##a\n##b\nand\n";

Pieces pieces() {
  const Result<Pieces> read = Pieces::read(kVocabulary);
  EXPECT_TRUE(read) << describe(read.error());
  return *read;
}

std::vector<std::string> cut(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::string_view rest = kVocabulary; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1))
    names.push_back(rest.substr(0, rest.find('\n')));
  std::vector<TextPiece> found;
  pieces().cut(text, 32, found);
  std::vector<std::string> out;
  for (const TextPiece& each : found)
    out.push_back(std::string(names[static_cast<std::size_t>(each.id)]) + "=" +
                  std::string(text.substr(each.span.begin, each.span.end - each.span.begin)));
  return out;
}

using Strings = std::vector<std::string>;

TEST(WordPieces, CutsAndKnowsThePlaces) {
  const struct {
    const char* name;
    const char* text;
    Strings expected;  // between [CLS] and [SEP]
  } cases[] = {
      {"words", "The pumps", {"the=The", "pump=pump", "##s=s"}},
      {"unknown word", "pump xyz", {"pump=pump", "[UNK]=xyz"}},
      {"marks stand alone", "it's good!", {"it=it", "'='", "s=s", "good=good", "!=!"}},
      {"curly quote", "it\xE2\x80\x99s", {"it=it", "'=\xE2\x80\x99", "s=s"}},
      {"accents go", "h\xC3\xB4se", {"hose=h\xC3\xB4se"}},
      {"accents apart go too", "ho\xCC\x82se", {"hose=ho\xCC\x82se"}},
      {"handle", "@anna_b good", {"@=@anna_b", "user=@anna_b", "good=good"}},
      {"no handle inside a word", "a@b", {"a=a", "@=@", "b=b"}},
      {"link", "https://example.org/x?y good", {"http=https://example.org/x?y", "good=good"}},
      {"hashtag", "#NeverAgain15a", {"never=Never", "again=Again", "15=15", "a=a"}},
      {"emoji by name", "\xF0\x9F\x98\x80", {"[UNK]=\xF0\x9F\x98\x80", "face=\xF0\x9F\x98\x80"}},
      {"skin tone is not seen", "good\xF0\x9F\x8F\xBD", {"good=good"}},
      {"zero width space is not seen", "go\xE2\x80\x8Bod", {"good=go\xE2\x80\x8Bod"}},
      {"empty", "", {}},
      {"only blanks", " \t\n ", {}},
  };
  for (const auto& one : cases) {
    Strings expected = {"[CLS]="};
    expected.insert(expected.end(), one.expected.begin(), one.expected.end());
    expected.emplace_back("[SEP]=");
    EXPECT_EQ(cut(one.text), expected) << one.name;
  }
}

TEST(WordPieces, NeverMoreThanAskedFor) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "pump ";
  std::vector<TextPiece> out;
  for (const std::size_t most : {std::size_t{0}, std::size_t{2}, std::size_t{3}, std::size_t{50}}) {
    pieces().cut(text, most, out);
    EXPECT_EQ(out.size(), std::max<std::size_t>(most, 2));
    EXPECT_EQ(out.back().id, 3);
  }
}

// Sets as docs/train.md tells, tiny.
std::string make_sets() {
  // One for each test: they may run side by side.
  const std::string folder = testing::TempDir() + "/plumbline_full_sets_" +
                             testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(folder + "/" + name, std::ios::binary) << text;
  };
  std::string mood, emotion, irony, aspects;
  for (int i = 0; i < 40; ++i) {
    const std::string n(static_cast<std::size_t>(i % 7 + 1), 'n');
    mood += "positive\tthe pump is good " + n + "\nnegative\tthe pump is bad " + n +
            "\nneutral\tthe pump is fine " + n + "\n";
    emotion += "joy\tlove the hose " + n + "\nanger\thate the hose " + n + "\n";
    irony += "irony\tso good ! " + n + "\nnone\tgood " + n + "\n";
    aspects += "positive\tpump\tthe $T$ is good and the hose is bad " + n +
               "\nnegative\those\tthe pump is good and the $T$ is bad " + n + "\n";
  }
  write("tweets.train.tsv", mood + "not a line\n\xFF\tbroken\n");
  write("tweets.val.tsv",
        "positive\tit is good\nnegative\tit is bad\nneutral\tit is fine\npositive\tso good\n");
  write("emotion4.train.tsv", emotion);
  write("emotion4.val.tsv", "joy\tlove it\nanger\thate it\n");
  write("irony.train.tsv", irony);
  write("absa14_laptops.train.tsv", aspects);
  write("umsab_multilingual.train.tsv",
        "positive\ten\tit is so good\npositive\tde\tso good\nnegative\tde\tnever again\n");
  return folder;
}

FullNet small_net() {
  FullNet net({2, 64, 96, 40, pieces().size()});
  std::uint64_t random = 1;
  for (std::size_t i = 0; i < net.parameters.all.size(); ++i) {
    const Parameter& one = net.parameters.all[i];
    for (std::size_t j = 0; j < one.count; ++j) {
      random = random * 6364136223846793005U + 1442695040888963407U;
      const float drawn = static_cast<float>(random >> 40U) / 8388608.0F - 1.0F;
      net.parameters.of(i)[j] =
          one.name.ends_with(".gain") ? 1.0F : drawn * (one.decays ? 0.15F : 0.0F);
    }
  }
  return net;
}

FullTraining training() {
  FullTraining out;
  out.texts = 6400;
  out.batch = 16;
  out.rate = 2e-3F;
  return out;
}

std::vector<float> shares(const FullData& data) {
  std::vector<float> out;
  for (const FullDomain& domain : data.domains) out.push_back(domain.share);
  return out;
}

TEST(FullData, ReadsWhatIsThereAndHoldsOutWhatIsNotLearned) {
  const Result<FullData> data = read_full_data(make_sets(), pieces(), LearnedLanguages::english);
  ASSERT_TRUE(data) << describe(data.error());
  EXPECT_EQ(data->skipped, 2);
  EXPECT_FALSE(data->missing.empty());
  std::size_t two_terms = 0;
  for (const FullExample& each : data->learn) two_terms += each.terms.size() == 2 ? 1 : 0;
  EXPECT_EQ(two_terms, 5U);  // of seven sentences two are held out
  EXPECT_FALSE(read_full_data("/nowhere", pieces(), LearnedLanguages::all));
  EXPECT_EQ(data->languages, (std::vector<std::string>{"en"}));
  const Result<FullData> all = read_full_data(make_sets(), pieces(), LearnedLanguages::all);
  ASSERT_TRUE(all) << describe(all.error());
  EXPECT_EQ(all->languages, (std::vector<std::string>{"de", "en"}));
  EXPECT_EQ(all->learn.size(), data->learn.size() + 1) << "one more reads like a text held out";
  EXPECT_EQ(learned_from("en"), LearnedLanguages::english);
  EXPECT_EQ(learned_from(""), LearnedLanguages::english);
  EXPECT_EQ(learned_from("many"), LearnedLanguages::all);
}

TEST(FullData, EachFolderOfMarkedSentencesIsADomain) {
  const std::string folder = make_sets();
  std::vector<std::string> folders;
  for (const char* name : {"marked", "plain"}) {
    folders.push_back(folder + "/" + name);
    std::filesystem::create_directory(folders.back());
    std::ofstream(folders.back() + "/" + name + ".jsonl")
        << R"({"id":"en-1","text":"I need a hose )" << name
        << R"(","statements":[{"kind":"need","span":"I need a hose"}]})"
        << "\n";
  }
  const Result<FullData> data =
      read_full_data(folder, pieces(), LearnedLanguages::english, folders);
  ASSERT_TRUE(data) << describe(data.error());
  std::vector<std::string> names;
  for (const FullDomain& each : data->domains)
    if (each.name.starts_with("statements")) names.push_back(each.name);
  for (const std::string& name : names)
    EXPECT_TRUE(name == "statements: en" || name == "statements: en, folder 2") << name;
  EXPECT_EQ(names.size() + data->held_statements.size(), 2U);
}

TEST(FullNet, AModelIsTaughtFurtherFromItsHeadsOn) {
  const FullNet net = small_net();
  const std::string bytes = net.model(kVocabulary, {});
  const Result<TensorFile> file = TensorFile::read(bytes);
  ASSERT_TRUE(file);
  FullNet other({2, 64, 96, 40, pieces().size()});
  ASSERT_TRUE(other.begin(*file, 7));
  std::size_t heads = 0;
  for (std::size_t i = 0; i < net.parameters.all.size(); ++i) {
    const Parameter& one = net.parameters.all[i];
    if (!one.name.starts_with("head.")) continue;
    ++heads;
    for (std::size_t j = 0; j < one.count; ++j)
      ASSERT_EQ(net.parameters.of(i)[j], other.parameters.of(i)[j]) << one.name;
  }
  EXPECT_EQ(heads, 12U);
}

TEST(FullTrainer, LearnsIsWrittenAndReadBack) {
  const Result<FullData> data = read_full_data(make_sets(), pieces(), LearnedLanguages::english);
  ASSERT_TRUE(data);
  FullNet net = small_net();
  FullTrainer trainer(net, data->learn, shares(*data), training());
  while (trainer.done() < trainer.steps()) trainer.step();
  const std::string bytes = net.model(kVocabulary, {{"temperature.sentiment", "1.5"}});
  const Result<FullModel> model = FullModel::open(bytes);
  ASSERT_TRUE(model) << describe(model.error());
  const std::string_view texts[] = {"the pump is good", "the pump is bad", "the pump is fine",
                                    "the pump is good and the hose is bad", ""};
  const std::vector<FullReading> said = model->read(texts);
  ASSERT_EQ(said.size(), 5U);
  EXPECT_EQ(said[0].sentiment.label, Polarity::positive);
  EXPECT_EQ(said[1].sentiment.label, Polarity::negative);
  EXPECT_EQ(said[2].sentiment.label, Polarity::neutral);
  ASSERT_EQ(said[3].terms.size(), 2U);
  EXPECT_EQ(said[3].terms[0].span, (Span{4, 8}));
  EXPECT_EQ(said[3].terms[0].mood.label, Polarity::positive);
  EXPECT_EQ(said[3].terms[1].span, (Span{25, 29}));
  EXPECT_EQ(said[3].terms[1].mood.label, Polarity::negative);
  const std::vector<Span> hose[] = {{{25, 29}, {500, 510}}};
  const std::vector<Sentiment> asked = model->read({texts + 3, 1}, hose)[0].asked;
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].label, Polarity::negative);
  EXPECT_EQ(asked[1].label, Polarity::neutral);
  const FullMeasured measured = measure_full(*model, *data, Cooling::best);
  for (const FullScore& score : measured.scores) EXPECT_GT(score.accuracy, 0.7) << score.name;
  // Half a file, and one with a head that is too short.
  EXPECT_FALSE(FullModel::open(std::string_view(bytes).substr(0, bytes.size() / 2)));
}

TEST(FullTrainer, OneThreadAndTwoAndAStopInBetweenGiveTheSameBytes) {
  const Result<FullData> data = read_full_data(make_sets(), pieces(), LearnedLanguages::english);
  ASSERT_TRUE(data);
  FullTraining options = training();
  options.texts = 200;
  std::string models[3];
  for (const int run : {0, 1, 2}) {
    FullNet net = small_net();
    options.two_threads = run == 1;
    FullTrainer trainer(net, data->learn, shares(*data), options);
    std::string state;
    while (trainer.done() < trainer.steps()) {
      trainer.step();
      if (run == 2 && trainer.done() == 5) {
        state = trainer.state();
        break;
      }
    }
    if (run != 2) {
      models[run] = net.model(kVocabulary, {});
      continue;
    }
    FullNet other = small_net();
    FullTrainer later(other, data->learn, shares(*data), options);
    ASSERT_TRUE(later.resume(state));
    EXPECT_EQ(later.done(), 5U);
    EXPECT_FALSE(later.resume(std::string_view(state).substr(0, state.size() - 1)));
    while (later.done() < later.steps()) later.step();
    models[2] = other.model(kVocabulary, {});
    options.rate *= 2;
    FullTrainer unlike(other, data->learn, shares(*data), options);
    EXPECT_FALSE(unlike.resume(state));
  }
  EXPECT_EQ(models[0], models[1]);
  EXPECT_EQ(models[0], models[2]);
}

TEST(FullNet, SlopesAreThoseOfTheLoss) {
  const Result<FullData> data = read_full_data(make_sets(), pieces(), LearnedLanguages::english);
  ASSERT_TRUE(data);
  FullNet net = small_net();
  std::vector<const FullExample*> shard;
  for (std::size_t i = 0; i < data->learn.size(); i += 29) shard.push_back(&data->learn[i]);
  EncoderTape tape;
  std::vector<float> slopes(net.parameters.values.size()), unused(slopes.size());
  const Dropout dropout{0.1F, 3};
  net.learn(shard, shard.size(), dropout, tape, slopes);
  for (const Parameter& one : net.parameters.all) {
    std::size_t at = one.begin;
    for (std::size_t i = one.begin; i < one.begin + one.count; ++i)
      if (std::abs(slopes[i]) > std::abs(slopes[at])) at = i;
    float& value = net.parameters.values[at];
    const float before = value, step = 5e-3F;
    value = before + step;
    const double above = net.learn(shard, shard.size(), dropout, tape, unused);
    value = before - step;
    const double below = net.learn(shard, shard.size(), dropout, tape, unused);
    value = before;
    const double measured = (above - below) / (2 * static_cast<double>(step));
    EXPECT_NEAR(measured, static_cast<double>(slopes[at]), 0.04 * std::abs(measured) + 2e-3)
        << one.name;
  }
}

}  // namespace
}  // namespace plumbline
