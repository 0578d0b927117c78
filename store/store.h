// Where everything lives and where counting happens. SQLite by default (store/sqlite_store.h); the
// memory store of the tests keeps the same promises. One writer at a time, any number of readers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/analysis.h"
#include "model/coverage.h"
#include "model/document.h"
#include "model/mention.h"
#include "model/person.h"
#include "model/report.h"
#include "model/search.h"

namespace plumbline {

// A document on its way in. Without an analysis it is kept and found again by `stale`.
struct Entry {
  Document document;
  Fingerprint fingerprint;
  std::optional<Analysis> analysis;
};

// All of a batch is kept, or nothing of it: documents, analyses, roll-ups, cursor and notes go in
// one transaction.
struct Batch {
  std::vector<Entry> entries;
  // A known key with another text: true replaces the old text (a live source's edit), false keeps
  // the old one (an import).
  bool update_known = false;
  // True: entries without an analysis enter the full-text index together with it (put_analyses);
  // until then words do not find them, and `unindexed` counts them.
  bool index_with_analysis = false;
  // True: not kept before a later `put` that says false: all of these batches, or nothing of them.
  // A `put` that fails takes back those before it. Nothing else may be written in between.
  bool more_follows = false;
  std::vector<std::pair<std::string, std::string>>
      notes;  // key -> value: cursors, ETags; an empty value removes the key
  std::vector<CoverageDay> coverage;  // added to the row of that source and day
  std::vector<std::pair<std::string, std::string>>
      deleted;  // source, id: gone at the source, so gone here
};

struct PutOutcome {
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::int64_t known = 0;      // same key, nothing changed
  std::int64_t differing = 0;  // same key, other text, kept as it was (update_known false)
  std::int64_t copies = 0;     // of the added: near-identical to an earlier text
  std::int64_t deleted = 0;
};

// A document as kept.
struct StoredDocument {
  std::int64_t row = 0;
  Document document;
  Analysis analysis;         // version empty: not analysed yet
  std::int64_t copy_of = 0;  // row of the first of these texts; 0: it is the first
};

// Counts of one brand in one period.
struct Cell {
  std::string brand;
  Day start = 0;
  Counts counts;
  std::int64_t positive = 0, neutral = 0, negative = 0;  // scored mentions, copies included
  std::int64_t price_talk = 0, value_talk = 0;           // mentions with such talk (0.5 and more)
  // Over authors with scored mentions in this period, m being the mean of an author's -1, 0, 1
  // labels (copies left out):
  std::int64_t votes = 0;   // how many such authors
  double vote_sum = 0;      // sum of m
  double vote_squares = 0;  // sum of m*m
};

struct CellQuery {
  std::string brand;     // empty: all
  std::string source;    // empty: all together
  Day from = 0, to = 0;  // both included
  Unit unit = Unit::day;
};

struct AccountRow {
  std::int64_t row = 0;
  std::string source;
  Author author;
  std::int64_t documents = 0;
  Seconds newest = kNoTime;
};

// What grouping found: written as a whole.
struct Grouping {
  std::string version;  // of the method and its settings
  std::vector<TopicInfo> topics;
  std::vector<std::pair<std::int64_t, std::int32_t>> topic_of;    // document row -> topic
  std::vector<std::pair<std::int64_t, std::int32_t>> cluster_of;  // voice -> cluster
  std::string clusters_note;
  double cluster_stability = 0;
};

struct StoreStatus {
  std::string path;
  int schema = 0;
  std::int64_t documents = 0, distinct = 0, authors = 0;
  std::int64_t without_author = 0;  // mentions, each counted as an author of its own
  std::int64_t not_analysed = 0;    // no analysis, or one of another version than asked for
  std::int64_t bytes = 0;           // of the file and its log
  Seconds oldest = kNoTime, newest = kNoTime, last_fetched = kNoTime;
  std::vector<std::pair<std::string, std::int64_t>> by_source;
  std::vector<std::pair<std::string, std::int64_t>> by_brand;
  std::vector<std::pair<std::string, std::int64_t>> by_lang;
  std::int64_t changes = 0;  // grows with every batch; a grouping remembers it
};

// Where the mentions end for one who looks at `until`.
struct StoreEnd {
  Seconds newest = kNoTime;  // the newest of those no later; kNoTime where there is none
  std::int64_t later = 0;    // mentions dated after it
  Seconds latest = kNoTime;  // the newest of these
};

class Store {
 public:
  virtual ~Store() = default;

