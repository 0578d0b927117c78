#include "nlp/learn/fast_trainer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "nlp/fast_reading.h"
#include "nlp/learn/fast_measure.h"

namespace plumbline {
namespace {

// A folder of made-up labelled sets that goes away with the test.
class Sets {
 public:
  Sets()
      : path_(std::filesystem::temp_directory_path() /
              ("plumbline_sets_" + std::to_string(getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
    std::string train, val, emotions, many;
    const char* things[] = {"pump", "hose", "valve", "filter", "motor", "seal", "manual", "box"};
    for (int i = 0; i < 160; ++i) {
      const std::string thing = things[i % 8], number = std::to_string(i / 8);
      train += "positive\tThe " + thing + " is lovely number" + number + "\n";
      train += "negative\tThe " + thing + " is rotten number" + number + "\n";
      train += "neutral\tThe " + thing + " is here number" + number + "\n";
      many += "positive\tde\tdie " + thing + " ist prima nummer" + number + "\n";
      many += "negative\tde\tdie " + thing + " ist mies nummer" + number + "\n";
      emotions += "joy\thooray the " + thing + number + "\nanger\tgrr the " + thing + number + "\n";
    }
    val =
        "positive\tlovely box\nnegative\trotten seal\nneutral\there it is\nbad line\n"
        "positive\tThe pump is lovely number0\n";
    write("tweets.train.tsv", train);
    write("tweets.val.tsv", val);
    write("emotion4.train.tsv", emotions);
    write("umsab_multilingual.train.tsv", many);
  }
  ~Sets() { std::filesystem::remove_all(path_); }
  Sets(const Sets&) = delete;
  Sets& operator=(const Sets&) = delete;

  std::string write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
  }
  std::string name() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

FastData data_of(const Sets& sets, int threads, const std::vector<FastTeacher>& teachers = {}) {
  auto data = read_fast_data(sets.name(), teachers, {}, threads);
  EXPECT_TRUE(data.has_value()) << describe(data.error());
  return std::move(data).value();
}

std::string trained(const FastData& data, const FastTraining& training) {
  FastTrainer trainer(data, training);
  while (trainer.done() < training.epochs) trainer.epoch();
  return pack_fast_model(trainer.weights());
}

FastTraining short_training() {
  FastTraining out;
  out.epochs = 3;
  out.rate = 0.1F;
  return out;
}

Polarity label(const FastModel& model, std::string_view text, std::string_view lang) {
  const Lexicon none;
  FastScratch scratch;
  read_fast(text, none, lang, scratch);
  return model.sentiment(scratch.slots, lang).label;
}

TEST(FastTrainer, LearnsTheSameOnAnyThreads) {
  const Sets sets;
  const FastData one = data_of(sets, 1), two = data_of(sets, 2);
  EXPECT_EQ(one.digest, two.digest);
  EXPECT_EQ(one.skipped, 1);
  EXPECT_EQ(one.known, 1);  // the text of the validation set is not learned from
  const std::string bytes = trained(one, short_training());
  EXPECT_EQ(bytes, trained(two, short_training()));
  FastTraining other = short_training();
  other.seed = 8;
  EXPECT_NE(bytes, trained(one, other));
  const auto model = FastModel::read(bytes, "made");
  ASSERT_TRUE(model.has_value()) << describe(model.error());
  EXPECT_EQ(label(*model, "what a lovely thing", "en"), Polarity::positive);
  EXPECT_EQ(label(*model, "what a rotten thing", "en"), Polarity::negative);
  EXPECT_EQ(label(*model, "it is here", "en"), Polarity::neutral);
  EXPECT_EQ(label(*model, "das ist prima", "de"), Polarity::positive);
  EXPECT_EQ(label(*model, "das ist mies", "de"), Polarity::negative);
}

TEST(FastTrainer, GoesOnWhereItWas) {
  const Sets sets;
  const FastData data = data_of(sets, 1);
  const FastTraining training = short_training();
  FastTrainer first(data, training);
  first.epoch();
  const std::string state = first.state();
  FastTrainer second(data, training);
  ASSERT_TRUE(second.resume(state).has_value());
  EXPECT_EQ(second.done(), 1);
  while (second.done() < training.epochs) second.epoch();
  EXPECT_EQ(pack_fast_model(second.weights()), trained(data, training));
  FastTraining other = training;
  other.seed = 99;
  FastTrainer stranger(data, other);
  EXPECT_EQ(stranger.resume(state).error().code, ErrorCode::invalid);
  EXPECT_EQ(stranger.resume(state.substr(0, 1000)).error().code, ErrorCode::parse);
  EXPECT_EQ(stranger.resume("").error().code, ErrorCode::parse);
}

TEST(FastTrainer, StopsWhenAsked) {
  const Sets sets;
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "positive\tlovely word" + std::to_string(i) + "\n";
  sets.write("stackoverflow.train.tsv", many);
  const FastData data = data_of(sets, 1);
  FastTrainer trainer(data, short_training());
  EXPECT_FALSE(trainer.epoch([](double) { return false; }));
  EXPECT_EQ(trainer.done(), 0);
}

TEST(FastTrainer, LearnsFromATeacher) {
  const Sets sets;
  std::string said;
  for (int i = 0; i < 200; ++i)
    said += "0.02\t0.03\t0.95\tsplendid thing" + std::to_string(i) +
            "\n0.9\t0.05\t0.05\tdismal thing" + std::to_string(i) + "\n";
  said += "no numbers here\n# lang: de\n0.9\t0.05\t0.05\tganz furchtbar\n";
  const std::string file = sets.write("teacher.tsv", said);
  const FastData data = data_of(sets, 1, {{file, 1.0F}});
  EXPECT_EQ(data.skipped, 2);
  const auto model = FastModel::read(trained(data, short_training()), "made");
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(label(*model, "a splendid day", "en"), Polarity::positive);
  EXPECT_EQ(label(*model, "a dismal day", "en"), Polarity::negative);
}

TEST(FastTrainer, MeasuresWhatWasHeldOut) {
  const Sets sets;
  const FastData data = data_of(sets, 1);
  const auto model = FastModel::read(trained(data, short_training()), "made");
  ASSERT_TRUE(model.has_value());
  bool tweets = false;
  for (const FastScore& score : measure_fast(*model, data)) {
    if (score.name != "tweets") continue;
    tweets = true;
    EXPECT_EQ(score.texts, 4);
    EXPECT_GT(score.macro_recall, 0.9);
  }
  EXPECT_TRUE(tweets);
}

TEST(FastTrainer, RefusesEmptyFoldersAndTeachers) {
  EXPECT_EQ(read_fast_data("/nowhere/at/all", {}, {}, 1).error().code, ErrorCode::not_found);
  const Sets sets;
  EXPECT_EQ(read_fast_data(sets.name(), {{sets.name() + "/none.tsv"}}, {}, 1).error().code,
            ErrorCode::not_found);
  const std::string file = sets.write("words.tsv", "just words\nand more\n");
  EXPECT_EQ(read_fast_data(sets.name(), {{file}}, {}, 1).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace plumbline
