#include "app/pdf.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <vector>

#include "app/files.h"

namespace plumbline {
namespace {

namespace fs = std::filesystem;

bool on_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::string folders = path ? path : "/usr/bin:/bin";
  for (std::size_t begin = 0; begin <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    if (::access((folders.substr(begin, end - begin) + "/" + program).c_str(), X_OK) == 0)
      return true;
    begin = end + 1;
  }
  return false;
}

// Runs a program with its output thrown away. True if it ended with 0.
bool run(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return false;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// A folder of its own that goes when the work is done.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "plumbline-XXXXXX").string();
    if (::mkdtemp(name.data()))
      path_ = name;
    else
      full_ = errno == ENOSPC || errno == EDQUOT;
    wanted_ = name;
  }
  ~Scratch() {
    std::error_code ec;
    if (!path_.empty()) fs::remove_all(path_, ec);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }
  Error why_not() const {
    return {full_ ? ErrorCode::disk_full : ErrorCode::file,
            full_ ? "no space left for a temporary folder; free some, or set TMPDIR elsewhere"
                  : "a temporary folder cannot be made; set TMPDIR to a folder that may be written",
            wanted_};
  }

 private:
  std::string path_, wanted_;
  bool full_ = false;
};

}  // namespace

Status save_pdf(std::string_view html, const std::string& path) {
  const Scratch scratch;
  if (scratch.path().empty()) return tl::unexpected(scratch.why_not());
  const std::string page = scratch.path() + "/page.html", made = scratch.path() + "/page.pdf";
  PLUMBLINE_CHECK(write_file(page, html, 0600));
  bool tried = false;
  for (const char* browser : {"chromium", "chromium-browser", "google-chrome"}) {
    if (!on_path(browser)) continue;
    tried = true;
    std::vector<std::string> words = {browser,
                                      "--headless=new",
                                      "--disable-gpu",
                                      "--disable-background-networking",
                                      "--disable-component-update",
                                      "--disable-sync",
                                      "--no-first-run",
                                      "--user-data-dir=" + scratch.path() + "/profile",
                                      "--no-pdf-header-footer",
                                      "--print-to-pdf=" + made,
                                      "file://" + page};
    if (::geteuid() == 0) words.insert(words.begin() + 1, "--no-sandbox");
    if (run(words) && fs::exists(made)) break;
  }
  if (!fs::exists(made) && on_path("weasyprint")) {
    tried = true;
    run({"weasyprint", page, made});
  }
  if (!fs::exists(made))
    return fail(ErrorCode::not_found,
                tried
                    ? "the browser could not print the page; write .html and print it by hand"
                    : "a PDF needs a browser: apt install chromium (or weasyprint), or write .html",
                path);
  return write_file(path, PLUMBLINE_TRY(read_file(made, 256 << 20)));
}

}  // namespace plumbline
