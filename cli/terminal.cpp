#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "base/text.h"

namespace plumbline {
namespace {

using Clock = std::chrono::steady_clock;

std::atomic<int> interrupts{0};
std::string output;
int output_errno = 0;  // why standard output could not be written

void on_interrupt(int) {
  if (interrupts.fetch_add(1) >= 1) ::_exit(130);
}

void write_out() {
  const char* at = output.data();
  std::size_t left = output.size();
  while (left > 0) {
    const ssize_t put = ::write(STDOUT_FILENO, at, left);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      if (errno != EPIPE) output_errno = errno;
      break;
    }
    at += put;
    left -= static_cast<std::size_t>(put);
  }
  output.clear();
}

std::string span_of(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

class ProgressLine : public Progress {
 public:
  explicit ProgressLine(bool quiet) : quiet_(quiet), terminal_(is_terminal(STDERR_FILENO)) {}
  ~ProgressLine() override { wipe(); }

  void begin(std::string_view stage, std::string_view unit, double total) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    stage_ = escape_terminal(stage);
    unit_ = unit;
    total_ = total;
    started_ = drawn_ = Clock::now();
  }

  void at(double done, std::int64_t count) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto now = Clock::now();
    const auto pause =
        terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(60000);
    if (quiet_ || now - drawn_ < pause) return;
    drawn_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    std::string line = stage_ + ":";
    const double share = total_ > 0 ? std::min(1.0, done / total_) : 0;
    if (share > 0) line += fmt::format(" {:.0f} %", share * 100);
    line += fmt::format(" {} {}", count, unit_);
    if (seconds > 0) line += fmt::format(", {:.0f}/s", static_cast<double>(count) / seconds);
    if (share > 0.01) line += fmt::format(", {} left", span_of(seconds / share * (1 - share)));
    draw(line);
  }

  void end(std::string_view outcome) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    wipe();
    if (!quiet_) say(escape_terminal(outcome));
  }

  void say(std::string_view line) override {
    wipe();
    plumbline::say(line);
  }

  bool cancelled() const override { return interrupted(); }

 private:
  void draw(const std::string& line) {
    if (!terminal_) return plumbline::say(line);
    winsize size{};
    const std::size_t width =
        ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 10 ? size.ws_col : 80;
    const std::string text = "\r\x1b[K" + shorten(line, width - 1);
    std::fwrite(text.data(), 1, text.size(), stderr);
    on_screen_ = true;
  }
  void wipe() {
    if (on_screen_) std::fputs("\r\x1b[K", stderr);
    on_screen_ = false;
  }

  const bool quiet_, terminal_;
  bool on_screen_ = false;
  std::mutex mutex_;
  std::string stage_, unit_;
  double total_ = 0;
  Clock::time_point started_, drawn_;
};

}  // namespace

void print(std::string_view text) {
  output += text;
  if (output.size() > (1u << 16)) write_out();
}

Status flush_output() {
  write_out();
  if (output_errno == 0) return {};
  if (output_errno == ENOSPC || output_errno == EDQUOT || output_errno == EFBIG)
    return fail(ErrorCode::disk_full, "no space left; free some and run the same command again",
                "standard output");
  return fail(ErrorCode::file, std::strerror(output_errno), "standard output");
}

void say(std::string_view line) {
  const std::string text = std::string(line) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void say_error(std::string_view line) { say("plumbline: " + std::string(line)); }

bool is_terminal(int file) { return ::isatty(file) == 1; }

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return interrupts.load() > 0; }

std::unique_ptr<Progress> make_progress(bool quiet) {
  return std::make_unique<ProgressLine>(quiet);
}

std::string option_line(const Option& option) {
  const std::string head = fmt::format("  {} {}", option.name, option.value);
  return fmt::format("{:<24} {}\n", head, option.help);
}

std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t numbers_from,
                  std::size_t numbers_to) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i >= widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], display_width(escape_terminal(row[i])));
    }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = escape_terminal(row[i]);
      const std::string pad(widths[i] - display_width(cell), ' ');
      line +=
          (i == 0 ? "" : "  ") + (i >= numbers_from && i < numbers_to ? pad + cell : cell + pad);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace plumbline
