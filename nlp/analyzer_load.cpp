#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/analyzer_parts.h"
#include "nlp/language_files.h"

namespace plumbline {
namespace {

// Raised when code changes what an analysis says.
constexpr std::string_view kCodeVersion = "reading-10";
constexpr std::string_view kCueFiles[] = {"cues.txt", "themes.txt", "talk.txt", "stop.txt"};
constexpr std::string_view kSureCues = "sure_cues.txt", kDeniedCues = "denied_cues.txt";

bool is_cue_file(std::string_view name) {
  return std::find(std::begin(kCueFiles), std::end(kCueFiles), name) != std::end(kCueFiles);
}

// The lines of a cues.txt that name words, not patterns, which take long to read.
std::string word_lines(std::string_view content) {
  std::string out;
  for (const std::string_view line : split(content, '\n'))
    if (line.starts_with("skip\t")) out.append(line).append("\n");
  return out;
}

// `without_cues`: a model finds its statements.
Result<LanguagePart> read_language(const LanguageFolder& folder, const Lexicon& shared,
                                   bool without_cues) {
  std::vector<LanguageFile> sentiment, cues;
  std::string words;
  std::string_view compare, conditions, feelings, irony, things, opinions, sayings, sure, denied;
  for (const auto& [name, content] : folder.files) {
    if (is_sentiment_file(name)) {
      sentiment.emplace_back(name, content);
    } else if (name == "compare.txt") {
      compare = content;
    } else if (name == "conditions.txt") {
      conditions = content;
    } else if (name == "feelings.txt") {
      feelings = content;
    } else if (name == "irony.txt") {
      irony = content;
    } else if (name == "things.txt") {
      things = content;
    } else if (name == "opinions.txt") {
      opinions = content;
    } else if (name == "sayings.txt") {
      sayings = content;
    } else if (name == kSureCues) {
      sure = content;
    } else if (name == kDeniedCues) {
      denied = content;
    } else if (without_cues && name == "cues.txt") {
      words = word_lines(content);
      cues.emplace_back(name, words);
    } else if (is_cue_file(name)) {
      cues.emplace_back(name, content);
    } else if (name != "brands.txt" && name != "entities.txt" && name != "offers.txt") {
      return fail(ErrorCode::invalid, "is no file of a language folder", folder.where + "/" + name);
    }
  }
  const auto here = [&](Error error) {
    error.where = error.where.empty() ? folder.where : folder.where + "/" + error.where;
    return error;
  };
  LanguagePart part{shared,
                    PLUMBLINE_TRY(Cues::load(cues).map_error(here)),
                    PLUMBLINE_TRY(Cues::load({{std::string(kSureCues), sure}}).map_error(here)),
                    PLUMBLINE_TRY(Cues::load({{std::string(kDeniedCues), denied}}).map_error(here)),
                    PLUMBLINE_TRY(Comparisons::load(compare).map_error(here)),
                    PLUMBLINE_TRY(Conditions::load(conditions).map_error(here)),
                    PLUMBLINE_TRY(Feelings::load(feelings).map_error(here)),
                    PLUMBLINE_TRY(IronySigns::load(irony).map_error(here)),
                    PLUMBLINE_TRY(Things::load(things).map_error(here)),
                    PLUMBLINE_TRY(Opinions::load(opinions).map_error(here)),
                    PLUMBLINE_TRY(Sayings::load(sayings).map_error(here)),
                    !without_cues};
  PLUMBLINE_CHECK(read_lexicon(sentiment, folder.where, part.lexicon));
  return part;
}

// Eight digits that change with any byte of any language file or of the models, "own-" before them
// where a user's own labels shift the fast one.
std::string version_of(const LanguageFolders& folders, const Analyzer::Parts& parts) {
  const FastModel& model = parts.model;
  std::uint64_t sum = hash64(model.name());
  if (parts.terms) sum = hash64(parts.terms->name(), sum);
  if (parts.known) sum = hash64(parts.known->name(), sum);
  if (parts.statements) sum = hash64(parts.statements->name(), sum);
  for (const auto& [code, folder] : folders)
    for (const auto& [name, content] : folder.files)
      sum = hash64(content, hash64(code + "/" + name, sum));
  return fmt::format("{}-{}{}", kCodeVersion, model.is_own() ? "own-" : "",
                     hex64(sum).substr(0, 8));
}

// The bytes of a model file, kept in `room`, or those of the built-in one of that name where they
// lie; empty where none is built in.
Result<std::string_view> model_bytes(const std::string& file, const std::string& built_in,
                                     std::string& room) {
  if (file.empty()) return embedded(built_in);
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(ErrorCode::not_found, "the model cannot be read", file);
  room.assign(std::istreambuf_iterator<char>(in), {});
  return std::string_view(room);
}

// None where none is built in and no file is named.
template <class Model>
Result<std::optional<Model>> read_model(const std::string& file, const std::string& built_in) {
  std::string room;
  const std::string_view bytes = PLUMBLINE_TRY(model_bytes(file, built_in, room));
  if (file.empty() && bytes.empty()) return std::optional<Model>();
  return std::optional<Model>(PLUMBLINE_TRY(Model::read(bytes, file.empty() ? built_in : file)));
}

Status read_models(const Analyzer::ModelFiles& files, Analyzer::Parts& parts) {
  const std::string fast = "models/fast.bin";
  std::string room;
  const std::string_view bytes = PLUMBLINE_TRY(model_bytes(files.fast, fast, room));
  parts.model = PLUMBLINE_TRY(FastModel::read(bytes, files.fast.empty() ? fast : files.fast));
  parts.known = PLUMBLINE_TRY(FastWords::of_model(files.fast, parts.model.is_own()));
  parts.terms = PLUMBLINE_TRY(read_model<TermModel>(files.aspects, "models/aspects.bin"));
  parts.statements =
      PLUMBLINE_TRY(read_model<StatementModel>(files.statements, "models/statements.bin"));
  return {};
}

}  // namespace

Analyzer::Analyzer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

Result<Analyzer> Analyzer::load(const std::string& folder, const ModelFiles& files) {
  LanguageFolders folders = built_in_languages();
  PLUMBLINE_CHECK(add_own_languages(folder, folders));
  auto parts = std::make_unique<Parts>();
  PLUMBLINE_CHECK(read_models(files, *parts));
  parts->version = version_of(folders, *parts);
  parts->entities = PLUMBLINE_TRY(EntityFinder::load(folders));
  const auto shared = std::make_shared<Lexicon>();
  if (const auto found = folders.find(std::string(kSharedLanguage)); found != folders.end()) {
    LanguagePart any = PLUMBLINE_TRY(read_language(found->second, {}, false));
    *shared = std::move(any.lexicon);
    shared->level.clear();
    folders.erase(found);
  }
  for (const auto& [code, language] : folders)
    if (const auto stop = language.files.find("stop.txt"); stop != language.files.end())
      parts->finder.add_stop_words(code, stop->second);
  parts->finder.add_lists(folders);
  for (auto& [code, language] : folders) {
    // Cues of the user's own come before the model.
    const bool built_in = language.built_in;
    const bool without_cues = built_in && parts->tells_statements(code) && parts->model.knows(code);
    const auto read = [folder = std::make_shared<LanguageFolder>(std::move(language)), shared,
                       without_cues, known = code == "en" ? parts->known : nullptr] {
      Result<LanguagePart> part = read_language(*folder, *shared, without_cues);
      if (part && known != nullptr) part->lexicon.known = known;
      return part;
    };
    // What is built in has no mistakes (the tests read it all).
    parts->languages.emplace(code,
                             PLUMBLINE_TRY(WhenAsked<LanguagePart>::reading(!built_in, read)));
  }
  return Analyzer(std::move(parts));
}

const std::string& Analyzer::version() const { return parts_->version; }

std::vector<std::string> Analyzer::languages() const {
  std::vector<std::string> out;
  for (const auto& [code, part] : parts_->languages)
    if (part.get() != nullptr && part.get()->lexicon.scores()) out.push_back(code);
  return out;
}

}  // namespace plumbline
