// Speaking to the user: results on standard output, everything else on standard error.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "app/progress.h"
#include "cli/command.h"

namespace plumbline {

void print(std::string_view text);      // to standard output, buffered
Status flush_output();                  // disk_full or file; a closed pipe is success
void say_error(std::string_view line);  // "plumbline: …" on standard error
void say(std::string_view line);        // a plain line on standard error

bool is_terminal(int file);  // and NO_COLOR, TERM=dumb are not about this

// After this, Ctrl-C asks the work under way to stop; a second one ends the program.
void catch_interrupts();
bool interrupted();

// Draws a line with share, rate and time left on a terminal; prints one line a minute otherwise.
// `quiet`: only warnings.
std::unique_ptr<Progress> make_progress(bool quiet = false);

std::string option_line(const Option& option);  // one line of a help text

template <class... Args>
std::string fmt_line(fmt::format_string<Args...> format, Args&&... args) {
  return fmt::format(format, std::forward<Args>(args)...);
}

// A table with aligned columns; the first row is the head. Columns from `numbers_from` to before
// `numbers_to` stand to the right.
std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t numbers_from = 1,
                  std::size_t numbers_to = SIZE_MAX);

}  // namespace plumbline
