#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/config.h"
#include "app/files.h"
#include "app/train.h"
#include "app/train_aspects.h"
#include "app/train_full.h"
#include "app/train_own.h"
#include "app/train_statements.h"
#include "cli/own_figures.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

// The workspace's own model, or a file of its name here where there is no workspace.
std::string default_out(const std::string& workspace, const std::string& own) {
  if (!workspace.empty()) return workspace + own;
  const auto config = find_config(".");
  if (!config) return std::filesystem::path(own).filename().string();
  return std::filesystem::path(*config).parent_path().string() + own;
}

// The workspace's own languages; empty: it has none.
std::string own_languages(const std::string& workspace) {
  std::error_code ec;
  const std::string folder = workspace + "/lang";
  return !workspace.empty() && std::filesystem::is_directory(folder, ec) ? folder : std::string();
}

Status make_folder_of(const std::string& file) {
  const std::string folder = std::filesystem::path(file).parent_path().string();
  return folder.empty() ? Status() : make_folder(folder);
}

std::string_view name_of(FastRole role) {
  return role == FastRole::measure ? "foreign" : "held out";
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string cell(double value) {
  return std::isfinite(value) ? fmt_line("{:.3f}", value) : std::string();
}

Json sets_json(const TrainedFast& trained) {
  Json sets = Json::array();
  for (const FastScore& score : trained.scores)
    sets.push_back({{"set", score.name},
                    {"role", name_of(score.role)},
                    {"texts", score.texts},
                    {"macro_recall", number(score.macro_recall)},
                    {"macro_f1", number(score.macro_f1)},
                    {"calibration_error", number(score.calibration)},
                    {"calibration_error_by_chance", number(score.by_chance)},
                    {"pearson", number(score.pearson)}});
  return sets;
}

void print_table(const TrainedFast& trained) {
  std::vector<std::vector<std::string>> rows = {{"set", "texts", "macro-recall", "macro-F1",
                                                 "calibration error", "by chance", "Pearson", ""}};
  for (const FastScore& score : trained.scores)
    rows.push_back({score.name, std::to_string(score.texts), cell(score.macro_recall),
                    cell(score.macro_f1), cell(score.calibration), cell(score.by_chance),
                    cell(score.pearson), std::string(name_of(score.role))});
  print(table(rows, 1, 7));
}

Json sets_json(const TrainedFull& trained) {
  Json sets = Json::array();
  for (const FullScore& score : trained.scores)
    sets.push_back({{"set", score.name},
                    {"role", score.foreign ? "foreign" : "held out"},
                    {"texts", score.texts},
                    {"accuracy", number(score.accuracy)},
                    {"macro_recall", number(score.macro_recall)},
                    {"macro_f1", number(score.macro_f1)},
                    {"calibration_error", number(score.calibration)},
                    {"calibration_error_by_chance", number(score.by_chance)},
                    {"term_f1", number(score.term_f1)}});
  return sets;
}

void print_table(const TrainedFull& trained) {
  std::vector<std::vector<std::string>> rows = {{"set", "texts", "accuracy", "macro-recall",
                                                 "macro-F1", "calibration error", "by chance",
                                                 "terms F1", ""}};
  for (const FullScore& score : trained.scores)
    rows.push_back({score.name, std::to_string(score.texts), cell(score.accuracy),
                    cell(score.macro_recall), cell(score.macro_f1), cell(score.calibration),
                    cell(score.by_chance), cell(score.term_f1),
                    score.foreign ? "foreign" : "held out"});
  print(table(rows, 1, 8));
}

Json sets_json(const TrainedAspects& trained) {
  Json sets = Json::array();
  for (const TermScore& score : trained.scores)
    sets.push_back({{"set", score.name},
                    {"role", "held out"},
                    {"texts", score.sentences},
                    {"terms", score.terms},
                    {"term_precision", number(score.precision)},
                    {"term_recall", number(score.recall)},
                    {"term_f1", number(score.f1)},
                    {"accuracy", number(score.accuracy)},
                    {"macro_f1", number(score.macro_f1)}});
  return sets;
}

void print_table(const TrainedAspects& trained) {
  std::vector<std::vector<std::string>> rows = {
      {"set", "texts", "terms", "precision", "recall", "terms F1", "accuracy", "macro-F1", ""}};
  for (const TermScore& score : trained.scores)
    rows.push_back({score.name, std::to_string(score.sentences), std::to_string(score.terms),
                    cell(score.precision), cell(score.recall), cell(score.f1), cell(score.accuracy),
                    cell(score.macro_f1), "held out"});
  print(table(rows, 1, 8));
}

// What a column of a model of statements is of.
std::string column_name(std::size_t column) {
  if (column == other_column) return "of another";
  if (column == past_column) return "past";
  if (column == future_column) return "future";
  if (column == unreal_column) return "not real";
  return std::string(name_of(static_cast<StatementKind>(column)));
}

double share_of(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : NAN;
}

// All kinds together come last.
std::vector<std::pair<std::string, StatementCounts>> rows_of(const TrainedStatements& trained) {
  std::vector<std::pair<std::string, StatementCounts>> out;
  StatementCounts all;
  for (std::size_t c = 0; c < kStatementColumns; ++c) {
    const StatementCounts& one = trained.held[c];
    out.emplace_back(column_name(c), one);
    if (c >= kStatementKinds) continue;
    all.there += one.there;
    all.found += one.found;
    all.right += one.right;
  }
  out.emplace_back("all kinds", all);
  return out;
}

Json sets_json(const TrainedStatements& trained) {
  Json sets = Json::array();
  for (const auto& [name, one] : rows_of(trained))
    sets.push_back({{"set", name},
                    {"role", "held out"},
                    {"there", one.there},
                    {"found", one.found},
                    {"precision", number(share_of(one.right, one.found))},
                    {"recall", number(share_of(one.right, one.there))}});
  return sets;
}

void print_table(const TrainedStatements& trained) {
  std::vector<std::vector<std::string>> rows = {
      {"statements", "there", "found", "precision", "recall", ""}};
  for (const auto& [name, one] : rows_of(trained))
    rows.push_back({name, std::to_string(one.there), std::to_string(one.found),
                    cell(share_of(one.right, one.found)), cell(share_of(one.right, one.there)),
                    "held out"});
  print(table(rows, 1, 5));
}

// What came out, for people or as JSON.
template <class Outcome>
int tell(const Arguments& arguments, const Outcome& trained, const std::string& data) {
  for (const std::string& name : trained.missing) say("note: " + name + " is not in " + data);
  if (trained.skipped > 0)
    say(
        fmt_line("note: {} lines were left out: broken, or their labels are unknown or contradict "
                 "each other",
                 trained.skipped));
  if (arguments.has("--json")) {
    const Json json = {{"file", trained.file},       {"model", trained.model},
                       {"bytes", trained.bytes},     {"learned_from", trained.learned_from},
                       {"left_out", trained.known},  {"skipped_lines", trained.skipped},
                       {"missing", trained.missing}, {"sets", sets_json(trained)}};
    print(json.dump(2) + "\n");
  } else {
    print_table(trained);
  }
  say(fmt_line("{}: {}, {} bytes", trained.file, trained.model, trained.bytes));
  return 0;
}

Result<int> run_fast(const Arguments& arguments) {
  TrainFastWish wish;
  wish.data = arguments.get("--data");
  if (wish.data.empty())
    return fail(ErrorCode::invalid, "say where the labelled sets are: --data DIR; docs/train.md");
  const auto percent = PLUMBLINE_TRY(arguments.number("--teacher-weight", 100, 1, 1000));
  for (const std::string& file : arguments.all("--teacher"))
    wish.teachers.push_back({file, static_cast<float>(percent) / 100});
  wish.training.seed =
      static_cast<std::uint64_t>(PLUMBLINE_TRY(arguments.number("--seed", 7, 0, INT32_MAX)));
  wish.training.epochs =
      static_cast<int>(PLUMBLINE_TRY(arguments.number("--epochs", wish.training.epochs, 1, 1000)));
  wish.threads = static_cast<int>(PLUMBLINE_TRY(arguments.number("--threads", 0, 0, 64)));
  const std::string workspace = arguments.get("--workspace");
  wish.out = arguments.get("--out", default_out(workspace, kOwnFastModel));
  std::error_code ec;
  wish.languages = own_languages(workspace);
  const auto folder = std::filesystem::path(wish.out).parent_path();
  if (!folder.empty()) PLUMBLINE_CHECK(make_folder(folder.string()));
  catch_interrupts();
  const auto progress = make_progress();
  const TrainedFast trained = PLUMBLINE_TRY(train_fast(wish, *progress));
  const std::string shifted = (folder / "own.bin").string();
  if (wish.out.ends_with(kOwnFastModel) && std::filesystem::exists(shifted, ec))
    say("note: " + shifted +
        " goes before it and stands on the model before; anew: plumbline train own");
  return tell(arguments, trained, wish.data);
}

Result<int> run_full(const Arguments& arguments) {
  TrainFullWish wish;
  wish.data = arguments.get("--data");
  wish.base = arguments.get("--base");
  const bool measure = arguments.has("--measure");
  if (wish.data.empty() || (wish.base.empty() && !measure))
    return fail(ErrorCode::invalid,
                "say where the labelled sets and the encoder to begin with are: --data DIR --base "
                "FILE; or measure a model that is there: --measure; docs/train.md");
  if (measure) wish.base.clear();
  wish.statements = arguments.all("--statements");
  const auto defaults = FullTraining();
  wish.training.seed =
      static_cast<std::uint64_t>(PLUMBLINE_TRY(arguments.number("--seed", 7, 0, INT32_MAX)));
  wish.training.texts = static_cast<std::size_t>(PLUMBLINE_TRY(
      arguments.number("--texts", static_cast<std::int64_t>(defaults.texts), 1, 100000000)));
  wish.training.two_threads = PLUMBLINE_TRY(arguments.number("--threads", 2, 0, 64)) != 1;
  wish.out = arguments.get("--out", default_out(arguments.get("--workspace"), kOwnFullModel));
  PLUMBLINE_CHECK(make_folder_of(wish.out));
  catch_interrupts();
  const auto progress = make_progress();
  const TrainedFull trained = PLUMBLINE_TRY(train_full(wish, *progress));
  return tell(arguments, trained, wish.data);
}

Result<int> run_own(const Arguments& arguments) {
  TrainOwnWish wish;
  wish.labels = arguments.get("--labels");
  wish.workspace = arguments.get("--workspace");
  if (wish.workspace.empty()) {
    const auto config = find_config(".");
    if (config) wish.workspace = std::filesystem::path(*config).parent_path().string();
    if (!config && wish.labels.empty()) return tl::unexpected<Error>(config.error());
  }
  wish.out = arguments.get("--out", default_out(wish.workspace, kOwnShiftedModel));
  wish.training.seed =
      static_cast<std::uint64_t>(PLUMBLINE_TRY(arguments.number("--seed", 7, 0, INT32_MAX)));
  catch_interrupts();
  const auto progress = make_progress();
  const TrainedOwn trained = PLUMBLINE_TRY(train_own(wish, *progress));
  if (trained.skipped > 0) say(fmt_line("note: {} lines could not be read", trained.skipped));
  if (trained.other > 0)
    say(fmt_line("note: {} texts are in languages that the fast model does not judge",
                 trained.other));
  if (arguments.has("--json"))
    print(own_json(trained));
  else
    print(own_text(trained));
  std::error_code ec;
  const bool in_use =
      !wish.workspace.empty() && wish.out == default_out(wish.workspace, kOwnShiftedModel);
  if (trained.used && in_use)
    say(fmt_line("{}: {}, used from now on; plumbline nightly judges what is kept anew",
                 trained.file, trained.model));
  else if (trained.used)
    say(fmt_line("{}: {}; to use it, put it in a workspace as models/own.bin", trained.file,
                 trained.model));
  else
    say(own_refusal(trained) + std::string(std::filesystem::exists(wish.out, ec)
                                               ? "; " + wish.out + " of an earlier run stays"
                                               : ""));
  return 0;
}

Result<int> run_aspects(const Arguments& arguments) {
  TrainAspectsWish wish;
  wish.data = arguments.get("--data");
  if (wish.data.empty())
    return fail(ErrorCode::invalid, "say where the labelled sets are: --data DIR; docs/train.md");
  wish.training.seed =
      static_cast<std::uint64_t>(PLUMBLINE_TRY(arguments.number("--seed", 7, 0, INT32_MAX)));
  const std::string workspace = arguments.get("--workspace");
  wish.out = arguments.get("--out", default_out(workspace, kOwnAspectModel));
  wish.fast = arguments.get("--fast");
  wish.teachers = arguments.all("--teacher");
  const auto percent = PLUMBLINE_TRY(arguments.number("--teacher-weight", 100, 1, 1000));
  wish.training.taught *= static_cast<float>(percent) / 100;
  wish.workspace = workspace;
  wish.languages = own_languages(workspace);
  PLUMBLINE_CHECK(make_folder_of(wish.out));
  catch_interrupts();
  const auto progress = make_progress();
  const TrainedAspects trained = PLUMBLINE_TRY(train_aspects(wish, *progress));
  return tell(arguments, trained, wish.data);
}

Result<int> run_statements(const Arguments& arguments) {
  TrainStatementsWish wish;
  wish.statements = arguments.all("--statements");
  if (wish.statements.empty())
    return fail(ErrorCode::invalid,
                "say where the marked sentences are: --statements DIR; docs/train.md");
  wish.teachers = arguments.all("--teacher");
  const auto percent = PLUMBLINE_TRY(arguments.number("--teacher-weight", 100, 1, 1000));
  wish.training.taught *= static_cast<float>(percent) / 100;
  wish.training.seed =
      static_cast<std::uint64_t>(PLUMBLINE_TRY(arguments.number("--seed", 7, 0, INT32_MAX)));
  wish.training.epochs =
      static_cast<int>(PLUMBLINE_TRY(arguments.number("--epochs", wish.training.epochs, 1, 1000)));
  const std::string workspace = arguments.get("--workspace");
  wish.out = arguments.get("--out", default_out(workspace, kOwnStatementModel));
  wish.fast = arguments.get("--fast");
  wish.languages = own_languages(workspace);
  PLUMBLINE_CHECK(make_folder_of(wish.out));
  catch_interrupts();
  const auto progress = make_progress();
  const TrainedStatements trained = PLUMBLINE_TRY(train_statements(wish, *progress));
  return tell(arguments, trained, wish.statements.front());
}

// What can be trained, by the first word.
struct Trainable {
  std::string_view name;
  Result<int> (*run)(const Arguments& arguments);
};
constexpr Trainable kTrainables[] = {{"own", run_own},
                                     {"fast", run_fast},
                                     {"full", run_full},
                                     {"aspects", run_aspects},
                                     {"statements", run_statements}};

Result<int> run_train(const Arguments& arguments) {
  std::string names;
  for (const Trainable& one : kTrainables) {
    if (arguments.words[0] == one.name) return one.run(arguments);
    names += (names.empty() ? "" : ", ") + std::string(one.name);
  }
  return fail(ErrorCode::invalid,
              "there is no model '" + arguments.words[0] + "' to train, only: " + names);
}

}  // namespace

