#include "app/closer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/workers.h"
#include "nlp/deeper.h"

namespace plumbline {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kFetchCloser = 5000;
constexpr std::size_t kAtOnce = 512;  // read between two looks at the clock

struct Unsure {
  float sureness;
  std::int64_t row;
};

Result<std::vector<Unsure>> unsure_ones(const Workspace& workspace, const FullModels& models) {
  std::vector<Unsure> out;
  for (std::int64_t after = 0;;) {
    const auto piece = PLUMBLINE_TRY(workspace.store->after(after, kFetchCloser));
    if (piece.empty()) break;
    after = piece.back().row;
    for (const StoredDocument& stored : piece) {
      const float sureness = fast_sureness(models, stored.analysis);
      if (sureness < kSureEnough) out.push_back({sureness, stored.row});
    }
  }
  std::ranges::sort(out, [](const Unsure& a, const Unsure& b) {
    return a.sureness != b.sureness ? a.sureness < b.sureness : a.row < b.row;
  });
  return out;
}

// Every worker reads a stretch of its own.
void read_all(const FullModels& models, const Analyzer& analyzer, std::size_t workers,
              std::vector<StoredDocument>& documents) {
  in_stretches(documents.size(), workers, [&](std::size_t begin, std::size_t end) {
    std::vector<FastRead> reads;
    for (std::size_t i = begin; i < end; ++i)
      reads.push_back({&documents[i].document, &documents[i].analysis});
    read_deeper(models, analyzer, {Tier::full}, reads);
  });
}

}  // namespace

Result<ReadCloser> read_closer(Workspace& workspace, double seconds, Progress& progress) {
  ReadCloser out;
  if (seconds <= 0) return out;
  const Clock::time_point start = Clock::now();
  const auto models = PLUMBLINE_TRY(load_full_models(workspace.config.workspace));
  const std::vector<Unsure> unsure = PLUMBLINE_TRY(unsure_ones(workspace, *models));
  if (unsure.empty()) return out;
  const std::size_t workers = worker_count(workspace.config.threads);
  progress.begin("reading closer", "mentions", static_cast<double>(unsure.size()));
  std::size_t done = 0;
  while (done < unsure.size()) {
    if (std::chrono::duration<double>(Clock::now() - start).count() > seconds) break;
    std::vector<std::int64_t> rows;
    for (std::size_t i = done; i < std::min(unsure.size(), done + kAtOnce); ++i)
      rows.push_back(unsure[i].row);
    std::vector<StoredDocument> documents = PLUMBLINE_TRY(workspace.store->documents(rows));
    read_all(*models, *workspace.analyzer, workers, documents);
    std::vector<std::pair<std::int64_t, Analysis>> found;
    for (StoredDocument& each : documents) found.emplace_back(each.row, std::move(each.analysis));
    PLUMBLINE_CHECK(workspace.store->put_analyses(found));
    done += rows.size();
    out.sureness = unsure[done - 1].sureness;
    progress.at(static_cast<double>(done), static_cast<std::int64_t>(done));
    if (progress.cancelled())
      return fail(ErrorCode::partial, "stopped by the user; what was read closer is kept");
  }
  out.read = static_cast<std::int64_t>(done);
  out.left = static_cast<std::int64_t>(unsure.size() - done);
  progress.end(fmt::format("read closer: {} mentions, the least sure ones{}", out.read,
                           out.left > 0 ? fmt::format("; no time for {} more", out.left) : ""));
  return out;
}

}  // namespace plumbline
