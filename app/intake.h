// From a document as a source gave it to an entry in the store: normalised, a brand found,
// fingerprinted, analysed.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "app/repeats.h"
#include "app/workspace.h"
#include "store/store.h"

namespace plumbline {

struct IntakeOptions {
  std::string
      brand;  // for documents that name none; empty: found in the text, else the workspace's own
  bool analyze = true;               // false: kept now, analysed by the next nightly run
  int threads = 0;                   // workers; 0: one per core
  std::size_t batch = 2000;          // documents made ready by one worker at a time
  std::size_t batches_at_once = 16;  // written in one transaction
};

// False: neither text nor rating, so there is nothing to keep.
bool says_something(const Document& document);

// One document made ready. Only what `says_something` may be kept. `repeats`, where given,
// remembers what was found in equal texts; the outcome is the same.
Entry make_entry(Document document, const Workspace& workspace, const BrandFinder& brands,
                 const IntakeOptions& options, Repeats* repeats = nullptr);

// Many documents made ready by several threads and written by one, in the order given: the outcome
// is the same whatever the number of threads. Backpressure: `add` waits while the writer is behind.
class Intake {
 public:
  Intake(Workspace& workspace, const IntakeOptions& options);
  ~Intake();  // stops; batches already written stay
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  Status add(Document&& document);               // the writer's error, once there is one
  Result<PutOutcome> finish();                   // everything is on disk
  std::int64_t empty() const { return empty_; }  // with neither text nor rating, not kept

 private:
  struct Work {
    std::vector<Document> documents;
    Batch ready;
    bool done = false;
  };
  void prepare();
  void write();
  void submit();

  Workspace& workspace_;
  const IntakeOptions options_;
  const BrandFinder brands_;
  Repeats repeats_;
  std::vector<Document> pending_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, Work> queue_;  // by number of the batch
  std::vector<Entry> spent_;             // written; freed by a worker, where there is time
  std::uint64_t submitted_ = 0, taken_ = 0, put_ = 0, written_ = 0;
  bool all_submitted_ = false, closing_ = false;
  std::int64_t empty_ = 0;
  PutOutcome outcome_;
  Status status_;
  std::vector<std::thread> threads_;
};

void add_to(PutOutcome& total, const PutOutcome& part);

}  // namespace plumbline