extern const Command train_command;
const Command train_command = {
    "train",
    "own [--labels FILE] | fast|full|aspects --data DIR | statements --statements DIR "
    "[--base FILE] [--teacher FILE]... [--out FILE] [--seed N] [--json]",
    "learn a model from labelled texts and show how well it does",
    "own: learns from the labels that you gave by plumbline audit, or from lines \"label TAB "
    "text\", "
    "how the fast model should be shifted for\n"
    "your texts; takes seconds, and the shift is used only if it does better on texts it did not "
    "learn from. fast, full: DIR holds public sets as docs/train.md tells, and a set of your own "
    "in the same form. Prints "
    "how the model does on texts it did not\n"
    "learn from. A run that was stopped goes on where it was. A model written to models/fast.bin "
    "of "
    "a workspace is used by it from then on.",
    "  plumbline train own\n  plumbline train own --labels labelled.tsv --out own.bin\n"
    "  plumbline train fast --data sets\n  plumbline train fast --data sets --teacher "
    "labelled.tsv --out fast.bin --json > measured.json\n"
    "  plumbline train full --data sets --base encoder.safetensors\n"
    "  plumbline train aspects --data sets\n"
    "  plumbline train statements --statements tests/data/statements\n",
    {{"--labels", "FILE", "own: lines of a label, a tab and a text instead of the audit's labels"},
     {"--data", "DIR", "fast, full, aspects: the folder of labelled sets"},
     {"--teacher", "FILE",
      "texts with what a better model said of them; several times. aspects: plain texts, one a "
      "line, which the full tier reads first",
      true},
     {"--teacher-weight", "PERCENT", "of such a text beside 100 of one labelled by people"},
     {"--out", "FILE",
      "default: models/fast.bin (own.bin, full.safetensors, aspects.bin, statements.bin) of the "
      "workspace, else here"},
     {"--seed", "N", "default 7; the same seed and data give the same bytes"},
     {"--epochs", "N", "fast: how often each text is learned from"},
     {"--fast", "FILE",
      "aspects, statements: the fast model to work with; default: the built-in one"},
     {"--base", "FILE", "full: weights and vocabulary of the encoder to begin with"},
     {"--statements", "DIR",
      "full, statements: the folder of sentences with marked statements; several times", true},
     {"--texts", "N", "full: how many texts are learned from in all, repeats counted"},
     {"--measure", "", "full: only measure the model at --out"},
     {"--threads", "N", "for reading; the model is the same for any number"},
     {"--json", "", "the figures as JSON"}},
    1,
    1,
    run_train};

}  // namespace plumbline
