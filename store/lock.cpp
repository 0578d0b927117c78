#include "store/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace plumbline {

Result<WriterLock> WriterLock::take(const std::string& store_path) {
  const std::string path = store_path + ".lock";
  WriterLock lock;
  lock.file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock.file_ < 0) {
    const ErrorCode code = errno == ENOSPC || errno == EDQUOT ? ErrorCode::disk_full
                           : errno == ENOENT                  ? ErrorCode::not_found
                                                              : ErrorCode::file;
    return fail(code, fmt::format("{} cannot be made: {}", path, std::strerror(errno)), store_path);
  }
  if (flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    const ssize_t size = pread(lock.file_, holder, sizeof holder - 1, 0);
    const std::string_view pid =
        trim(std::string_view(holder, size > 0 ? static_cast<std::size_t>(size) : 0));
    return fail(ErrorCode::conflict,
                fmt::format("process {} is writing this store; try again when it is done",
                            pid.empty() ? "?" : pid),
                store_path);
  }
  // Who holds it is a courtesy to the next one; a full disk must not keep us from freeing space.
  const std::string pid = fmt::format("{}\n", getpid());
  if (ftruncate(lock.file_, 0) == 0)
    static_cast<void>(pwrite(lock.file_, pid.data(), pid.size(), 0) < 0);
  return lock;
}

WriterLock::WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

WriterLock::~WriterLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace plumbline