  // Writing.
  virtual Result<PutOutcome> put(const Batch& batch) = 0;
  virtual Status put_analyses(std::span<const std::pair<std::int64_t, Analysis>> analyses) = 0;
  virtual Status put_grouping(const Grouping& grouping) = 0;
  // Brings the author figures of the periods touched since the last call up to date. Cheap when
  // nothing was touched.
  virtual Status roll_up() = 0;
  // Erases an account and all its documents so that nothing of it stays in the file. Returns how
  // many documents went.
  virtual Result<std::int64_t> forget(std::string_view source, std::string_view handle) = 0;

  // Reading.
  virtual Result<std::string> note(std::string_view key) const = 0;  // empty if there is none
  virtual Result<std::vector<std::pair<std::string, std::string>>> notes(
      std::string_view prefix) const = 0;
  // Up to `limit` documents after row `after` whose analysis is missing or of another version, in
  // row order.
  virtual Result<std::vector<StoredDocument>> stale(std::string_view version, std::int64_t after,
                                                    int limit) const = 0;
  virtual Result<std::vector<Cell>> cells(const CellQuery& query) const = 0;
  // All mentions of the days given (both included); kNoTime-dated ones are left out. Empty brand:
  // all.
  virtual Result<MentionTable> table(Day from, Day to, std::string_view brand) const = 0;
  virtual Result<std::vector<StoredDocument>> documents(
      std::span<const std::int64_t> rows) const = 0;  // in the order asked
  virtual Result<std::vector<StoredDocument>> after(
      std::int64_t row, int limit) const = 0;  // all documents, in row order
  // Newest first, at most `limit`.
  virtual Result<std::vector<StoredDocument>> documents_of(std::string_view source,
                                                           std::string_view handle,
                                                           int limit) const = 0;
  virtual Result<std::vector<StoredDocument>> search(const SearchNode& query,
                                                     int limit) const = 0;  // newest first
  virtual Result<std::int64_t> count(const SearchNode& query) const = 0;
  // Mentions that words do not find yet: see Batch::index_with_analysis.
  virtual Result<std::int64_t> unindexed() const = 0;
  // Row and id of documents of `source` whose id begins with `prefix`, newest first, rows below
  // `below` only (0: from the newest on).
  virtual Result<std::vector<std::pair<std::int64_t, std::string>>> newest_ids(
      std::string_view source, std::string_view prefix, std::int64_t below, int limit) const = 0;
  // Accounts whose handle equals, or whose handle or name holds, `words` (case and accents folded);
  // exact ones first.
  virtual Result<std::vector<AccountRow>> accounts(std::string_view words, int limit) const = 0;
  // Those whose handle or name equals `words` (case and accents folded), the busiest first: by
  // indexes, so at once however many accounts there are.
  virtual Result<std::vector<AccountRow>> accounts_named(std::string_view words,
                                                         int limit) const = 0;
  // Those that a source and a handle, or the source's own id, name.
  virtual Result<std::vector<AccountRow>> accounts_of(std::string_view source,
                                                      std::string_view handle) const = 0;
  virtual Result<std::vector<AccountRow>> busiest_accounts(int limit) const = 0;
  virtual Result<std::vector<CoverageDay>> coverage(Day from, Day to) const = 0;
  virtual Result<Grouping> grouping() const = 0;  // without topic_of and cluster_of
  virtual Result<StoreStatus> status(std::string_view version) const = 0;
  virtual Result<StoreEnd> end_at(Seconds until) const = 0;
};

}  // namespace plumbline
