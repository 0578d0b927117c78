#include "app/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/text.h"

namespace plumbline {
namespace {

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ > 2) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

Error from_errno(const std::string& path, int number) {
  switch (number) {
    case ENOENT: return {ErrorCode::file, "there is no such file", path};
    case EACCES:
    case EPERM: return {ErrorCode::file, "no permission", path};
    case EROFS: return {ErrorCode::file, "lies where nothing may be written", path};
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return {ErrorCode::disk_full, "no space left; free some and run the same command again",
              path};
    default: return {ErrorCode::file, std::strerror(number), path};
  }
}

class FileBytes : public ByteSource {
 public:
  FileBytes(int file, std::string path, std::uint64_t size)
      : file_(file), path_(std::move(path)), size_(size) {}

  Result<std::size_t> read(char* into, std::size_t most) override {
    for (;;) {
      const ssize_t got = ::read(file_.get(), into, most);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return tl::unexpected(from_errno(path_, errno));
      done_ += static_cast<std::uint64_t>(got);
      return static_cast<std::size_t>(got);
    }
  }
  double progress() const override {
    return size_ == 0 ? 0 : static_cast<double>(done_) / static_cast<double>(size_);
  }

 private:
  Descriptor file_;
  std::string path_;
  std::uint64_t size_, done_ = 0;
};

Status write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(file, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return tl::unexpected(from_errno(path, errno));
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

// Where a new file goes.
struct Destination {
  std::string path;
  bool straight = false;  // written into what stands there already
  int open = -1;          // then: what this process holds open as that; -1 opens `path`
};

// /dev/stdout and its like end at a link /proc/PID/fd/N whose words are no path.
int held_open(const std::filesystem::path& link) {
  std::error_code ec;
  const std::string folder = std::filesystem::canonical(link.parent_path(), ec).string();
  const std::string name = link.filename().string();
  if (folder != fmt::format("/proc/{}/fd", ::getpid()) || !is_number(name)) return -1;
  return std::atoi(name.c_str());
}

// Follows symbolic links as far as they go, also to a file that is yet to be made.
Result<Destination> destination_of(const std::string& path) {
  constexpr int kMostLinks = 40;
  namespace fs = std::filesystem;
  std::error_code ec;
  fs::path at = path;
  for (int links = 0; fs::is_symlink(fs::symlink_status(at, ec)); ++links) {
    if (const int open = held_open(at); open >= 0) return Destination{path, true, open};
    const fs::path target = fs::read_symlink(at, ec);
    if (ec || links == kMostLinks) return tl::unexpected(from_errno(path, ec ? ec.value() : ELOOP));
    at = at.parent_path() / target;
  }
  const fs::file_status there = fs::status(path, ec);
  if (fs::is_directory(there)) return fail(ErrorCode::file, "is a folder, not a file", path);
  if (fs::exists(there) && !fs::is_regular_file(there)) return Destination{path, true};
  return Destination{at.string()};
}

Result<int> open_destination(const Destination& destination, const std::string& part,
                             unsigned mode) {
  int file = -1;
  if (destination.open >= 0)
    file = ::fcntl(destination.open, F_DUPFD_CLOEXEC, 3);
  else if (destination.straight)
    file = ::open(destination.path.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
  else
    file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (file < 0) return tl::unexpected(from_errno(destination.path, errno));
  return file;
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path) {
  if (path == "-") return std::unique_ptr<ByteSource>(new FileBytes(0, "standard input", 0));
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return tl::unexpected(from_errno(path, errno));
  struct stat info {};
  if (::fstat(file, &info) != 0 || S_ISDIR(info.st_mode)) {
    ::close(file);
    return fail(ErrorCode::file, "is a folder, not a file", path);
  }
  return std::unique_ptr<ByteSource>(
      new FileBytes(file, path, static_cast<std::uint64_t>(info.st_size)));
}

Result<std::string> read_file(const std::string& path, std::size_t most) {
  const std::unique_ptr<ByteSource> bytes = PLUMBLINE_TRY(open_bytes(path));
  std::string out;
  char piece[65536];
  for (;;) {
    const std::size_t got = PLUMBLINE_TRY(bytes->read(piece, sizeof piece));
    if (got == 0) return out;
    out.append(piece, got);
    if (out.size() > most)
      return fail(ErrorCode::invalid, fmt::format("is larger than {} bytes", most), path);
  }
}

Result<NewFile> NewFile::make(const std::string& path, unsigned mode) {
  Destination destination = PLUMBLINE_TRY(destination_of(path));
  std::string part;
  if (!destination.straight) part = fmt::format("{}.{}.part", destination.path, ::getpid());
  const int file = PLUMBLINE_TRY(open_destination(destination, part, mode));
  return NewFile(file, std::move(destination.path), std::move(part));
}

NewFile::NewFile(NewFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(std::move(other.path_)),
      part_(std::exchange(other.part_, {})),
      waiting_(std::move(other.waiting_)) {}

NewFile::~NewFile() {
  if (file_ >= 0) ::close(file_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

Status NewFile::write(std::string_view bytes) {
  constexpr std::size_t kPiece = 1 << 16;
  if (waiting_.size() + bytes.size() < kPiece) {
    waiting_ += bytes;
    return {};
  }
  PLUMBLINE_CHECK(flush());
  return write_all(file_, bytes, path_);
}

Status NewFile::flush() {
  PLUMBLINE_CHECK(write_all(file_, waiting_, path_));
  waiting_.clear();
  return {};
}

Status NewFile::finish() {
  PLUMBLINE_CHECK(flush());
  if (::fsync(file_) != 0 && errno != EINVAL && errno != EROFS)
    return tl::unexpected(from_errno(path_, errno));
  if (::close(std::exchange(file_, -1)) != 0 && errno != EINTR)
    return tl::unexpected(from_errno(path_, errno));
  if (part_.empty()) return {};
  if (::rename(part_.c_str(), path_.c_str()) != 0) return tl::unexpected(from_errno(path_, errno));
  part_.clear();
  return {};
}

Status write_file(const std::string& path, std::string_view bytes, unsigned mode) {
  NewFile file = PLUMBLINE_TRY(NewFile::make(path, mode));
  PLUMBLINE_CHECK(file.write(bytes));
  return file.finish();
}

Status make_folder(const std::string& path) {
  std::error_code ec;
  std::filesystem::create_directories(path, ec);
  if (ec) return tl::unexpected(from_errno(path, ec.value()));
  return {};
}

Result<RunLock> RunLock::take(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return tl::unexpected(from_errno(path, errno));
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) {
    const std::string pid = fmt::format("{}\n", ::getpid());
    if (::ftruncate(file, 0) == 0 && ::pwrite(file, pid.data(), pid.size(), 0) >= 0)
      return RunLock(file);
    return RunLock(file);
  }
  char holder[32] = {};
  const ssize_t got = ::pread(file, holder, sizeof holder - 1, 0);
  ::close(file);
  return fail(ErrorCode::conflict,
              fmt::format("another run is under way (process {}); wait for it to end",
                          got > 0 ? std::string(trim(holder)) : "unknown"),
              path);
}

RunLock::~RunLock() {
  if (file_ >= 0) ::close(file_);
}

RunLock::RunLock(RunLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }

}  // namespace plumbline
