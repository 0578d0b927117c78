// How long work tells its watcher where it stands. The command line draws it; tests and libraries
// leave it empty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plumbline {

class Progress {
 public:
  virtual ~Progress() = default;
  // A new stage of work. `unit` is what is counted ("mentions"); `total` 0 where it is not known.
  virtual void begin(std::string_view stage, std::string_view unit, double total) = 0;
  // So much of the total is done; `count` of the unit, for the rate. Safe to call often and from
  // any thread.
  virtual void at(double done, std::int64_t count) = 0;
  virtual void end(std::string_view outcome) = 0;  // one line, kept on the screen
  virtual void say(std::string_view line) = 0;     // a warning or a note in between
  virtual bool cancelled() const {
    return false;
  }  // the user wants to stop; what is committed stays
};

// Watches nothing; for where no watcher was given.
Progress& no_progress();

}  // namespace plumbline
