// Files that the user already has, read into the workspace.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace.h"
#include "crawler/import.h"
#include "store/store.h"

namespace plumbline {

struct ImportJob {
  std::vector<std::string> files;  // or folders and zips; "-" reads standard input
  std::string format = "auto";
  std::string source, brand;
  std::map<std::string, std::string> columns;  // field -> column
  bool dry_run = false;
  bool analyze = true;
};

struct FileImport {
  std::string file;
  std::string format;
  std::string source;
  ImportOutcome read;
  PutOutcome put;  // of a dry run: nothing
  std::int64_t without_text = 0;
  // The new mentions by brand, most first; all brands of a workspace with competitors.
  std::vector<std::pair<std::string, std::int64_t>> by_brand;
  std::vector<Document> samples;  // the first three, as they would be kept
};

// Every file in turn. A file that cannot be read at all is an error; rows that cannot are counted
// and named in the outcome.
Result<std::vector<FileImport>> import_files(Workspace& workspace, const ImportJob& job,
                                             Progress& progress);

}  // namespace plumbline
