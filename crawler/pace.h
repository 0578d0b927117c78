// How often each host is asked: never faster than stated, and not at all while it asks us to wait.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace plumbline {

using Millis = std::int64_t;  // of a clock that never goes back; the zero does not matter

// The clock is an argument. Not safe from several threads: the owner locks.
class Pace {
 public:
  // The moment from which the caller may send its request. Each call takes a place in the line of
  // that host, 1 / requests_per_second behind the one before; a rate that is not above 0 counts as
  // one a second. Ask `blocked_until` again when the moment has come.
  Millis take_place(const std::string& host, double requests_per_second, Millis now);

  // Nothing is sent to the host before `until`. An earlier end than one known changes nothing.
  void block(const std::string& host, Millis until);
  Millis blocked_until(const std::string& host) const;  // 0 or in the past: not blocked

 private:
  struct Host {
    Millis free = 0;  // when the next place in the line is
    Millis blocked = 0;
  };
  std::map<std::string, Host, std::less<>> hosts_;
};

}  // namespace plumbline
