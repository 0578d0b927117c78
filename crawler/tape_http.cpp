#include "crawler/tape_http.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace plumbline {
namespace {

namespace fs = std::filesystem;
using TapeJson = nlohmann::ordered_json;

constexpr char kMoment[] = "recorded-at.txt";

// Which reply answers which call: the third request for an address gets the third reply.
class Calls {
 public:
  std::string next(const Request& request) {
    const std::string key = hex64(hash64(request.url + "\n" + request.body));
    const std::lock_guard<std::mutex> lock(mutex_);
    return fmt::format("{}-{}.tape", key, ++calls_[key]);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, int> calls_;
};

Status write_private(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool good = file >= 0;
  while (good && !bytes.empty()) {
    const ssize_t put = ::write(file, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    good = put > 0;
    if (good) bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (good) return {};
  return fail(reason == ENOSPC ? ErrorCode::disk_full : ErrorCode::invalid,
              fmt::format("cannot be written: {}", std::strerror(reason)), path);
}

Result<std::string> read_whole_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::not_found, "this request was not recorded", path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string as_tape(const Result<HttpReply>& reply) {
  TapeJson head;
  if (reply) {
    head = {{"status", reply->status},
            {"url", reply->url},
            {"content_type", reply->content_type},
            {"link", reply->link},
            {"etag", reply->validators.etag},
            {"last_modified", reply->validators.last_modified}};
  } else {
    const Error& error = reply.error();
    head = {{"error", static_cast<int>(error.code)},
            {"message", error.message},
            {"where", error.where}};
  }
  return head.dump(-1, ' ', false, TapeJson::error_handler_t::replace) + "\n" +
         (reply ? reply->body : std::string());
}

Result<HttpReply> from_tape(const std::string& tape, const std::string& path) {
  const auto line = tape.find('\n');
  const TapeJson head = TapeJson::parse(tape.substr(0, line), nullptr, false);
  if (line == std::string::npos || !head.is_object())
    return fail(ErrorCode::parse, "is no recorded reply", path);
  const auto text = [&](const char* key) {
    const auto found = head.find(key);
    return found != head.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto number = [&](const char* key) {
    const auto found = head.find(key);
    return found != head.end() && found->is_number_integer() ? found->get<int>() : -1;
  };
  if (const int code = number("error"); code >= 0)
    return fail(static_cast<ErrorCode>(std::min(code, static_cast<int>(ErrorCode::internal))),
                text("message"), text("where"));
  HttpReply reply;
  reply.status = number("status");
  reply.url = text("url");
  reply.content_type = text("content_type");
  reply.link = text("link");
  reply.validators = {text("etag"), text("last_modified")};
  reply.body = tape.substr(line + 1);
  return reply;
}

class Recorder : public Http {
 public:
  Recorder(std::unique_ptr<Http> inner, std::string folder)
      : inner_(std::move(inner)), folder_(std::move(folder)) {}

  Result<HttpReply> get(const HttpRequest& request) override {
    const std::string name = calls_.next(request.request);
    Result<HttpReply> reply = inner_->get(request);
    PLUMBLINE_CHECK(write_private(folder_ + "/" + name, as_tape(reply)));
    return reply;
  }
  void pause(const std::string& url, std::int64_t seconds) override { inner_->pause(url, seconds); }

 private:
  std::unique_ptr<Http> inner_;
  const std::string folder_;
  Calls calls_;
};

class Replayer : public Http {
 public:
  explicit Replayer(std::string folder) : folder_(std::move(folder)) {}

  Result<HttpReply> get(const HttpRequest& request) override {
    const std::string path = folder_ + "/" + calls_.next(request.request);
    return from_tape(PLUMBLINE_TRY(read_whole_file(path)), path);
  }
  void pause(const std::string&, std::int64_t) override {}

 private:
  const std::string folder_;
  Calls calls_;
};

}  // namespace

Result<std::unique_ptr<Http>> make_recorder(std::unique_ptr<Http> inner, const std::string& folder,
                                            Seconds now) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault) return fail(ErrorCode::invalid, "cannot be made: " + fault.message(), folder);
  ::chmod(folder.c_str(), 0700);
  if (fs::exists(folder + "/" + kMoment, fault))
    return fail(ErrorCode::conflict, "holds a recorded night already: name another folder", folder);
  PLUMBLINE_CHECK(write_private(folder + "/" + kMoment, format_utc(now) + "\n"));
  return std::make_unique<Recorder>(std::move(inner), folder);
}

Result<std::unique_ptr<Http>> make_replayer(const std::string& folder) {
  PLUMBLINE_TRY(recorded_at(folder));
  return std::make_unique<Replayer>(folder);
}

Result<Seconds> recorded_at(const std::string& folder) {
  const auto moment = read_whole_file(folder + "/" + kMoment);
  if (!moment)
    return fail(ErrorCode::not_found, "holds no recorded night; make one with --record", folder);
  return parse_time(trim(*moment));
}

}  // namespace plumbline
