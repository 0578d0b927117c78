#include <nlohmann/json.hpp>

#include <algorithm>

#include "app/import_files.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

// "text=body,date=day" and repeated --map give field -> column.
Result<std::map<std::string, std::string>> columns_of(const Arguments& arguments) {
  static const std::vector<std::string_view> kFields = {
      "id",    "text",   "title", "author", "published_at", "brand",  "rating",
      "likes", "shares", "url",   "lang",   "place",        "parent", "source"};
  std::map<std::string, std::string> columns;
  for (const std::string& map : arguments.all("--map")) {
    for (const std::string_view pair : split(map, ',')) {
      const auto equals = pair.find('=');
      const std::string field(trim(pair.substr(0, equals)));
      if (equals == std::string_view::npos || field.empty() ||
          trim(pair.substr(equals + 1)).empty())
        return fail(ErrorCode::invalid,
                    "--map wants FIELD=COLUMN, not '" + escape_terminal(pair) + "'");
      if (std::find(kFields.begin(), kFields.end(), field) == kFields.end()) {
        const std::string_view near = closest(field, kFields);
        return fail(
            ErrorCode::invalid,
            fmt::format("--map knows no field '{}'; {}", escape_terminal(field),
                        near.empty() ? fmt::format("there are: {}", fmt::join(kFields, ", "))
                                     : fmt::format("did you mean '{}'?", near)));
      }
      columns[field] = std::string(trim(pair.substr(equals + 1)));
    }
  }
  return columns;
}

std::int64_t skipped_of(const FileImport& file) { return file.read.skipped + file.without_text; }

Json as_json(const FileImport& file) {
  Json json = {{"file", file.file},         {"format", file.format},
               {"source", file.source},     {"rows", file.read.rows},
               {"added", file.put.added},   {"updated", file.put.updated},
               {"known", file.put.known},   {"differing", file.put.differing},
               {"copies", file.put.copies}, {"skipped", skipped_of(file)}};
  json["brands"] = Json::object();
  for (const auto& [brand, n] : file.by_brand) json["brands"][brand] = n;
  json["skipped_by_reason"] = file.read.skipped_by_reason;
  if (file.without_text > 0) json["skipped_by_reason"]["no text"] = file.without_text;
  json["mapped"] = Json::object();
  for (const auto& [field, column] : file.read.mapped) json["mapped"][field] = column;
  json["unused"] = file.read.unused;
  json["problems"] = file.read.problems;
  return json;
}

std::string in_words(const FileImport& file, bool dry_run) {
  std::string text = fmt::format("{}: {} as {}, source '{}'\n", escape_terminal(file.file),
                                 dry_run ? "would be read" : "read", file.format, file.source);
  if (!file.read.mapped.empty()) {
    std::vector<std::string> pairs;
    for (const auto& [field, column] : file.read.mapped)
      pairs.push_back(field + " <- " + escape_terminal(column));
    text += fmt::format("  found: {}\n", fmt::join(pairs, ", "));
  }
  if (!file.read.unused.empty())
    text +=
        escape_terminal(fmt::format("  not used: {}", fmt::join(file.read.unused, ", "))) + "\n";
  text += fmt::format("  {} rows", file.read.rows);
  if (!dry_run) {
    text += fmt::format(": {} new", file.put.added);
    if (file.put.copies > 0)
      text += fmt::format(" ({} of them copies of an earlier text)", file.put.copies);
    if (file.put.known > 0) text += fmt::format(", {} known", file.put.known);
    if (file.put.differing > 0)
      text += fmt::format(
          ", {} with a known id and another text (the first text is kept; --source NAME keeps "
          "files apart)",
          file.put.differing);
  }
  text += "\n";
  if (file.by_brand.size() > 1) {
    std::vector<std::string> pairs;
    for (const auto& [brand, n] : file.by_brand)
      pairs.push_back(fmt::format("{} {}", brand.empty() ? "no brand" : brand, n));
    text += escape_terminal(fmt::format("  of the new ones: {}", fmt::join(pairs, ", "))) + "\n";
  }
  if (file.without_text > 0) text += fmt::format("  {} skipped: no text\n", file.without_text);
  for (const auto& [reason, count] : file.read.skipped_by_reason)
    text += fmt::format("  {} skipped: {}\n", count, escape_terminal(reason));
  for (const std::string& problem : file.read.problems)
    text += "  " + escape_terminal(problem) + "\n";
  if (dry_run)
    for (const Document& sample : file.samples)
      text +=
          escape_terminal(fmt::format("  e.g. {} {} {}: {}", format_utc(sample.published_at),
                                      sample.author.handle, sample.id, shorten(sample.text, 90))) +
          "\n";
  return text;
}

