// The robots.txt files read lately, one per origin.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "crawler/pace.h"
#include "crawler/robots.h"

namespace plumbline {

// What asking for a robots.txt brought, RFC 9309, 2.3.1.
struct RobotsFile {
  enum class State {
    read,         // its rules hold
    none,         // 4xx or more than five redirects: everything may be fetched
    unreachable,  // 5xx or a network fault: nothing may be fetched
  };
  State state = State::none;
  Robots rules;
  std::string reason;  // why it is unreachable
};

// The clock is an argument. Not safe from several threads: the owner locks.
class RobotsShelf {
 public:
  // Null if there is none or it is too old: 24 hours, a minute for one that was unreachable.
  std::shared_ptr<const RobotsFile> find(const std::string& origin, Millis now) const;
  void keep(const std::string& origin, std::shared_ptr<const RobotsFile> file, Millis now);

 private:
  struct Kept {
    std::shared_ptr<const RobotsFile> file;
    Millis until = 0;
  };
  std::map<std::string, Kept> files_;
};

}  // namespace plumbline
