#include "crawler/robots_shelf.h"

#include <utility>

namespace plumbline {
namespace {
constexpr Millis kMinute = 60 * 1000;
constexpr Millis kDay = 24 * 60 * kMinute;
}  // namespace

std::shared_ptr<const RobotsFile> RobotsShelf::find(const std::string& origin, Millis now) const {
  auto found = files_.find(origin);
  return found == files_.end() || now >= found->second.until ? nullptr : found->second.file;
}

void RobotsShelf::keep(const std::string& origin, std::shared_ptr<const RobotsFile> file,
                       Millis now) {
  const Millis age = file->state == RobotsFile::State::unreachable ? kMinute : kDay;
  files_[origin] = {std::move(file), now + age};
}

}  // namespace plumbline
