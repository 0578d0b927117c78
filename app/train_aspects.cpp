#include "app/train_aspects.h"

#include <fmt/format.h>

#include "app/files.h"
#include "nlp/fast_words.h"
#include "nlp/language_files.h"

namespace plumbline {

Result<TrainedAspects> train_aspects(const TrainAspectsWish& wish, Progress& progress) {
  LanguageFolders folders = built_in_languages();
  PLUMBLINE_CHECK(add_own_languages(wish.languages, folders));
  auto lexicons = PLUMBLINE_TRY(read_lexicons(folders));
  Lexicon& lexicon = lexicons.at("en");
  lexicon.known = PLUMBLINE_TRY(FastWords::of_model(wish.fast, false));
  const FastModel fast = PLUMBLINE_TRY(open_fast_model(wish.fast));
  const TermData data = PLUMBLINE_TRY(read_term_data(wish.data, fast, lexicon));
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
  out.skipped = data.skipped;
  out.missing = data.missing;
  return out;
}

}  // namespace plumbline