// There is no row, or not one of them could be taken.
bool took_nothing(const FileImport& file) { return skipped_of(file) >= file.read.rows; }

// What a user can do about the reason for which most rows were skipped.
std::string_view fix_of(std::string_view reason, std::string_view format) {
  // Only these read whatever columns they meet.
  if (format != "csv" && format != "jsonl") return "--format names another format";
  if (reason.find("date") != std::string_view::npos)
    return "name the column of dates with --map published_at=COLUMN";
  if (reason.find("text") != std::string_view::npos ||
      reason.find("words") != std::string_view::npos)
    return "name the column of texts with --map text=COLUMN";
  if (reason.find("cells") != std::string_view::npos)
    return "look whether the first line names the columns, and save the table again as CSV";
  if (reason.find("JSON") != std::string_view::npos)
    return "each line must be one JSON object; --format names another format";
  return "--format names another format";
}

std::string nothing_taken(const FileImport& file) {
  if (file.read.rows == 0)
    return escape_terminal(fmt::format(
        "{}: no row could be taken, for it holds none{}; export it again, or name another file",
        file.file, file.format == "csv" ? " below its column names" : ""));
  std::string reason = "no text";
  std::int64_t most = file.without_text;
  for (const auto& [why, count] : file.read.skipped_by_reason)
    if (count > most) most = count, reason = why;
  return escape_terminal(fmt::format(
      "{}: none of {} row{} could be taken; {} for \"{}\": {} (--dry-run shows which columns were "
      "found)",
      file.file, file.read.rows, file.read.rows == 1 ? "" : "s",
      most >= file.read.rows ? "all" : fmt::format("{}", most), reason,
      fix_of(reason, file.format)));
}

Result<int> run_import(const Arguments& arguments) {
  ImportJob job;
  job.files = arguments.words;
  job.format = arguments.get("--format", "auto");
  job.source = arguments.get("--source");
  job.brand = arguments.get("--brand");
  job.columns = PLUMBLINE_TRY(columns_of(arguments));
  job.dry_run = arguments.has("--dry-run");
  job.analyze = !arguments.has("--no-analysis");
  for (const char c : job.source)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
      return fail(ErrorCode::invalid, "--source wants one lower-case word of letters and digits");
  Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::write));
  const auto progress = make_progress();
  const auto files = PLUMBLINE_TRY(import_files(workspace, job, *progress));
  Json json = Json::array();
  for (const FileImport& file : files) {
    json.push_back(as_json(file));
    if (!arguments.has("--json")) print(in_words(file, job.dry_run));
  }
  if (arguments.has("--json"))
    print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  int code = 0;
  for (const FileImport& file : files) {
    if (!took_nothing(file)) continue;
    say_error(nothing_taken(file));
    code = 3;
  }
  return code;
}

}  // namespace

extern const Command import_command;
const Command import_command = {
    "import",
    "FILE... [--format auto|NAME] [--map FIELD=COLUMN,...] [--brand NAME] [--dry-run]",
    "read exports, transcripts, chats, mail and archives that you already have",
    "Columns are found by their names; --map names them where that fails. FIELD is one of id, "
    "text, title, author, published_at, brand,\n"
    "rating, likes, shares, url, lang, place, parent, source. Reading the same file again adds "
    "nothing. - reads standard input.\n"
    "FILE may be a zip or a folder as LinkedIn, Facebook, X, Google and others hand it out; it is "
    "read where it lies, nothing is unpacked to disk.\n"
    "Exit code 3: of some file no row could be taken; a line says why.",
    "  plumbline import mentions.csv --dry-run\n  plumbline import tweets.csv --map "
    "text=body,author=user,published_at=created\n",
    {{"--format", "NAME", "auto (default), or a format; a name that does not exist lists them"},
     {"--map", "F=C,...", "which column holds which field", true},
     {"--brand", "NAME", "the brand of rows that name none"},
     {"--source", "WORD", "what to call where it comes from; default: the file's name"},
     {"--dry-run", "", "show what would be read, keep nothing"},
     {"--no-analysis", "", "keep now, analyse and index words in the next nightly run"},
     {"--json", "", "the outcome as JSON"}},
    1,
    -1,
    run_import};

}  // namespace plumbline
