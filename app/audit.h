// The random labelling queue of a workspace: texts go out to be labelled by people, labels come
// back, and the totals are corrected by them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crawler/import.h"
#include "market/audit.h"
#include "store/audit_book.h"

namespace plumbline {

// `folder` empty: the nearest plumbline.toml upward.
Result<AuditBook> open_audit(const std::string& folder, bool write);

// A label as people write it: negative, neutral, positive in any case, their first three letters,
// or -1, 0, 1. False for anything else.
bool label_named(std::string_view word, Polarity& label);

// The table that people fill in: id, text, label, the last one empty. What the machine thinks is
// not in it, so that it leads nobody.
std::string labelling_csv(const std::vector<StoredDocument>& documents);

struct LabelImport {
  struct Broken {
    std::int64_t line = 0;
    std::string why;
  };
  std::int64_t kept = 0;     // labels for texts that had none
  std::int64_t again = 0;    // had this label already
  std::int64_t changed = 0;  // had another label, which the newer one replaced
  std::int64_t empty = 0;    // rows without a label yet
  std::vector<Broken> broken;
};

// CSV with the columns id and label, whatever separates them, or JSON lines with these keys, from
// `bytes`. A row that cannot be read, or that names no kept mention, is reported and the rest kept;
// a table without these columns is an error. `name` is the file's, for messages.
Result<LabelImport> import_labels(AuditBook& book, ByteSource& bytes, const std::string& name,
                                  Seconds now);

// `held_out` and `left_out` count texts: the own model that judged them had learned from their
// labels, so that it agrees with these too well. Of the first it is known what it said when it had
// not, which is compared; of the second it is not.
struct AuditShown {
  AuditOutcome outcome;
  std::int64_t held_out = 0, left_out = 0;
};

// Of one brand, or of all where `brand` is empty. `folder` as in open_audit.
Result<AuditShown> show_audit(const std::string& folder, const AuditBook& book,
                              std::string_view brand);

}  // namespace plumbline
