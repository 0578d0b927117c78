#include "app/nightly.h"

#include <algorithm>

#include "app/closer.h"
#include "app/files.h"
#include "app/group.h"
#include "app/make_report.h"

namespace plumbline {
bool NightlyOutcome::partial() const {
  return std::any_of(sources.begin(), sources.end(),
                     [](const SourceRun& run) { return !run.status; });
}

bool NightlyOutcome::denied() const {
  return partial() && std::all_of(sources.begin(), sources.end(), [](const SourceRun& run) {
           return run.status || run.status.error().code == ErrorCode::denied;
         });
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
  // 3. What the fast tier was least sure of is read by the full one.
  outcome.closer = PLUMBLINE_TRY(read_closer(workspace, 60.0 * workspace.config.closer, progress));
  // 4. Topics, clusters of consumers, roll-ups.
  PLUMBLINE_TRY(regroup(workspace, progress));
  PLUMBLINE_CHECK(workspace.store->roll_up());
  // 5. The report of the morning, and the same under a name that stays.
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
