#include "app/train_aspects.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/files.h"
#include "app/workers.h"
#include "app/workspace.h"
#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostTextBytes = std::size_t{1} << 30;
constexpr std::size_t kReadAtOnce = 512;  // read between two looks at the clock

// What the full tier finds in every line of the files.
Result<std::vector<TaughtTerms>> read_taught(const TrainAspectsWish& wish, Progress& progress) {
  const auto models = PLUMBLINE_TRY(load_full_models(wish.workspace));
  const FullModel& model = *models->of("en");
  std::vector<TaughtTerms> out;
  for (const std::string& name : wish.teachers) {
    const std::string file = PLUMBLINE_TRY(read_file(name, kMostTextBytes));
    for (const std::string_view line : split(file, '\n')) {
      std::string text = clean_utf8(trim(line));
      if (!text.empty()) out.push_back({std::move(text), {}});
    }
  }
  progress.begin("reading by the full tier", "texts", static_cast<double>(out.size()));
  for (std::size_t first = 0; first < out.size(); first += kReadAtOnce) {
    const std::span<TaughtTerms> some(out.data() + first,
                                      std::min(kReadAtOnce, out.size() - first));
    in_stretches(some.size(), worker_count(0), [&](std::size_t begin, std::size_t end) {
      std::vector<std::string_view> texts;
      for (std::size_t i = begin; i < end; ++i) texts.push_back(some[i].text);
      std::vector<FullReading> read = model.read(texts);
      for (std::size_t i = begin; i < end; ++i) some[i].terms = std::move(read[i - begin].terms);
    });
    progress.at(static_cast<double>(first + some.size()),
                static_cast<std::int64_t>(first + some.size()));
    if (progress.cancelled()) return fail(ErrorCode::partial, "stopped; nothing was written");
  }
  progress.end(fmt::format("{} texts read by the full tier", out.size()));
  return out;
}

}  // namespace

Result<TrainedAspects> train_aspects(const TrainAspectsWish& wish, Progress& progress) {
  const Lexicons lexicons = PLUMBLINE_TRY(open_lexicons(wish.languages, wish.fast));
  const Lexicon& lexicon = lexicons.at("en");
  const FastModel fast = PLUMBLINE_TRY(open_fast_model(wish.fast));
  std::vector<TaughtTerms> taught;
  if (!wish.teachers.empty()) taught = PLUMBLINE_TRY(read_taught(wish, progress));
  const TermData data = PLUMBLINE_TRY(read_term_data(wish.data, fast, lexicon, taught));
  const auto sentences = static_cast<std::int64_t>(data.learn.size());
  progress.begin("learning", "sentences", 1);
  const TermWeights weights = PLUMBLINE_TRY(learn_terms(data, wish.training, [&](double share) {
    progress.at(share, static_cast<std::int64_t>(share * static_cast<double>(sentences)));
    return !progress.cancelled();
  }));
  progress.end(fmt::format("learned from {} sentences", sentences));
  const std::string bytes = pack_term_model(weights);
  const TermModel model = PLUMBLINE_TRY(TermModel::read(bytes, wish.out));
  TrainedAspects out;
  out.scores = measure_terms({fast, model, lexicon}, data);
  PLUMBLINE_CHECK(write_file(wish.out, bytes));
  out.file = wish.out;
  out.model = model.name();
  out.bytes = bytes.size();
  out.learned_from = sentences;
  out.known = data.known;
  out.skipped = data.skipped;
  out.missing = data.missing;
  return out;
}

}  // namespace plumbline
