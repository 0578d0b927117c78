#include "app/intake.h"

#include <algorithm>
#include <utility>

#include "app/compare_brands.h"
#include "app/workers.h"
#include "nlp/fingerprint.h"
#include "nlp/normalize.h"

namespace plumbline {

void add_to(PutOutcome& total, const PutOutcome& part) {
  total.added += part.added;
  total.updated += part.updated;
  total.known += part.known;
  total.differing += part.differing;
  total.copies += part.copies;
  total.deleted += part.deleted;
}

bool says_something(const Document& document) {
  return !document.text.empty() || document.rating.has_value();
}

Entry make_entry(Document document, const Workspace& workspace, const BrandFinder& brands,
                 const IntakeOptions& options, Repeats* repeats) {
  Entry entry;
  entry.document = normalize(std::move(document));
  Document& kept = entry.document;
  if (!says_something(kept)) return entry;
  if (kept.brand.empty()) kept.brand = options.brand;
  const bool from_text = kept.brand.empty();
  bool doubted = false;
  if (kept.brand.empty()) kept.brand = brands.find(kept.title, kept.lang, doubted);
  if (kept.brand.empty()) kept.brand = brands.find(kept.text, kept.lang, doubted);
  if (kept.brand.empty() && !doubted) kept.brand = brands.own();
  const Repeats::Key key = repeats ? Repeats::key_of(kept) : Repeats::Key{};
  Repeats::Found found;
  if (repeats == nullptr || !repeats->find(key, found)) {
    found.fingerprint = fingerprint(kept.text);
    if (options.analyze) found.analysis = workspace.analyzer->analyze(kept);
    if (repeats != nullptr) repeats->keep(key, found);
  }
  if (from_text && options.analyze && kept.brand != brands.own() &&
      is_only_measure(workspace, kept, found.analysis, kept.brand))
    kept.brand = brands.own();  // as if it named none
  entry.fingerprint = std::move(found.fingerprint);
  if (options.analyze) entry.analysis = std::move(found.analysis);
  return entry;
}

Intake::Intake(Workspace& workspace, const IntakeOptions& options)
    : workspace_(workspace), options_(options), brands_(workspace) {
  const std::size_t workers = worker_count(options.threads);
  for (std::size_t i = 0; i < workers; ++i) threads_.emplace_back([this] { prepare(); });
  threads_.emplace_back([this] { write(); });
}

Intake::~Intake() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
    if (status_ && written_ < submitted_)
      status_ = fail(ErrorCode::internal, "stopped before everything was written");
  }
  changed_.notify_all();
  for (std::thread& thread : threads_)
    if (thread.joinable()) thread.join();
}

Status Intake::add(Document&& document) {
  pending_.push_back(std::move(document));
  if (pending_.size() >= options_.batch) submit();
  const std::lock_guard<std::mutex> lock(mutex_);
  return status_;
}

void Intake::submit() {
  if (pending_.empty()) return;
  std::unique_lock<std::mutex> lock(mutex_);
  const std::size_t most = threads_.size() + 1;  // a batch each, and one to take next
  changed_.wait(lock, [&] { return queue_.size() < most || !status_; });
  if (!status_) return pending_.clear();
  queue_[submitted_++].documents = std::move(pending_);
  pending_ = {};
  changed_.notify_all();
}

Result<PutOutcome> Intake::finish() {
  submit();
  std::unique_lock<std::mutex> lock(mutex_);
  all_submitted_ = true;
  changed_.notify_all();
  changed_.wait(lock, [&] { return written_ == submitted_ || !status_; });
  closing_ = true;
  changed_.notify_all();
  if (!status_) return tl::unexpected(status_.error());
  return outcome_;
}

void Intake::prepare() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    changed_.wait(lock,
                  [&] { return taken_ < submitted_ || !spent_.empty() || closing_ || !status_; });
    if (!status_ || (closing_ && taken_ == submitted_)) return;
    if (!spent_.empty()) {
      std::vector<Entry> spent = std::exchange(spent_, {});
      lock.unlock();
      std::vector<Entry>().swap(spent);
      lock.lock();
      continue;
    }
    Work& work = queue_[taken_++];  // a map's elements stay where they are
    lock.unlock();
    Batch batch;
    batch.entries.reserve(work.documents.size());
    std::int64_t without_text = 0;
    for (Document& document : work.documents) {
      Entry entry = make_entry(std::move(document), workspace_, brands_, options_, &repeats_);
      if (says_something(entry.document)) {
        batch.entries.push_back(std::move(entry));
      } else {
        ++without_text;
      }
    }
    lock.lock();
    work.ready = std::move(batch);
    work.documents = {};
    work.done = true;
    empty_ += without_text;
    changed_.notify_all();
  }
}

// Always as many batches in one transaction, so that the moments at which workers are done change
// nothing.
void Intake::write() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] {
      const auto next = queue_.find(put_);
      return (next != queue_.end() && next->second.done) ||
             (all_submitted_ && put_ == submitted_) || closing_ || !status_;
    });
    const auto next = queue_.find(put_);
    const bool ending = !status_ || next == queue_.end() || !next->second.done;
    if (ending && put_ == written_) return;
    Batch batch;
    if (!ending) batch = std::move(next->second.ready);
    batch.index_with_analysis = !options_.analyze;
    batch.more_follows = !ending && put_ + 1 - written_ < options_.batches_at_once;
    lock.unlock();
    Result<PutOutcome> put = workspace_.store->put(batch);
    lock.lock();
    if (!put) {
      if (status_) status_ = tl::unexpected(put.error());
      changed_.notify_all();
      return;
    }
    add_to(outcome_, *put);
    if (!ending) queue_.erase(put_++);
    if (!batch.more_follows) written_ = put_;
    if (!batch.entries.empty()) spent_ = std::move(batch.entries);
    changed_.notify_all();
  }
}

}  // namespace plumbline
