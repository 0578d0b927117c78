// What the importers of archives share: places of problems, counting, names of sources, ids for
// what brings none, and going through the members so that a broken one costs only itself.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "crawler/archive.h"
#include "crawler/import.h"

namespace plumbline {

class Harvest {
 public:
  Harvest(std::string_view file_name, std::string_view source, const ImportOptions& options,
          const DocumentSink& sink);

  // Problems are said to be in this member from here on.
  void enter(std::string_view member) { member_ = member; }
  // Something that cannot be kept and should have been.
  void skip(std::int64_t line, const std::string& reason, const std::string& detail = {});
  // Something that holds nothing for us, rightly: counted by its reason, no problem.
  void pass(const std::string& reason);
  void note(std::int64_t line, const std::string& problem);
  // Fills in source, brand, names of the author and, where empty, an id made of what is said:
  // `thread` tells equal words in two places apart. Skips what has no words or no time.
  Status keep(std::int64_t line, Document&& document, std::string_view thread = {});

  const ImportOptions& options() const { return options_; }
  ImportOutcome outcome;

 private:
  std::string file_name_;
  std::string member_;
  std::string source_;
  const ImportOptions& options_;
  const DocumentSink& sink_;
  // How often a hash of what brought no id came by now. Equal words of one second stand close to
  // each other, so the last ones are remembered and no more, however long the archive is.
  std::int32_t times_seen(std::uint64_t hash);
  std::unordered_map<std::uint64_t, std::int32_t> seen_, seen_before_;
};

// What reads one member, and which members it wants.
struct MemberReader {
  std::string_view kind;  // as the outcome names it
  std::function<bool(std::string_view name)> wants;
  std::function<Status(ByteSource& bytes, std::string_view name)> read;
};

// Each member goes to the first reader that wants it, readers in their order. A member that cannot
// be read is a problem of its own; an error from the sink ends everything. Members that nobody
// wants are named in the outcome, and so is what the archive refused.
Status read_members(Archive& archive, const std::vector<MemberReader>& readers, Harvest& harvest);

// The whole of `read` for an importer that reads archives.
template <Result<ImportOutcome> (*read_archive)(Archive&, std::string_view, const ImportOptions&,
                                                const DocumentSink&)>
Result<ImportOutcome> read_one(ByteSource& bytes, std::string_view file_name,
                               const ImportOptions& options, const DocumentSink& sink) {
  return read_archive(*archive_of_one(bytes, file_name), file_name, options, sink);
}

// How sure we are that an archive is ours, where a member whose name holds one of `marks` (blank
// between them, lower case) says so.
int sure_by_names(std::span<const ArchiveMember> members, std::string_view marks, int sure);

}  // namespace plumbline
