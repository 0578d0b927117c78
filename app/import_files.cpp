#include "app/import_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "app/files.h"
#include "app/intake.h"
#include "crawler/archive.h"
#include "crawler/text_lines.h"
#include "nlp/normalize.h"

namespace plumbline {
namespace {

constexpr std::size_t kHead = 64 << 10;

Seconds changed_at(const std::string& file) {
  struct stat info {};
  return ::stat(file.c_str(), &info) == 0 ? static_cast<Seconds>(info.st_mtime) : now();
}

void keep_sample(FileImport& outcome, const Document& document) {
  if (outcome.samples.size() < 3) outcome.samples.push_back(normalize(document));
}

// A file as bytes, or a folder or zip as an archive.
struct Opened {
  std::unique_ptr<ByteSource> raw;
  std::unique_ptr<PeekedBytes> bytes;
  std::unique_ptr<Archive> archive;
  const Importer* importer = nullptr;

  Result<ImportOutcome> read(const std::string& file, const ImportOptions& options,
                             const DocumentSink& sink) const {
    return archive ? importer->read_archive(*archive, file, options, sink)
                   : importer->read(*bytes, file, options, sink);
  }
  double progress() const { return bytes ? bytes->progress() : 0; }
};

Result<Opened> open_import(const std::string& file, const std::string& format) {
  Opened opened;
  std::error_code ec;
  if (file != "-" && std::filesystem::is_directory(file, ec)) {
    opened.archive = PLUMBLINE_TRY(open_folder(file));
  } else {
    opened.raw = PLUMBLINE_TRY(open_bytes(file));
    opened.bytes = std::make_unique<PeekedBytes>(*opened.raw);
    const std::string_view head = PLUMBLINE_TRY(opened.bytes->peek(kHead));
    if (head.empty()) return fail(ErrorCode::invalid, "is empty", file);
    if (!begins_like_zip(head)) {
      opened.importer = PLUMBLINE_TRY(pick_importer(format, file, head));
      return opened;
    }
    if (file == "-")
      return fail(ErrorCode::invalid, "a zip is read from a file, not from standard input");
    opened.bytes.reset();
    opened.archive = PLUMBLINE_TRY(open_zip(file));
  }
  opened.importer = PLUMBLINE_TRY(pick_archive_importer(format, file, opened.archive->members()));
  return opened;
}

// The name of the file without its folders, also of a folder that is written with a slash behind.
std::string short_name(const std::string& file) {
  const std::filesystem::path path(file);
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

std::string source_of(const ImportJob& job, const Importer& importer, const std::string& file) {
  if (!job.source.empty()) return job.source;
  if (!importer.source.empty()) return std::string(importer.source);
  return source_name_of(file == "-" ? "stdin" : short_name(file));
}

Status read_into(Workspace& workspace, const ImportJob& job, const Opened& opened,
                 FileImport& outcome, Progress& progress) {
  ImportOptions options{outcome.source, job.brand, job.columns, changed_at(outcome.file)};
  IntakeOptions intake_options;
  intake_options.brand = job.brand;
  intake_options.analyze = job.analyze;
  intake_options.threads = workspace.config.threads;
  std::int64_t rows = 0;
  const auto watch = [&]() -> Status {
    if ((++rows & 255) == 0) progress.at(opened.progress(), rows);
    if (progress.cancelled())
      return fail(ErrorCode::partial, "stopped by the user; what was read so far is kept");
    return {};
  };
  if (job.dry_run) {
    outcome.read =
        PLUMBLINE_TRY(opened.read(outcome.file, options, [&](Document&& document) -> Status {
          keep_sample(outcome, document);
          return watch();
        }));
    return {};
  }
  Intake intake(workspace, intake_options);
  auto read = opened.read(outcome.file, options, [&](Document&& document) -> Status {
    if (outcome.samples.size() < 3) keep_sample(outcome, document);
    PLUMBLINE_CHECK(intake.add(std::move(document)));
    return watch();
  });
  if (!read && read.error().code != ErrorCode::partial) return tl::unexpected(read.error());
  outcome.put = PLUMBLINE_TRY(intake.finish());
  outcome.without_text = intake.empty();
  if (!read) return tl::unexpected(read.error());
  outcome.read = std::move(*read);
  return {};
}

using BrandCounts = std::vector<std::pair<std::string, std::int64_t>>;

Result<BrandCounts> brand_counts(const Workspace& workspace) {
  if (workspace.brands().size() < 2) return BrandCounts();
  return PLUMBLINE_TRY(workspace.store->status("")).by_brand;
}

// What came to each brand; those of the configuration stand there with nothing too.
BrandCounts growth(const Workspace& workspace, const BrandCounts& before,
                   const BrandCounts& after) {
  std::map<std::string, std::int64_t> grown;
  if (workspace.brands().size() > 1)
    for (const std::string& brand : workspace.brands()) grown[brand] = 0;
  for (const auto& [brand, n] : after) grown[brand] += n;
  for (const auto& [brand, n] : before) grown[brand] -= n;
  BrandCounts out(grown.begin(), grown.end());
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

// So that coverage shows what an import brought, once: reading a file again changes nothing.
Status note_coverage(Workspace& workspace, const FileImport& outcome) {
  if (outcome.put.added + outcome.put.updated == 0) return {};
  Batch batch;
  CoverageDay day;
  day.source = outcome.source;
  day.day = workspace.config.zone.day_of(now());
  day.documents = outcome.put.added + outcome.put.updated;
  day.skipped = outcome.read.skipped + outcome.without_text;
  day.state = outcome.read.problems.empty() ? CoverageState::complete : CoverageState::partial;
  if (day.skipped > 0)
    day.reason = fmt::format("{} rows of {} skipped", day.skipped, short_name(outcome.file));
  batch.coverage.push_back(day);
  PLUMBLINE_TRY(workspace.store->put(batch));
  return {};
}

}  // namespace

Result<std::vector<FileImport>> import_files(Workspace& workspace, const ImportJob& job,
                                             Progress& progress) {
  std::vector<FileImport> outcomes;
  for (const std::string& file : job.files) {
    const Opened opened = PLUMBLINE_TRY(open_import(file, job.format));
    FileImport outcome;
    outcome.file = file;
    outcome.format = std::string(opened.importer->name);
    outcome.source = source_of(job, *opened.importer, file);
    progress.begin(short_name(file), "rows", 1);
    const BrandCounts before = PLUMBLINE_TRY(brand_counts(workspace));
    PLUMBLINE_CHECK(read_into(workspace, job, opened, outcome, progress));
    if (outcome.put.added > 0)
      outcome.by_brand = growth(workspace, before, PLUMBLINE_TRY(brand_counts(workspace)));
    progress.end(fmt::format("{}: {} rows read", file, outcome.read.rows));
    if (!job.dry_run) PLUMBLINE_CHECK(note_coverage(workspace, outcome));
    outcomes.push_back(std::move(outcome));
  }
  // Analysis marks the same periods again, so rolling them up before it would be in vain.
  if (!job.dry_run && job.analyze) PLUMBLINE_CHECK(workspace.store->roll_up());
  return outcomes;
}

}  // namespace plumbline
