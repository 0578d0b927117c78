#include "app/fetch.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "app/open_http.h"
#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kReadersAtOnce = 16;
constexpr int kPerHost = 4;

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

bool ends_the_run(const Status& status) {
  return !status &&
         (status.error().code == ErrorCode::disk_full || status.error().code == ErrorCode::store);
}

// What all readers together have done: sources finished of all, mentions read.
class SharedProgress {
 public:
  SharedProgress(Progress& progress, std::size_t sources) : progress_(progress) {
    progress_.begin("fetch", "mentions", static_cast<double>(sources));
  }
  void count(std::int64_t more) {
    const std::lock_guard<std::mutex> lock(mutex_);
    progress_.at(done_, mentions_ += more);
  }
  void finish(const std::string& line) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++done_;
    progress_.say(line);
    progress_.at(done_, mentions_);
  }
  void say(std::string_view line) {
    const std::lock_guard<std::mutex> lock(mutex_);
    progress_.say(line);
  }
  bool cancelled() const { return progress_.cancelled(); }
  void end(const std::string& line) { progress_.end(line); }

 private:
  Progress& progress_;
  std::mutex mutex_;
  double done_ = 0;
  std::int64_t mentions_ = 0;
};

// One reader's view of it.
class OwnProgress : public Progress {
 public:
  explicit OwnProgress(SharedProgress& shared) : shared_(shared) {}
  void begin(std::string_view, std::string_view, double) override {}
  void at(double, std::int64_t count) override {
    shared_.count(count - counted_);
    counted_ = count;
  }
  void end(std::string_view) override {}
  void say(std::string_view line) override { shared_.say(line); }
  bool cancelled() const override { return shared_.cancelled(); }

 private:
  SharedProgress& shared_;
  std::int64_t counted_ = 0;
};

class Fetching {
 public:
  Fetching(Workspace& workspace, Http& http, const ReadOptions& options,
           std::vector<const SourceConfig*> sources, Progress& progress)
      : workspace_(workspace),
        http_(http),
        options_(options),
        sources_(std::move(sources)),
        runs_(sources_.size()),
        taken_(sources_.size(), false),
        progress_(progress, sources_.size()) {
    for (const SourceConfig* source : sources_) hosts_.push_back(host_to_ask(*source));
  }

  Result<std::vector<SourceRun>> run(bool by_name) {
    by_name_ = by_name;
    std::vector<std::thread> threads;
    const std::size_t readers = std::min(kReadersAtOnce, sources_.size());
    for (std::size_t i = 1; i < readers; ++i) threads.emplace_back([this] { read(); });
    read();
    for (std::thread& thread : threads) thread.join();
    std::int64_t added = 0, failed = 0;
    for (const SourceRun& one : runs_) {
      added += one.put.added;
      failed += !one.status;
    }
    progress_.end(fmt::format("fetch: {} sources, {} new{}", runs_.size(), added,
                              failed > 0 ? fmt::format(", {} broke off", failed) : ""));
    if (!fatal_) return tl::unexpected(fatal_.error());
    return std::move(runs_);
  }

 private:
  void read() {
    for (;;) {
      const std::size_t mine = take();
      if (mine == sources_.size()) return;
      OwnProgress own(progress_);
      ReadOptions options = options_;
      options.even_if_resting = by_name_;
      SourceRun done = read_source(workspace_, *sources_[mine], http_, options, own);
      progress_.finish(summary(done));
      const std::lock_guard<std::mutex> lock(mutex_);
      if (ends_the_run(done.status) && fatal_) fatal_ = tl::unexpected(done.status.error());
      runs_[mine] = std::move(done);
      --busy_[hosts_[mine]];
      freed_.notify_all();
    }
  }

  // The next source whose host is not asked by too many already; their number at the end.
  std::size_t take() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      bool any_left = false;
      for (std::size_t i = first_; i < sources_.size(); ++i) {
        if (taken_[i]) {
          if (i == first_) ++first_;
          continue;
        }
        any_left = true;
        int& busy = busy_[hosts_[i]];
        if (busy >= kPerHost) continue;
        ++busy;
        taken_[i] = true;
        return i;
      }
      if (!any_left || !fatal_ || progress_.cancelled()) {
        rest();
        return sources_.size();
      }
      freed_.wait(lock);
    }
  }

  // What is left when the run ends early is said to be missing.
  void rest() {
    for (std::size_t i = first_; i < sources_.size(); ++i) {
      if (taken_[i]) continue;
      taken_[i] = true;
      runs_[i].label = sources_[i]->label;
      runs_[i].status = fail(ErrorCode::partial, "not asked: the run was stopped before");
    }
  }

  Workspace& workspace_;
  Http& http_;
  const ReadOptions options_;
  const std::vector<const SourceConfig*> sources_;
  std::vector<std::string> hosts_;
  std::vector<SourceRun> runs_;
  std::vector<bool> taken_;
  std::size_t first_ = 0;
  std::map<std::string, int> busy_;
  bool by_name_ = false;
  Status fatal_;
  std::mutex mutex_;  // runs_ and all above that changes
  std::condition_variable freed_;
  SharedProgress progress_;
};

}  // namespace

std::string summary(const SourceRun& run) {
  if (!run.status) return fmt::format("{}: broke off: {}", run.label, describe(run.status.error()));
  std::string line = run.unchanged
                         ? fmt::format("{}: nothing changed since the last time", run.label)
                         : fmt::format("{}: {} read, {} new", run.label, run.seen, run.put.added);
  if (run.put.updated > 0) line += fmt::format(", {} edited", run.put.updated);
  if (run.put.deleted > 0) line += fmt::format(", {} deleted at the source", run.put.deleted);
  if (run.put.copies > 0) line += fmt::format(", {} copies", run.put.copies);
  if (run.skipped > 0) line += fmt::format(", {} skipped ({})", run.skipped, run.skipped_reason);
  if (!run.gap.empty()) line += "; " + run.gap;
  return line;
}

Result<std::vector<SourceRun>> fetch_sources(Workspace& workspace, Http& http,
                                             const std::vector<std::string>& wanted,
                                             const ReadOptions& options, Progress& progress) {
  auto chosen = PLUMBLINE_TRY(choose(workspace.config, wanted));
  return Fetching(workspace, http, options, std::move(chosen), progress).run(!wanted.empty());
}

}  // namespace plumbline
