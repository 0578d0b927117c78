#include "app/train.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/files.h"
#include "app/workers.h"
#include "base/embedded.h"
#include "nlp/fast_words.h"
#include "nlp/learn/word_counts.h"
#include "nlp/tensor_file.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostStateBytes = std::size_t{2} << 30;

Status learn(FastTrainer& trainer, const FastTraining& training, std::int64_t texts,
             const std::string& state, Progress& progress) {
  progress.begin("learning", "texts", training.epochs);
  while (trainer.done() < training.epochs) {
    const double before = trainer.done();
    progress.at(before, static_cast<std::int64_t>(before) * texts);
    if (!trainer.epoch([&](double share) {
          progress.at(before + share,
                      static_cast<std::int64_t>((before + share) * static_cast<double>(texts)));
          return !progress.cancelled();
        }))
      return fail(ErrorCode::partial,
                  "stopped; the same command goes on after the last whole epoch");
    PLUMBLINE_CHECK(write_file(state, trainer.state()));
  }
  progress.end(fmt::format("learned from {} texts in {} epochs", texts, training.epochs));
  return {};
}

// The pieces of the built-in full model of English, or nothing.
std::string_view vocabulary_of_full_model() {
  const auto file = TensorFile::read(embedded("models/full.safetensors"));
  const Tensor* const pieces = file ? file->find("vocabulary") : nullptr;
  return pieces != nullptr ? pieces->bytes : std::string_view();
}

}  // namespace

Result<FastModel> open_fast_model(const std::string& file) {
  constexpr std::size_t kMostModelBytes = std::size_t{64} << 20;
  if (file.empty()) return FastModel::read(embedded("models/fast.bin"), "models/fast.bin");
  return FastModel::read(PLUMBLINE_TRY(read_file(file, kMostModelBytes)), file);
}

Result<Lexicons> open_lexicons(const std::string& languages, const std::string& fast) {
  LanguageFolders folders = built_in_languages();
  PLUMBLINE_CHECK(add_own_languages(languages, folders));
  Lexicons out = PLUMBLINE_TRY(read_lexicons(folders));
  out["en"].known = PLUMBLINE_TRY(FastWords::of_model(fast, false));
  return out;
}

Result<TrainedFast> train_fast(const TrainFastWish& wish, Progress& progress) {
  LanguageFolders folders = built_in_languages();
  PLUMBLINE_CHECK(add_own_languages(wish.languages, folders));
  const Lexicons lexicons = PLUMBLINE_TRY(read_lexicons(folders));
  const auto threads = static_cast<int>(worker_count(wish.threads));
  progress.begin("reading", "texts", 0);
  const FastData data = PLUMBLINE_TRY(
      read_fast_data(wish.data, wish.teachers, lexicons, threads,
                     {listed_words(folders), whole_words(vocabulary_of_full_model())}));
  progress.end(fmt::format("read {} texts of {} kinds", data.examples.size(), data.domains.size()));
  TrainedFast out;
  out.learned_from = std::count_if(data.examples.begin(), data.examples.end(),
                                   [](const FastExample& e) { return e.role == FastRole::learn; });
  FastTrainer trainer(data, wish.training);
  const std::string state = wish.out + ".state";
  resume_from(state, kMostStateBytes, "epoch", trainer, progress);
  PLUMBLINE_CHECK(learn(trainer, wish.training, out.learned_from, state, progress));
  FastWeights weights = trainer.weights();
  set_temperatures(data, weights);
  const std::string bytes = pack_fast_model(weights);
  const FastModel model = PLUMBLINE_TRY(FastModel::read(bytes, wish.out));
  out.scores = measure_fast(model, data);
  const auto words = std::filesystem::path(wish.out).parent_path() / "words.bin";
  PLUMBLINE_CHECK(write_file(words.string(), data.words));
  PLUMBLINE_CHECK(write_file(wish.out, bytes));
  std::error_code ec;
  std::filesystem::remove(state, ec);
  out.file = wish.out;
  out.model = model.name();
  out.bytes = bytes.size();
  out.known = data.known;
  out.skipped = data.skipped;
  out.missing = data.missing;
  return out;
}

}  // namespace plumbline
