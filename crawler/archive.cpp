#include "crawler/archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/text.h"

namespace plumbline {
namespace {

// Why a name is not taken; empty where it is fine.
std::string fault_of(std::string_view name) {
  if (name.empty() || name[0] == '/') return "absolute path";
  if (name.size() > 1 && name[1] == ':') return "absolute path";
  for (const std::string_view part : split(name, '/'))
    if (part == "..") return "path that climbs out of the archive";
  for (const std::string_view ending :
       {".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz"})
    if (ends_in(name, ending)) return "archive within the archive, not opened";
  return {};
}

bool is_furniture(std::string_view name) {
  const std::string_view base = base_name(name);
  return base == ".DS_Store" || base == "Thumbs.db" || path_has(name, "__MACOSX/");
}

class PlainFile : public ByteSource {
 public:
  PlainFile(int file, std::string path) : file_(file), path_(std::move(path)) {}
  ~PlainFile() override { ::close(file_); }
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;
  Result<std::size_t> read(char* into, std::size_t most) override {
    for (;;) {
      const ssize_t got = ::read(file_, into, most);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return fail(ErrorCode::file, std::strerror(errno), path_);
    }
  }

 private:
  int file_;
  std::string path_;
};

class Folder : public Archive {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}

  Status list(const ArchiveLimits& limits) {
    namespace fs = std::filesystem;
    std::error_code ec;
    fs::recursive_directory_iterator at(path_, fs::directory_options::skip_permission_denied, ec);
    if (ec) return fail(ErrorCode::file, ec.message(), path_);
    for (; at != fs::recursive_directory_iterator(); at.increment(ec)) {
      if (ec) return fail(ErrorCode::file, ec.message(), path_);
      const fs::file_status status = at->symlink_status(ec);
      if (fs::is_symlink(status)) refuse("symbolic link");
      if (!fs::is_regular_file(status)) continue;
      if (members_.size() >= limits.members)
        return fail(ErrorCode::invalid, "holds too many files", path_);
      const std::uint64_t size = at->file_size(ec);
      const std::string name = at->path().lexically_relative(path_).generic_string();
      if (is_utf8(name))
        admit(name, ec ? 0 : size);
      else
        refuse("name that is not UTF-8");
    }
    std::sort(members_.begin(), members_.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return {};
  }

  Result<std::unique_ptr<ByteSource>> open(std::size_t member) override {
    const std::string path = path_ + "/" + members_[member].name;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return fail(ErrorCode::file, std::strerror(errno), path);
    return std::unique_ptr<ByteSource>(new PlainFile(file, path));
  }

 private:
  std::string path_;
};

class One : public Archive {
 public:
  One(ByteSource& bytes, std::string_view file_name) : bytes_(bytes) {
    members_.push_back({clean_utf8(base_name(file_name)), 0});
  }
  Result<std::unique_ptr<ByteSource>> open(std::size_t) override {
    class Borrowed : public ByteSource {
     public:
      explicit Borrowed(ByteSource& bytes) : bytes_(bytes) {}
      Result<std::size_t> read(char* into, std::size_t most) override {
        return bytes_.read(into, most);
      }

     private:
      ByteSource& bytes_;
    };
    return std::unique_ptr<ByteSource>(new Borrowed(bytes_));
  }

 private:
  ByteSource& bytes_;
};

}  // namespace

bool Archive::admit(std::string name, std::uint64_t size) {
  std::replace(name.begin(), name.end(), '\\', '/');
  if (const std::string fault = fault_of(name); !fault.empty()) {
    refuse(fault);
    return false;
  }
  if (is_furniture(name)) return false;
  members_.push_back({clean_utf8(name), size});
  return true;
}

Result<std::unique_ptr<Archive>> open_folder(const std::string& path, const ArchiveLimits& limits) {
  auto folder = std::make_unique<Folder>(path);
  PLUMBLINE_CHECK(folder->list(limits));
  return folder;
}

std::unique_ptr<Archive> archive_of_one(ByteSource& bytes, std::string_view file_name) {
  return std::make_unique<One>(bytes, file_name);
}

std::string_view base_name(std::string_view member) {
  const auto slash = member.find_last_of("/\\");
  return slash == std::string_view::npos ? member : member.substr(slash + 1);
}

bool path_has(std::string_view member, std::string_view part) {
  return ascii_lower(member).find(ascii_lower(part)) != std::string::npos;
}

bool ends_in(std::string_view member, std::string_view ending) {
  return member.size() >= ending.size() &&
         iequals_ascii(member.substr(member.size() - ending.size()), ending);
}

}  // namespace plumbline
