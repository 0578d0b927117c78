#include "nlp/analyze.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/cues.h"
#include "nlp/language.h"
#include "nlp/sentiment.h"

namespace plumbline {
namespace {

// Raised when code changes what an analysis says.
constexpr std::string_view kCodeVersion = "fast-1";
// Emoji and emoticons that mean the same in every language; its words are never scored.
constexpr std::string_view kShared = "und";
constexpr std::string_view kCueFiles[] = {"cues.txt", "themes.txt", "talk.txt", "stop.txt"};

bool is_cue_file(std::string_view name) {
  return std::find(std::begin(kCueFiles), std::end(kCueFiles), name) != std::end(kCueFiles);
}

// A language folder as read: where it lies and what is in it.
struct Folder {
  std::string where;
  std::map<std::string, std::string> files;
};
using Folders = std::map<std::string, Folder>;

Folders built_in() {
  Folders out;
  for (const EmbeddedFile& file : embedded_below("lang/")) {
    const std::string_view path = file.path.substr(std::string_view("lang/").size());
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) continue;
    Folder& folder = out[std::string(path.substr(0, slash))];
    folder.where = "lang/" + std::string(path.substr(0, slash));
    folder.files[std::string(path.substr(slash + 1))] = file.bytes;
  }
  return out;
}

Result<std::string> read_whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::not_found, "cannot be read", path.string());
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<Folder> read_folder(const std::filesystem::path& path) {
  Folder out;
  out.where = path.string();
  std::error_code error;
  for (std::filesystem::directory_iterator it(path, error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.empty() || name.front() == '.') continue;
    out.files[name] = PLUMBLINE_TRY(read_whole(it->path()));
  }
  if (error) return fail(ErrorCode::not_found, "cannot be listed: " + error.message(), out.where);
  return out;
}

Status add_own(const std::string& path, Folders& folders) {
  if (path.empty()) return {};
  std::error_code error;
  for (std::filesystem::directory_iterator it(path, error), end; !error && it != end;
       it.increment(error)) {
    const std::string code = it->path().filename().string();
    if (!it->is_directory() || code.front() == '.') continue;
    folders[code] = PLUMBLINE_TRY(read_folder(it->path()));
  }
  if (error) return fail(ErrorCode::not_found, "cannot be listed: " + error.message(), path);
  return {};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

struct LanguagePart {
  Lexicon lexicon;
  Cues cues;
};

}  // namespace

struct Analyzer::Parts {
  std::map<std::string, LanguagePart, std::less<>> languages;
  LanguageFinder finder;
  std::string version;

  const LanguagePart* part_of(std::string_view code) const {
    const auto found = languages.find(code);
    return found == languages.end() ? nullptr : &found->second;
  }
};

namespace {

Result<LanguagePart> read_language(const Folder& folder, const Lexicon& shared) {
  std::vector<LanguageFile> sentiment, cues;
  for (const auto& [name, content] : folder.files) {
    if (is_sentiment_file(name)) {
      sentiment.emplace_back(name, content);
    } else if (is_cue_file(name)) {
      cues.emplace_back(name, content);
    } else {
      return fail(ErrorCode::invalid, "is no file of a language folder", folder.where + "/" + name);
    }
  }
  LanguagePart part{shared, PLUMBLINE_TRY(Cues::load(cues).map_error([&](Error error) {
                      error.where =
                          error.where.empty() ? folder.where : folder.where + "/" + error.where;
                      return error;
                    }))};
  PLUMBLINE_CHECK(read_lexicon(sentiment, folder.where, part.lexicon));
  return part;
}

// Eight digits that change with any byte of any language file.
std::string version_of(const Folders& folders) {
  std::uint64_t sum = 0;
  for (const auto& [code, folder] : folders)
    for (const auto& [name, content] : folder.files)
      sum = hash64(content, hash64(code + "/" + name, sum));
  return fmt::format("{}-{}", kCodeVersion, hex64(sum).substr(0, 8));
}

// The scratch of one thread: what is prepared for one document and overwritten by the next.
struct Scratch {
  Prepared text, title;
};

Scratch& scratch() {
  thread_local Scratch own;
  return own;
}

void colour_aspects(const Prepared& text, const Lexicon& lexicon,
                    std::vector<AspectFinding>& aspects) {
  for (AspectFinding& aspect : aspects) {
    Weighing evidence;
    add_evidence(text, clause_around(text, aspect.span, lexicon), lexicon, evidence);
    aspect.label = judge(evidence, lexicon).label;
  }
}

}  // namespace

Analyzer::Analyzer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

Result<Analyzer> Analyzer::load(const std::string& folder) {
  Folders folders = built_in();
  PLUMBLINE_CHECK(add_own(folder, folders));
  auto parts = std::make_unique<Parts>();
  parts->version = version_of(folders);
  Lexicon shared;
  if (const auto found = folders.find(std::string(kShared)); found != folders.end()) {
    LanguagePart any = PLUMBLINE_TRY(read_language(found->second, {}));
    shared = std::move(any.lexicon);
    shared.level.clear();
    folders.erase(found);
  }
  for (const auto& [code, files] : folders) {
    parts->languages.emplace(code, PLUMBLINE_TRY(read_language(files, shared)));
    if (const auto stop = files.files.find("stop.txt"); stop != files.files.end())
      parts->finder.add_stop_words(code, stop->second);
  }
  return Analyzer(std::move(parts));
}

Analysis Analyzer::analyze(const Document& document) const {
  auto& [text, title] = scratch();
  prepare(document.text, text);
  prepare(document.title, title);
  Analysis out;
  out.version = parts_->version;
  out.lang = parts_->finder.find(text, document.lang);
  const LanguagePart* part = parts_->part_of(out.lang);
  out.scored = part && part->lexicon.scores();
  if (out.scored) {
    Weighing evidence;
    add_evidence(text, whole(text), part->lexicon, evidence);
    if (!title.words.empty()) add_evidence(title, whole(title), part->lexicon, evidence);
    out.sentiment = judge(evidence, part->lexicon);
  }
  if (!part && out.lang == "und" && is_ascii(document.text)) part = parts_->part_of("en");
  if (!part) return out;
  CueFindings findings;
  part->cues.find(text, findings);
  if (out.scored) colour_aspects(text, part->lexicon, findings.aspects);
  out.aspects = std::move(findings.aspects);
  out.statements = std::move(findings.statements);
  out.price_talk = findings.price_talk;
  out.value_talk = findings.value_talk;
  return out;
}

std::vector<Reason> Analyzer::explain(const Document& document) const {
  Prepared& text = scratch().text;
  prepare(document.text, text);
  std::vector<Reason> out;
  const std::string lang = parts_->finder.find(text, document.lang);
  const LanguagePart* part = parts_->part_of(lang);
  if (part && part->lexicon.scores()) explain_sentiment(text, part->lexicon, out);
  if (!part && lang == "und" && is_ascii(document.text)) part = parts_->part_of("en");
  if (!part) return out;
  CueFindings findings;
  part->cues.find(text, findings, &out);
  std::stable_sort(out.begin(), out.end(),
                   [](const Reason& a, const Reason& b) { return a.span.begin < b.span.begin; });
  return out;
}

const std::string& Analyzer::version() const { return parts_->version; }

std::vector<std::string> Analyzer::languages() const {
  std::vector<std::string> out;
  for (const auto& [code, part] : parts_->languages)
    if (part.lexicon.scores()) out.push_back(code);
  return out;
}

}  // namespace plumbline
