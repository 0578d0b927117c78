#include "nlp/language_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/embedded.h"

namespace plumbline {
namespace {

// Read by reports, never by the analysis, so that a change in them makes no analysis old.
constexpr std::string_view kForReports[] = {"fillers.txt", "plurals.txt"};

bool is_for_reports(std::string_view name) {
  return std::ranges::find(kForReports, name) != std::end(kForReports);
}

Result<std::string> read_whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::not_found, "cannot be read", path.string());
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<LanguageFolder> read_folder(const std::filesystem::path& path) {
  LanguageFolder out;
  out.where = path.string();
  std::error_code error;
  for (std::filesystem::directory_iterator it(path, error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.empty() || name.front() == '.' || is_for_reports(name)) continue;
    out.files[name] = PLUMBLINE_TRY(read_whole(it->path()));
  }
  if (error) return fail(ErrorCode::not_found, "cannot be listed: " + error.message(), out.where);
  return out;
}

}  // namespace

LanguageFolders built_in_languages() {
  LanguageFolders out;
  for (const EmbeddedFile& file : embedded_below("lang/")) {
    const std::string_view path = file.path.substr(std::string_view("lang/").size());
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) continue;
    if (is_for_reports(path.substr(slash + 1))) continue;
    LanguageFolder& folder = out[std::string(path.substr(0, slash))];
    folder.where = "lang/" + std::string(path.substr(0, slash));
    folder.built_in = true;
    folder.files[std::string(path.substr(slash + 1))] = file.bytes;
  }
  return out;
}

Status add_own_languages(const std::string& path, LanguageFolders& folders) {
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

Result<Lexicons> read_lexicons(const LanguageFolders& folders) {
  const auto read = [](const LanguageFolder& folder, Lexicon& lexicon) {
    std::vector<LanguageFile> files;
    for (const auto& [name, content] : folder.files)
      if (is_sentiment_file(name)) files.emplace_back(name, content);
    return read_lexicon(files, folder.where, lexicon);
  };
  Lexicon shared;
  if (const auto found = folders.find(std::string(kSharedLanguage)); found != folders.end())
    PLUMBLINE_CHECK(read(found->second, shared));
  shared.level.clear();
  Lexicons out;
  for (const auto& [code, folder] : folders) {
    if (code == kSharedLanguage) continue;
    PLUMBLINE_CHECK(read(folder, out.emplace(code, shared).first->second));
  }
  return out;
}

}  // namespace plumbline
