#include "app/import_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>

#include "app/files.h"
#include "app/intake.h"
#include "nlp/normalize.h"

namespace plumbline {
namespace {

constexpr std::size_t kHead = 64 << 10;

// Gives the bytes read for recognition back before the rest.
class Replayed : public ByteSource {
 public:
  Replayed(std::string head, ByteSource& rest) : head_(std::move(head)), rest_(rest) {}
  Result<std::size_t> read(char* into, std::size_t most) override {
    if (at_ == head_.size()) return rest_.read(into, most);
    const std::size_t count = head_.copy(into, most, at_);
    at_ += count;
    return count;
  }
  double progress() const override { return rest_.progress(); }

 private:
  std::string head_;
  std::size_t at_ = 0;
  ByteSource& rest_;
};

Result<std::string> read_head(ByteSource& bytes) {
  std::string head(kHead, '\0');
  std::size_t filled = 0;
  while (filled < head.size()) {
    const std::size_t got = PLUMBLINE_TRY(bytes.read(head.data() + filled, head.size() - filled));
    if (got == 0) break;
    filled += got;
  }
  head.resize(filled);
  return head;
}

Seconds changed_at(const std::string& file) {
  struct stat info {};
  return ::stat(file.c_str(), &info) == 0 ? static_cast<Seconds>(info.st_mtime) : now();
}

void keep_sample(FileImport& outcome, const Document& document) {
  if (outcome.samples.size() < 3) outcome.samples.push_back(normalize(document));
}

Status read_into(Workspace& workspace, const ImportJob& job, const Importer& importer,
                 ByteSource& bytes, FileImport& outcome, Progress& progress) {
  ImportOptions options{outcome.source, job.brand, job.columns, changed_at(outcome.file)};
  IntakeOptions intake_options;
  intake_options.brand = job.brand;
  intake_options.analyze = job.analyze;
  intake_options.threads = workspace.config.threads;
  std::int64_t rows = 0;
  const auto watch = [&]() -> Status {
    if ((++rows & 255) == 0) progress.at(bytes.progress(), rows);
    if (progress.cancelled())
      return fail(ErrorCode::partial, "stopped by the user; what was read so far is kept");
    return {};
  };
  if (job.dry_run) {
    outcome.read = PLUMBLINE_TRY(
        importer.read(bytes, outcome.file, options, [&](Document&& document) -> Status {
          keep_sample(outcome, document);
          return watch();
        }));
    return {};
  }
  Intake intake(workspace, intake_options);
  auto read = importer.read(bytes, outcome.file, options, [&](Document&& document) -> Status {
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
    day.reason = fmt::format("{} rows of {} skipped", day.skipped,
                             std::filesystem::path(outcome.file).filename().string());
  batch.coverage.push_back(day);
  PLUMBLINE_TRY(workspace.store->put(batch));
  return {};
}

}  // namespace

Result<std::vector<FileImport>> import_files(Workspace& workspace, const ImportJob& job,
                                             Progress& progress) {
  std::vector<FileImport> outcomes;
  for (const std::string& file : job.files) {
    const std::unique_ptr<ByteSource> bytes = PLUMBLINE_TRY(open_bytes(file));
    const std::string head = PLUMBLINE_TRY(read_head(*bytes));
    if (head.empty()) return fail(ErrorCode::invalid, "is empty", file);
    const Importer* importer = PLUMBLINE_TRY(pick_importer(job.format, file, head));
    FileImport outcome;
    outcome.file = file;
    outcome.format = std::string(importer->name);
    outcome.source =
        job.source.empty()
            ? source_name_of(file == "-" ? "stdin"
                                         : std::filesystem::path(file).filename().string())
            : job.source;
    Replayed all(head, *bytes);
    progress.begin(std::filesystem::path(file).filename().string(), "rows", 1);
    PLUMBLINE_CHECK(read_into(workspace, job, *importer, all, outcome, progress));
    progress.end(fmt::format("{}: {} rows read", file, outcome.read.rows));
    if (!job.dry_run) PLUMBLINE_CHECK(note_coverage(workspace, outcome));
    outcomes.push_back(std::move(outcome));
  }
  if (!job.dry_run) PLUMBLINE_CHECK(workspace.store->roll_up());
  return outcomes;
}

}  // namespace plumbline
