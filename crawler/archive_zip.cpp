// Zips by libzip. Sizes in a zip's directory may lie, so what really comes out is measured.
#include <fmt/core.h>
#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "crawler/archive.h"

namespace plumbline {
namespace {

// What has been unpacked so far, over all members.
struct Meter {
  ArchiveLimits limits;
  std::uint64_t packed = 0;  // bytes of the zip itself
  std::uint64_t unpacked = 0;
};

class ZipBytes : public ByteSource {
 public:
  // `claimed`: unpacked bytes as the zip says, so that an honest bomb is not even begun.
  ZipBytes(zip_file_t* file, std::uint64_t packed, std::uint64_t claimed, std::string name,
           Meter& meter)
      : file_(file), packed_(packed), claimed_(claimed), name_(std::move(name)), meter_(meter) {}
  ~ZipBytes() override { zip_fclose(file_); }
  ZipBytes(const ZipBytes&) = delete;
  ZipBytes& operator=(const ZipBytes&) = delete;

  Result<std::size_t> read(char* into, std::size_t most) override {
    if (swells(claimed_, packed_)) return swollen();
    const zip_int64_t got = zip_fread(file_, into, most);
    if (got < 0)
      return fail(ErrorCode::parse, fmt::format("damaged: {}", zip_file_strerror(file_)), name_);
    const auto count = static_cast<std::uint64_t>(got);
    mine_ += count;
    meter_.unpacked += count;
    const ArchiveLimits& limits = meter_.limits;
    if (mine_ > limits.member || meter_.unpacked > limits.total)
      return fail(ErrorCode::invalid, "unpacks to more than the limit; left out", name_);
    if (swells(mine_, packed_) || swells(meter_.unpacked, meter_.packed)) return swollen();
    return count;
  }

 private:
  bool swells(std::uint64_t out, std::uint64_t in) const {
    return out > meter_.limits.unmeasured && out / meter_.limits.ratio > in;
  }

  tl::unexpected<Error> swollen() const {
    return fail(
        ErrorCode::invalid,
        fmt::format("unpacks to more than {} times its size; left out", meter_.limits.ratio),
        name_);
  }

  zip_file_t* file_;
  std::uint64_t packed_;
  std::uint64_t claimed_;
  std::uint64_t mine_ = 0;
  std::string name_;
  Meter& meter_;
};

bool is_link(zip_t* zip, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(zip, index, 0, &system, &attributes) != 0) return false;
  return system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

class Zip : public Archive {
 public:
  Zip(zip_t* zip, std::string path, const ArchiveLimits& limits)
      : zip_(zip), path_(std::move(path)) {
    meter_.limits = limits;
  }
  ~Zip() override { zip_discard(zip_); }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  Status list() {
    struct stat info {};
    if (::stat(path_.c_str(), &info) == 0) meter_.packed = static_cast<std::uint64_t>(info.st_size);
    const zip_int64_t count = zip_get_num_entries(zip_, 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > meter_.limits.members)
      return fail(ErrorCode::invalid, "holds too many files", path_);
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) take(i);
    sort();
    return {};
  }

  Result<std::unique_ptr<ByteSource>> open(std::size_t member) override {
    const zip_uint64_t index = index_[member];
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_stat_index(zip_, index, 0, &stat);
    zip_file_t* file = zip_fopen_index(zip_, index, 0);
    const std::string& name = members_[member].name;
    if (file == nullptr)
      return fail(ErrorCode::parse, fmt::format("cannot be unpacked: {}", zip_strerror(zip_)),
                  name);
    const std::uint64_t packed = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
    const std::uint64_t claimed = (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : 0;
    return std::unique_ptr<ByteSource>(new ZipBytes(file, packed, claimed, name, meter_));
  }

 private:
  void take(zip_uint64_t index) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const char* name = zip_get_name(zip_, index, ZIP_FL_ENC_GUESS);
    if (name == nullptr || zip_stat_index(zip_, index, 0, &stat) != 0) {
      refuse("unreadable entry");
      return;
    }
    const std::string_view shown = name;
    if (!shown.empty() && (shown.back() == '/' || shown.back() == '\\')) return;  // a folder
    if (is_link(zip_, index)) {
      refuse("symbolic link");
    } else if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != 0) {
      refuse("encrypted");
    } else if (admit(name, (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : 0)) {
      index_.push_back(index);
    }
  }

  void sort() {
    std::vector<std::size_t> order(members_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return members_[a].name < members_[b].name;
    });
    std::vector<ArchiveMember> members;
    std::vector<zip_uint64_t> index;
    for (const std::size_t i : order) {
      members.push_back(std::move(members_[i]));
      index.push_back(index_[i]);
    }
    members_ = std::move(members);
    index_ = std::move(index);
  }

  zip_t* zip_;
  std::string path_;
  std::vector<zip_uint64_t> index_;  // of members_, in the zip
  Meter meter_;
};

}  // namespace

bool begins_like_zip(std::string_view head) {
  return head.substr(0, 4) == std::string_view("PK\3\4", 4) ||
         head.substr(0, 4) == std::string_view("PK\5\6", 4);
}

Result<std::unique_ptr<Archive>> open_zip(const std::string& path, const ArchiveLimits& limits) {
  int code = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (zip == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string said = zip_error_strerror(&error);
    zip_error_fini(&error);
    return fail(ErrorCode::parse, fmt::format("is no zip that can be read: {}", said), path);
  }
  auto archive = std::make_unique<Zip>(zip, path, limits);
  PLUMBLINE_CHECK(archive->list());
  return archive;
}

}  // namespace plumbline
