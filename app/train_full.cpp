#include "app/train_full.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <filesystem>

#include "app/files.h"
#include "nlp/learn/statement_borders.h"
#include "nlp/pieces.h"

namespace plumbline {
namespace {

using SaveClock = std::chrono::steady_clock;
constexpr std::size_t kMostWeightBytes = std::size_t{4} << 30;
// Of a model that is taught further: what it knows is mended, not learned anew.
constexpr float kFurtherRate = 3e-5F, kFurtherHeadRate = 2;

Status learn(FullTrainer& trainer, const TrainFullWish& wish, Progress& progress) {
  const std::string state = wish.out + ".state";
  progress.begin("learning", "texts", static_cast<double>(trainer.steps()));
  auto saved = SaveClock::now();
  double loss = 0;
  while (trainer.done() < trainer.steps()) {
    const double one = trainer.step();
    loss = trainer.done() == 1 ? one : 0.99 * loss + 0.01 * one;
    progress.at(static_cast<double>(trainer.done()),
                static_cast<std::int64_t>(trainer.done() * wish.training.batch));
    const std::chrono::duration<double, std::ratio<60>> since = SaveClock::now() - saved;
    const bool stop = progress.cancelled();
    if (!stop && since.count() < wish.minutes_between_states) continue;
    PLUMBLINE_CHECK(write_file(state, trainer.state()));
    progress.say(fmt::format("step {} of {}, loss {:.4f}", trainer.done(), trainer.steps(), loss));
    saved = SaveClock::now();
    if (stop)
      return fail(ErrorCode::partial, "stopped; the same command goes on after the last step");
  }
  progress.end(fmt::format("learned in {} steps, loss {:.4f}", trainer.steps(), loss));
  return {};
}

Result<FullMeasured> measure(const FullModel& model, const FullData& data, Cooling cooling,
                             Progress& progress) {
  progress.begin("measuring", "texts", 1);
  const FullMeasured out = measure_full(model, data, cooling, [&](double share) {
    progress.at(share, static_cast<std::int64_t>(share * static_cast<double>(data.held.size())));
    return !progress.cancelled();
  });
  if (progress.cancelled()) return fail(ErrorCode::partial, "stopped while measuring");
  progress.end(fmt::format("measured on {} texts", data.held.size()));
  return out;
}

// The line of the file that says from where on a stretch is a statement.
std::string borders_of(const FullModel& model, const FullData& data, Progress& progress) {
  const auto marker = [&](std::span<const StatementSentence> sentences) {
    std::vector<std::string_view> texts;
    for (const StatementSentence& each : sentences) texts.push_back(each.text);
    std::vector<MarkedWords> words;
    for (FullReading& each : model.read(texts)) words.push_back(std::move(each.words));
    return words;
  };
  const ChosenBorders chosen = choose_borders(marker, data.held_statements);
  progress.say(fmt::format(
      "statements: precision {:.3f}, recall {:.3f} on {} held-out texts, with borders chosen "
      "there: {}",
      chosen.count.precision(), chosen.count.recall(), data.held_statements.size(),
      borders_line(chosen.borders)));
  return borders_line(chosen.borders);
}

}  // namespace

Result<TrainedFull> train_full(const TrainFullWish& wish, Progress& progress) {
  const std::string from =
      PLUMBLINE_TRY(read_file(wish.base.empty() ? wish.out : wish.base, kMostWeightBytes));
  const TensorFile base = PLUMBLINE_TRY(TensorFile::read(from));
  const Tensor* vocabulary = base.find("vocabulary");
  if (vocabulary == nullptr)
    return fail(ErrorCode::parse, "the weights of the encoder come without its vocabulary",
                wish.base);
  const Pieces pieces = PLUMBLINE_TRY(Pieces::read(vocabulary->bytes));
  progress.begin("reading", "texts", 0);
  const FullData data = PLUMBLINE_TRY(
      read_full_data(wish.data, pieces, learned_from(base.metadata("languages")), wish.statements));
  progress.end(fmt::format("read {} texts to learn from, {} to measure on", data.learn.size(),
                           data.held.size()));
  TrainedFull out;
  std::string bytes = from;
  if (!wish.base.empty()) {
    FullNet net(PLUMBLINE_TRY(EncoderShape::of(base)));
    PLUMBLINE_CHECK(net.begin(base, wish.training.seed));
    std::vector<float> shares;
    for (const FullDomain& domain : data.domains) shares.push_back(domain.share);
    FullTraining training = wish.training;
    if (base.find("head.sentiment") != nullptr) {
      training.rate = kFurtherRate;
      training.head_rate = kFurtherHeadRate;
    }
    FullTrainer trainer(net, data.learn, shares, training);
    resume_from(wish.out + ".state", kMostWeightBytes, "step", trainer, progress);
    PLUMBLINE_CHECK(learn(trainer, wish, progress));
    std::map<std::string, std::string, std::less<>> metadata;
    metadata["languages"] = fmt::format("{}", fmt::join(data.languages, " "));
    if (!data.stated.empty())
      metadata["statements"] = fmt::format("{}", fmt::join(data.stated, " "));
    const std::string raw = net.model(vocabulary->bytes, metadata);
    const FullModel uncooled = PLUMBLINE_TRY(FullModel::open(raw));
    const FullMeasured measured = PLUMBLINE_TRY(measure(uncooled, data, Cooling::best, progress));
    out.scores = measured.scores;
    for (const auto& [head, temperature] : measured.temperatures)
      metadata["temperature." + head] = fmt::format("{:.3f}", temperature);
    if (!data.stated.empty()) metadata["borders"] = borders_of(uncooled, data, progress);
    bytes = net.model(vocabulary->bytes, metadata);
    PLUMBLINE_CHECK(write_file(wish.out, bytes));
    std::error_code ec;
    std::filesystem::remove(wish.out + ".state", ec);
  } else {
    const FullModel model = PLUMBLINE_TRY(FullModel::open(bytes));
    if (!data.held_statements.empty() && model.states("en")) borders_of(model, data, progress);
    out.scores = PLUMBLINE_TRY(measure(model, data, Cooling::as_it_is, progress)).scores;
  }
  out.file = wish.out;
  out.model = PLUMBLINE_TRY(FullModel::open(bytes)).version();
  out.bytes = bytes.size();
  out.learned_from = static_cast<std::int64_t>(data.learn.size());
  out.known = data.known;
  out.skipped = data.skipped;
  out.missing = data.missing;
  return out;
}

}  // namespace plumbline
