#include "app/train_own.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>

#include "app/audit.h"
#include "app/files.h"
#include "app/train_state.h"
#include "app/workspace.h"
#include "base/embedded.h"
#include "base/text.h"
#include "crawler/text_lines.h"
#include "nlp/fast_reading.h"
#include "nlp/fingerprint.h"
#include "nlp/learn/fast_data.h"
#include "nlp/normalize.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostModelBytes = std::size_t{64} << 20;

struct Labels {
  std::vector<Document> documents;  // normalized
  std::vector<Polarity> labels;
  std::vector<std::int64_t> rows;  // of the store; none where they come from a file
  std::int64_t skipped = 0;

  void keep_at_most(std::size_t most) {
    if (documents.size() <= most) return;
    documents.resize(most);
    labels.resize(most);
  }
};

Result<Labels> labels_of_book(const std::string& workspace) {
  const AuditBook book = PLUMBLINE_TRY(open_audit(workspace, false));
  Labels out;
  for (auto& one : PLUMBLINE_TRY(book.labelled(static_cast<int>(kMostOwnLabels)))) {
    out.rows.push_back(one.document.row);
    out.documents.push_back(std::move(one.document.document));
    out.labels.push_back(one.label);
  }
  return out;
}

Result<Labels> labels_of_file(const std::string& file) {
  Labels out;
  const auto bytes = PLUMBLINE_TRY(open_bytes(file));
  TextReader text(*bytes);
  TextLines lines(text);
  std::string_view line;
  while (PLUMBLINE_TRY(lines.next(line))) {
    if (trim(line).empty()) continue;
    const std::size_t tab = line.find('\t');
    Polarity label = Polarity::neutral;
    Document document;
    if (tab != std::string_view::npos) document.text = line.substr(tab + 1);
    document = normalize(std::move(document));
    if (tab == std::string_view::npos || document.text.empty() ||
        !label_named(trim(line.substr(0, tab)), label)) {
      ++out.skipped;
      continue;
    }
    out.documents.push_back(std::move(document));
    out.labels.push_back(label);
  }
  out.keep_at_most(kMostOwnLabels);
  return out;
}

// Equal for texts that are one but for capitals and the like.
std::uint64_t group_of(const Document& document) {
  const std::uint64_t folded = fingerprint(document.text).folded;
  return folded != 0 ? folded : hash64(document.text);
}

// The model that the shift goes on top of, and what reads texts for it.
struct Base {
  std::string bytes;
  FastModel model;
  Analyzer analyzer;
  Lexicons lexicons;
};

Result<Base> open_base(const std::string& workspace) {
  std::error_code ec;
  const std::string own = workspace + kOwnFastModel;
  const bool has_own = !workspace.empty() && std::filesystem::exists(own, ec);
  std::string lang = workspace + "/lang";
  if (workspace.empty() || !std::filesystem::is_directory(lang, ec)) lang.clear();
  std::string bytes = has_own ? PLUMBLINE_TRY(read_file(own, kMostModelBytes))
                              : std::string(embedded("models/fast.bin"));
  FastModel model = PLUMBLINE_TRY(FastModel::read(bytes, has_own ? own : "models/fast.bin"));
  const std::string file = has_own ? own : std::string();
  Lexicons lexicons = PLUMBLINE_TRY(open_lexicons(lang, file));
  return Base{std::move(bytes), std::move(model),
              PLUMBLINE_TRY(Analyzer::load(lang, {file, {}, {}})), std::move(lexicons)};
}

// The texts that the model judges.
struct OwnTexts {
  std::vector<OwnText> seen;        // as the model sees them
  std::vector<TieredText> tiers;    // as both tiers read them
  std::vector<std::size_t> places;  // among the labels
};

OwnTexts texts_of(const Labels& labels, const Base& base) {
  OwnTexts out;
  FastScratch scratch;
  for (std::size_t i = 0; i < labels.documents.size(); ++i) {
    const Document& document = labels.documents[i];
    Analysis analysis = base.analyzer.analyze(document);
    const std::string lang = analysis.lang == "und" ? "en" : analysis.lang;
    const auto lexicon = base.lexicons.find(lang);
    if (analysis.model != base.model.name() || lexicon == base.lexicons.end()) continue;
    scratch.slots.clear();
    read_fast(document.text, lexicon->second, lang, scratch);
    if (!document.title.empty()) read_fast(document.title, lexicon->second, lang, scratch);
    out.seen.push_back({scratch.slots, base.model.scores(scratch.slots, lang),
                        side_of(labels.labels[i]), group_of(document)});
    out.tiers.push_back({&document, labels.labels[i], std::move(analysis), std::nullopt});
    out.places.push_back(i);
  }
  return out;
}

Status check_enough(const std::vector<OwnText>& texts) {
  SideCounts of_side{};
  for (const OwnText& text : texts) ++of_side[text.label];
  const auto least = static_cast<std::int64_t>(kLeastOwnOfSide);
  if (texts.size() >= kLeastOwnLabels &&
      std::all_of(of_side.begin(), of_side.end(), [&](std::int64_t n) { return n >= least; }))
    return {};
  return fail(ErrorCode::not_found,
              fmt::format("there are {} labels to learn from ({} negative, {} neutral, {} "
                          "positive); {} are needed, at least {} of each; plumbline audit --next "
                          "200 draws texts to label",
                          texts.size(), of_side[0], of_side[1], of_side[2], kLeastOwnLabels,
                          kLeastOwnOfSide));
}

