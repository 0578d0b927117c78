// Files of the workspace: read whole, written so that a crash leaves the old one or the new one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crawler/import.h"

namespace plumbline {

// The whole file, at most `most` bytes. not_found, denied or invalid name the path.
Result<std::string> read_file(const std::string& path, std::size_t most);

// A file written piece by piece beside the path and renamed when finished: a crash or a full disk
// leaves the old file or none, never half of the new one. A symbolic link stays and its target is
// replaced. What is neither file nor link to one (a device, a pipe, /dev/stdout) is written
// straight into, and a folder is an error.
class NewFile {
 public:
  static Result<NewFile> make(const std::string& path, unsigned mode = 0644);
  ~NewFile();  // removes what was not finished
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;

  Status write(std::string_view bytes);  // a full disk is an error of code disk_full
  Status finish();                       // flushes to the disk, renames unless written straight

 private:
  NewFile(int file, std::string path, std::string part)
      : file_(file), path_(std::move(path)), part_(std::move(part)) {}
  Status flush();
  int file_;
  std::string path_, part_, waiting_;  // no part_: written straight into path_
};

// The same at one stroke.
Status write_file(const std::string& path, std::string_view bytes, unsigned mode = 0644);

Status make_folder(const std::string& path);

// A file read in pieces; "-" reads standard input.
Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path);

// Keeps a second run of the same kind out while the object lives; conflict names the process that
// holds it.
class RunLock {
 public:
  static Result<RunLock> take(const std::string& path);
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&&) = delete;

 private:
  explicit RunLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace plumbline
