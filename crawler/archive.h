// The archives people own, as a folder or a zip: members by name, read one after the other as
// streams. Nothing is ever written to disk, and no name in an archive is ever used as a path.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crawler/import.h"

namespace plumbline {

struct ArchiveLimits {
  std::uint64_t member = std::uint64_t{64} << 30;  // bytes unpacked
  std::uint64_t total = std::uint64_t{256} << 30;  // bytes unpacked, over all reads
  std::uint64_t ratio = 200;  // unpacked to packed: of one member and of the whole
  std::uint64_t unmeasured = std::uint64_t{64} << 20;  // below this much the ratio may be anything
  std::size_t members = 1'000'000;
};

struct ArchiveMember {
  std::string name;        // with "/" between folders, relative, without ".."; valid UTF-8
  std::uint64_t size = 0;  // as the archive says, which may be a lie
};

class Archive {
 public:
  virtual ~Archive() = default;
  // By name, so that the outcome does not depend on the order in the file.
  const std::vector<ArchiveMember>& members() const { return members_; }
  // What was left out for safety's sake: reason -> how many.
  const std::map<std::string, std::int64_t>& refused() const { return refused_; }
  // A read beyond a limit fails with an error that says which.
  virtual Result<std::unique_ptr<ByteSource>> open(std::size_t member) = 0;

 protected:
  // Takes the member in, or counts why not.
  bool admit(std::string name, std::uint64_t size);
  void refuse(const std::string& reason) { ++refused_[reason]; }

  std::vector<ArchiveMember> members_;
  std::map<std::string, std::int64_t> refused_;
};

Result<std::unique_ptr<Archive>> open_folder(const std::string& path,
                                             const ArchiveLimits& limits = {});
Result<std::unique_ptr<Archive>> open_zip(const std::string& path,
                                          const ArchiveLimits& limits = {});
bool begins_like_zip(std::string_view head);

// One file that stands alone, as an archive of one member: so that an importer of archives reads
// the file that somebody took out of one. `bytes` can be opened once.
std::unique_ptr<Archive> archive_of_one(ByteSource& bytes, std::string_view file_name);

// The part of a member's name behind the last slash.
std::string_view base_name(std::string_view member);
// Case-blind; "messages/inbox/" is in "My Export/Messages/inbox/x.json", whatever wraps it.
bool path_has(std::string_view member, std::string_view part);
bool ends_in(std::string_view member, std::string_view ending);  // case-blind

}  // namespace plumbline