std::uint64_t digest_of(const std::vector<OwnText>& texts) {
  std::uint64_t sum = 0;
  for (const OwnText& text : texts)
    sum = hash64(fmt::format("{} {:016x}", text.label, text.group), sum);
  return sum;
}

Result<std::string> write_shift(const TrainOwnWish& wish, const Base& base,
                                const std::vector<OwnText>& texts) {
  FastShift shift = learn_own(texts, wish.training);
  shift.data_digest = digest_of(texts);
  const std::string bytes = PLUMBLINE_TRY(shift_fast_model(base.bytes, shift));
  const FastModel model = PLUMBLINE_TRY(FastModel::read(bytes, wish.out));
  const auto folder = std::filesystem::path(wish.out).parent_path();
  if (!folder.empty()) PLUMBLINE_CHECK(make_folder(folder.string()));
  PLUMBLINE_CHECK(write_file(wish.out, bytes, 0600));
  return model.name();
}

// Which texts of the audit the model learned from, and what either tier said of them before. Labels
// that came in a file may be of the same texts.
Status remember_unseen(const TrainOwnWish& wish, const TrainedOwn& trained, const Labels& labels,
                       const OwnTexts& texts) {
  AuditBook book = PLUMBLINE_TRY(open_audit(wish.workspace, true));
  std::vector<AuditBook::Unseen> said;
  const auto add = [&](std::int64_t row, std::size_t at) {
    const auto& shift = trained.comparison.unseen[at];
    said.push_back(
        {row, shifted_fast(texts.tiers[at], shift), shifted_full(texts.tiers[at], shift)});
  };
  if (wish.labels.empty()) {
    for (std::size_t at = 0; at < texts.places.size(); ++at) add(labels.rows[texts.places[at]], at);
  } else {
    std::map<std::uint64_t, std::size_t> places;
    for (std::size_t at = 0; at < texts.seen.size(); ++at) places[texts.seen[at].group] = at;
    for (const auto& one : PLUMBLINE_TRY(book.labelled(std::numeric_limits<int>::max())))
      if (const auto found = places.find(group_of(one.document.document)); found != places.end())
        add(one.document.row, found->second);
  }
  return book.put_unseen(trained.model, said);
}

// Whether the workspace has an audit that the model is to be remembered in.
bool has_audit(const TrainOwnWish& wish) {
  if (wish.labels.empty()) return true;
  return !wish.workspace.empty() && wish.out == wish.workspace + kOwnShiftedModel &&
         open_audit(wish.workspace, false).has_value();
}

}  // namespace

Result<std::string> own_model_name(const std::string& workspace) {
  const std::string file = workspace + kOwnShiftedModel;
  std::error_code ec;
  if (!std::filesystem::exists(file, ec)) return std::string();
  const std::string bytes = PLUMBLINE_TRY(read_file(file, kMostModelBytes));
  return PLUMBLINE_TRY(FastModel::read(bytes, file)).name();
}

Result<TrainedOwn> train_own(const TrainOwnWish& wish, Progress& progress) {
  progress.begin("reading", "labels", 0);
  const Labels labels = PLUMBLINE_TRY(wish.labels.empty() ? labels_of_book(wish.workspace)
                                                          : labels_of_file(wish.labels));
  const Base base = PLUMBLINE_TRY(open_base(wish.workspace));
  OwnTexts texts = texts_of(labels, base);
  const std::size_t count = texts.seen.size();
  progress.end(fmt::format("read {} labels", count));
  PLUMBLINE_CHECK(check_enough(texts.seen));
  TrainedOwn out;
  out.base = base.model.name();
  out.labels = static_cast<std::int64_t>(count);
  out.skipped = labels.skipped;
  out.other = static_cast<std::int64_t>(labels.documents.size() - count);
  progress.begin("comparing", "labels", 1);
  out.comparison = compare_own(texts.seen, wish.training, [&](double share) {
    progress.at(share, static_cast<std::int64_t>(share * static_cast<double>(count)));
    return !progress.cancelled();
  });
  if (out.comparison.unseen.empty())
    return fail(ErrorCode::partial, "stopped; nothing was changed");
  read_full(*PLUMBLINE_TRY(load_full_models(wish.workspace)), base.analyzer, texts.tiers);
  out.full = compare_full(texts.tiers, out.comparison.unseen);
  progress.end(fmt::format("compared on {} labels", count));
  out.used =
      out.comparison.better && out.full.own_accuracy >= out.full.accuracy - kMostAccuracyLost;
  if (!out.used) return out;
  out.model = PLUMBLINE_TRY(write_shift(wish, base, texts.seen));
  out.file = wish.out;
  if (has_audit(wish)) PLUMBLINE_CHECK(remember_unseen(wish, out, labels, texts));
  return out;
}

}  // namespace plumbline
