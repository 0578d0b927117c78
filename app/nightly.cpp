#include "app/nightly.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/files.h"
#include "app/group.h"
#include "app/make_report.h"
#include "base/text.h"

namespace plumbline {
namespace {

Result<std::vector<const SourceConfig*>> choose(const Config& config,
                                                const std::vector<std::string>& wanted) {
  std::vector<const SourceConfig*> chosen;
  for (const SourceConfig& source : config.sources)
    if (wanted.empty() ? source.enabled
                       : std::find(wanted.begin(), wanted.end(), source.kind) != wanted.end() ||
                             std::find(wanted.begin(), wanted.end(), source.label) != wanted.end())
      chosen.push_back(&source);
  for (const std::string& word : wanted) {
    const bool found = std::any_of(chosen.begin(), chosen.end(), [&](const SourceConfig* source) {
      return source->kind == word || source->label == word;
    });
    if (!found)
      return fail(ErrorCode::invalid,
                  fmt::format("no [[source]] of kind or label '{}' in the configuration",
                              escape_terminal(word)),
                  config.file);
  }
  return chosen;
}

std::string summary(const SourceRun& run) {
  if (!run.status) return fmt::format("{}: broke off: {}", run.label, describe(run.status.error()));
  if (run.unchanged) return fmt::format("{}: nothing changed since the last time", run.label);
  std::string line = fmt::format("{}: {} read, {} new", run.label, run.seen, run.put.added);
  if (run.put.updated > 0) line += fmt::format(", {} edited", run.put.updated);
  if (run.put.copies > 0) line += fmt::format(", {} copies", run.put.copies);
  if (run.skipped > 0) line += fmt::format(", {} skipped ({})", run.skipped, run.skipped_reason);
  if (!run.gap.empty()) line += "; " + run.gap;
  return line;
}

bool ends_the_run(const Status& status) {
  return !status &&
         (status.error().code == ErrorCode::disk_full || status.error().code == ErrorCode::store);
}

}  // namespace

bool NightlyOutcome::partial() const {
  return std::any_of(sources.begin(), sources.end(),
                     [](const SourceRun& run) { return !run.status; });
}

bool NightlyOutcome::denied() const {
  return partial() && std::all_of(sources.begin(), sources.end(), [](const SourceRun& run) {
           return run.status || run.status.error().code == ErrorCode::denied;
         });
}

Result<std::vector<SourceRun>> fetch_sources(Workspace& workspace, Http& http,
                                             const std::vector<std::string>& wanted,
                                             const ReadOptions& options, Progress& progress) {
  std::vector<SourceRun> runs;
  for (const SourceConfig* source : PLUMBLINE_TRY(choose(workspace.config, wanted))) {
    progress.begin(source->label, "mentions", 0);
    runs.push_back(read_source(workspace, *source, http, options, progress));
    progress.end(summary(runs.back()));
    if (ends_the_run(runs.back().status)) return tl::unexpected(runs.back().status.error());
  }
  return runs;
}

Result<NightlyOutcome> run_nightly(Workspace& workspace, Http& http, Seconds now,
                                   Progress& progress) {
  const RunLock lock = PLUMBLINE_TRY(RunLock::take(workspace.config.store_path + ".nightly"));
  NightlyOutcome outcome;
  ReadOptions options;
  options.now = now;
  // 1. Fetch: every page is normalised, analysed and kept with its cursor before the next one is
  // asked for.
  outcome.sources = PLUMBLINE_TRY(fetch_sources(workspace, http, {}, options, progress));
  // 2. Whatever a killed run or an older analyzer left behind.
  outcome.analysed = PLUMBLINE_TRY(analyze_stale(workspace, progress));
  // 3. Topics, clusters of consumers, roll-ups.
  PLUMBLINE_TRY(regroup(workspace, progress));
  PLUMBLINE_CHECK(workspace.store->roll_up());
  // 4. The report of the morning, and the same under a name that stays.
  progress.begin("report", "pages", 0);
  ReportWish wish;
  wish.now = now;
  const Report report = PLUMBLINE_TRY(make_report(workspace, wish));
  const std::string folder = workspace.config.report_folder;
  PLUMBLINE_CHECK(make_folder(folder));
  const std::string dated =
      folder + "/report-" + format_day(workspace.config.zone.day_of(now)) + ".html";
  for (const std::string& file : {dated, folder + "/report.html", folder + "/report.json"}) {
    PLUMBLINE_CHECK(save_report(report, file));
    outcome.reports.push_back(file);
  }
  progress.end("report: " + dated);
  return outcome;
}

}  // namespace plumbline
