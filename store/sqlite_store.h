// The default store: one SQLite file, readable by its owner only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/store.h"

namespace plumbline {

struct SqliteOptions {
  std::string path;
  bool read_only = false;  // readers never wait for the writer and never change the schema
  bool create = false;     // false: a missing file is not_found
  Zone zone;  // whose days the roll-ups count; a file made with another zone is rolled up anew
};

// The writer takes a lock beside the file: a second writer gets `conflict`, naming the process that
// holds it. An older schema is migrated (writer) or refused with the command to run (reader); a
// newer one is refused.
Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options);

// What is wrong with a file at rest: its pages, its full-text index, its counts. Empty: nothing.
// Reads everything, and keeps writers out meanwhile.
Result<std::vector<std::string>> check_sqlite(const std::string& path);

}  // namespace plumbline
