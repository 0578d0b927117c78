#include "app/doctor.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>

#include "app/group.h"
#include "app/sources.h"
#include "app/train_own.h"
#include "app/workspace.h"
#include "store/sqlite_store.h"

namespace plumbline {
namespace {

namespace fs = std::filesystem;
using State = Finding::State;

constexpr Seconds kReleased = 1795305600;  // 2026-11-22: a clock before this is wrong

void clock_and_disk(const Config& config, std::vector<Finding>& out) {
  const Seconds clock = now();
  out.push_back(clock < kReleased ? Finding{State::bad, "clock", "says " + format_utc(clock),
                                            "set the clock: timedatectl set-ntp true"}
                                  : Finding{State::good, "clock", format_utc(clock), {}});
  std::error_code ec;
  const fs::space_info space = fs::space(fs::path(config.store_path).parent_path(), ec);
  const double free_gb = ec ? 0 : static_cast<double>(space.available) / 1e9;
  const State state = ec || free_gb < 0.2 ? State::bad : free_gb < 2 ? State::note : State::good;
  out.push_back({state, "disk", fmt::format("{:.1f} GB free for {}", free_gb, config.store_path),
                 state == State::good ? "" : "free some: a million mentions take about 1 GB"});
}

Finding broken_analyzer(const Config& config, const Error& error) {
  if (error.where == config.workspace + kOwnShiftedModel)
    return {State::bad, "models", describe(error), "remove the file, or run: plumbline train own"};
  if (error.where.starts_with(config.workspace + "/models/"))
    return {State::bad, "models", describe(error),
            "remove the file; the built-in one is used then"};
  return {State::bad, "languages", describe(error), "mend or remove the file below lang/"};
}

void store(const Config& config, std::vector<Finding>& out) {
  const auto opened = open_sqlite({config.store_path, true, false, config.zone});
  if (!opened) {
    const bool missing = opened.error().code == ErrorCode::not_found;
    out.push_back({missing ? State::note : State::bad, "store", describe(opened.error()),
                   missing ? "plumbline import FILE, or plumbline fetch"
                           : "restore the file from a backup, or move it away and import again"});
    return;
  }
  struct stat info {};
  const bool open_to_others =
      ::stat(config.store_path.c_str(), &info) == 0 && (info.st_mode & 077) != 0;
  if (open_to_others)
    out.push_back({State::bad, "store", "other users may read " + config.store_path,
                   "chmod 600 " + config.store_path});
  const auto analyzer = load_analyzer(config.workspace);
  if (!analyzer) {
    out.push_back(broken_analyzer(config, analyzer.error()));
    return;
  }
  out.push_back(
      {State::good, "languages", fmt::format("{}", fmt::join((*analyzer)->languages(), " ")), {}});
  const auto status = (*opened)->status((*analyzer)->version());
  if (!status) {
    out.push_back(
        {State::bad, "store", describe(status.error()), "restore the file from a backup"});
    return;
  }
  out.push_back({State::good,
                 "store",
                 fmt::format("{} mentions by {} authors", status->documents, status->authors),
                 {}});
  if (status->not_analysed > 0)
    out.push_back({State::note, "analysis",
                   fmt::format("{} mentions wait for it", status->not_analysed),
                   "plumbline nightly"});
}

void whole_store(const Config& config, std::vector<Finding>& out) {
  const auto wrong = check_sqlite(config.store_path);
  if (!wrong) {
    out.push_back({State::bad, "whole store", describe(wrong.error()),
                   wrong.error().code == ErrorCode::conflict ? "wait for that run to end"
                                                             : "see the line above"});
  } else if (wrong->empty()) {
    out.push_back({State::good, "whole store", "pages, full-text index and counts agree", {}});
  }
  for (const std::string& line : wrong.value_or(std::vector<std::string>()))
    out.push_back({State::bad, "whole store", line,
                   "restore the file from a backup, or move it away and import again"});
}

void sources(const Config& config, bool network, Progress& progress, std::vector<Finding>& out) {
  for (const std::string& warning : config.warnings)
    out.push_back(
        {State::bad, "key", warning, "set the variable or file that the configuration names"});
  if (config.sources.empty())
    out.push_back(
        {State::note, "sources", "none configured", "plumbline source list shows what there is"});
  if (config.claims.empty())
    out.push_back({State::note, "plumb line", "no claims",
                   "add [[claim]] so that stories and answers to risks can be found"});
  if (!network) return;
  for (const SourceConfig& source : config.sources) {
    if (!source.enabled) continue;
    const auto seen = probe(config, source, progress);
    out.push_back(seen ? Finding{State::good, "network", source.label + " answered", {}}
                       : Finding{State::bad, "network", describe(seen.error()),
                                 "plumbline source probe " + source.kind});
  }
}

}  // namespace

std::vector<Finding> examine(const std::string& folder, const Thoroughness& how,
                             Progress& progress) {
  std::vector<Finding> out;
  const auto file =
      folder.empty() ? find_config(".") : Result<std::string>(folder + "/plumbline.toml");
  if (!file)
    return {{State::bad, "workspace", file.error().message, "plumbline init --brand NAME"}};
  const auto config = read_config(*file);
  if (!config)
    return {{State::bad, "configuration", describe(config.error()), "plumbline config check"}};
  out.push_back({State::good, "configuration", *file, {}});
  clock_and_disk(*config, out);
  store(*config, out);
  if (how.store) whole_store(*config, out);
  sources(*config, how.network, progress, out);
  return out;
}

}  // namespace plumbline
