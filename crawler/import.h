// How one kind of file is read. One file per format in crawler/imports/; streaming, so a file of
// any size fits.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/document.h"

namespace plumbline {

struct ImportOptions {
  std::string source;  // for documents that do not name theirs
  std::string brand;   // for documents that do not name theirs
  std::map<std::string, std::string>
      columns;  // field -> column of the file, by --map; fields: id text title author published_at
                // brand rating likes shares url lang place parent source
  Seconds file_time =
      kNoTime;  // when the file was changed last: the time of transcripts that do not say theirs
};

inline constexpr std::size_t kMostProblems = 20;       // told of one file
inline constexpr std::int64_t kProblemsPerReason = 8;  // and with one reason

struct ImportOutcome {
  std::int64_t rows = 0;  // read, kept or not
  std::int64_t skipped = 0;
  std::vector<std::string> problems;  // "FILE:LINE: what was wrong", the first kMostProblems
  std::vector<std::pair<std::string, std::string>> mapped;  // field -> column, as recognised
  std::vector<std::string> unused;                          // columns nobody wanted
  std::map<std::string, std::int64_t> skipped_by_reason;
};

// Called once per document, in file order. An error from it ends the import with that error.
using DocumentSink = std::function<Status(Document&& document)>;

// Bytes of a file in pieces: so that a pipe, a plain file and a test's string read alike.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual Result<std::size_t> read(char* into, std::size_t most) = 0;  // 0 at the end
  virtual double progress() const { return 0; }  // 0..1 where the size is known
};

class Archive;
struct ArchiveMember;

struct Importer {
  std::string_view name;  // as in --format
  std::string_view title;
  std::string_view help;  // what is recognised and how, for the docs
  // How sure we are that a file of this name that begins with `head` (up to 64 KiB) is ours: 0 not
  // at all, 100 certain.
  int (*sniff)(std::string_view file_name, std::string_view head) = nullptr;
  // `file_name` is for messages and for the default source name.
  Result<ImportOutcome> (*read)(ByteSource& bytes, std::string_view file_name,
                                const ImportOptions& options, const DocumentSink& sink) = nullptr;
  // What documents are said to come from where the user says nothing, so that next month's archive
  // is the same source; empty: named after the file.
  std::string_view source = {};
  // The same two for a folder or a zip, which is known by the names of its members.
  int (*recognise)(std::span<const ArchiveMember> members) = nullptr;
  Result<ImportOutcome> (*read_archive)(Archive& archive, std::string_view file_name,
                                        const ImportOptions& options,
                                        const DocumentSink& sink) = nullptr;
};

std::span<const Importer* const> all_importers();
// The importer named, or for "auto" the surest one; an error lists what was tried.
Result<const Importer*> pick_importer(std::string_view format, std::string_view file_name,
                                      std::string_view head);
// The same for a folder or a zip.
Result<const Importer*> pick_archive_importer(std::string_view format, std::string_view file_name,
                                              std::span<const ArchiveMember> members);

// "Mentions-2026-11.csv" gives "mentions": letters of the stem only, lower case, so that next
// month's export is the same source.
std::string source_name_of(std::string_view file_name);

}  // namespace plumbline
