#include "crawler/curl_http.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "base/text.h"
#include "base/time.h"
#include "crawler/pace.h"
#include "crawler/redirect.h"
#include "crawler/robots_shelf.h"
#include "crawler/transfer.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostRobotsBytes = 1u << 20;
constexpr int kRobotsRedirects = 5;
constexpr auto kAskCancelled = std::chrono::milliseconds(50);
constexpr Millis kWorthALine = 2000;  // waits longer than that are told
constexpr double kWorthATry = 0.1;    // seconds; less is not enough for any reply

using Headers = std::vector<std::pair<std::string, std::string>>;
using SharedRobots = std::shared_ptr<const RobotsFile>;

Millis clock_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// One request with all its redirects.
struct Journey {
  Target target;
  Headers headers;
  std::string body;
  Validators validators;
  std::int64_t (*told_to_wait)(int status, std::string_view body) = nullptr;
  bool (*is_gone)(int status, std::string_view body) = nullptr;
  double requests_per_second = 1;
  bool ask_robots = false;
  bool is_robots = false;
  bool as_it_comes = false;
  int most_redirects = 0;
  double seconds_left = 0;  // to be spent on transfers; what is left after each
};

struct Arrival {
  Answer answer;
  std::string url;
  Seconds retry_at = kNoTime;
  bool told = false;  // the source's own way to ask for a pause
};

tl::unexpected<Fault> fault(ErrorCode code, std::string message, const Target& at,
                            bool passing = false, int status = 0) {
  return tl::unexpected(Fault{Error{code, std::move(message), at.shown}, passing, status, false});
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool breaks_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

class CurlHttp : public Http {
 public:
  explicit CurlHttp(HttpOptions options) : options_(std::move(options)), loop_(options_) {
    if (options_.user_agent.empty()) options_.user_agent = "Plumbline";
  }

  Result<HttpReply> get(const HttpRequest& request) override {
    Journey journey;
    journey.target = PLUMBLINE_TRY(parse_target(request.request.url));
    for (const auto& [name, value] : request.request.headers) {
      if (name.empty() || breaks_line(name) || breaks_line(value)) {
        return fail(ErrorCode::invalid,
                    fmt::format("the header {} holds a line break: check the token",
                                shorten(escape_terminal(name), 40)),
                    journey.target.shown);
      }
    }
    journey.headers = request.request.headers;
    journey.body = request.request.body;
    journey.told_to_wait = request.told_to_wait;
    journey.is_gone = request.is_gone;
    journey.validators = request.validators;
    journey.requests_per_second = request.requests_per_second;
    journey.ask_robots = !request.request.api;
    journey.as_it_comes = request.as_it_comes;
    journey.most_redirects = options_.most_redirects;
    journey.seconds_left = options_.total_timeout_seconds;
    Fetched<Arrival> arrival = persist(journey);
    if (!arrival) return tl::unexpected(std::move(arrival.error().error));
    return reply_of(std::move(*arrival));
  }

  void pause(const std::string& url, std::int64_t seconds) override {
    const auto target = parse_target(url);
    if (!target || seconds <= 0) return;
    std::lock_guard lock(mutex_);
    pace_.block(target->place(), clock_now() + std::min<std::int64_t>(seconds, 86400) * 1000);
  }

 private:
  static HttpReply reply_of(Arrival arrival) {
    HttpReply reply;
    Answer& answer = arrival.answer;
    reply.status = answer.status;
    reply.url = std::move(arrival.url);
    reply.body = std::move(answer.body);
    reply.content_type = std::move(answer.content_type);
    reply.link = std::move(answer.link);
    reply.validators = std::move(answer.validators);
    reply.retry_at = arrival.retry_at;
    reply.redirect = std::move(answer.redirect);
    reply.challenge = std::move(answer.challenge);
    return reply;
  }

  // The journey, begun again while that may help and there is time.
  Fetched<Arrival> persist(Journey& journey) {
    for (int attempt = 1;; ++attempt) {
      Fetched<Arrival> arrival = travel(journey);
      if (arrival || !arrival.error().is_passing || attempt >= options_.attempts ||
          journey.seconds_left < kWorthATry)
        return arrival;
      say(fmt::format("{}; trying again ({} of {})", describe(arrival.error().error), attempt + 1,
                      options_.attempts));
      const Millis until =
          clock_now() + backoff_millis(attempt, options_.first_backoff_seconds, chance());
      if (!pause_until(until)) return stopped(journey.target);
    }
  }

  Fetched<Arrival> travel(Journey& journey) {
    Hop hop{journey.target, journey.headers,
            journey.is_robots ? kMostRobotsBytes : options_.most_decoded_bytes, journey.is_robots,
            journey.body};
    if (!journey.validators.etag.empty())
      hop.headers.emplace_back("If-None-Match", journey.validators.etag);
    if (!journey.validators.last_modified.empty())
      hop.headers.emplace_back("If-Modified-Since", journey.validators.last_modified);
    for (int redirects = 0;; ++redirects) {
      double rate = journey.requests_per_second;
      if (journey.ask_robots) {
        if (Status may = ask_robots(hop.target, rate); !may) {
          return tl::unexpected(Fault{may.error(), false, 0, false});
        }
      }
      Fetched<Arrival> arrival = exchange(hop, rate, journey);
      if (!arrival) return arrival;
      if (journey.as_it_comes) return arrival;
      const int status = arrival->answer.status;
      if (!is_redirect(status)) return judged(std::move(*arrival), hop.target, journey);
      if (!journey.body.empty()) {
        return fault(ErrorCode::network,
                     fmt::format("the site redirects a request that is not repeated elsewhere: "
                                 "check the url ({})",
                                 status),
                     hop.target, false, status);
      }
      if (redirects >= journey.most_redirects) {
        Fault lost{
            Error{ErrorCode::network,
                  fmt::format("more than {} redirects: check the address", journey.most_redirects),
                  journey.target.shown},
            false, status, true};
        return tl::unexpected(std::move(lost));
      }
      if (Status turned = turn(hop, arrival->answer.redirect); !turned) {
        return tl::unexpected(Fault{std::move(turned.error()), false, status, false});
      }
    }
  }

  // One request in its turn, and what its reply says about the next ones.
  Fetched<Arrival> exchange(Hop& hop, double rate, Journey& journey) {
    const std::string place = hop.target.place();
    if (auto turn = await_turn(hop.target, rate); !turn) return tl::unexpected(turn.error());
    hop.most_seconds = std::max(journey.seconds_left, kWorthATry);
    const Millis begun = clock_now();
    Fetched<Answer> answer = loop_.run(hop);
    journey.seconds_left -= static_cast<double>(clock_now() - begun) / 1000;
    if (!answer) {
      answer.error().error.where = hop.target.shown;
      return tl::unexpected(std::move(answer.error()));
    }
    Arrival arrival{std::move(*answer), hop.target.url, kNoTime};
    const WaitHeaders& headers = arrival.answer.wait;
    const bool told = is_told_to_wait(arrival.answer.status, headers);
    const Seconds here = now();
    std::int64_t wait = seconds_to_wait(headers, told, here);
    if (journey.told_to_wait != nullptr && arrival.answer.status / 100 != 2) {
      const std::int64_t in_body = journey.told_to_wait(arrival.answer.status, arrival.answer.body);
      arrival.told = in_body > 0;
      wait = std::max(wait, in_body);
    }
    if (wait > 0) {
      arrival.retry_at = here + wait;
      std::lock_guard lock(mutex_);
      pace_.block(place, clock_now() + wait * 1000);
    }
    return arrival;
  }

  Fetched<void> await_turn(const Target& target, double rate) {
    const std::string place = target.place();
    const auto longest = static_cast<Millis>(options_.longest_wait_seconds * 1000);
    for (bool first = true;; first = false) {
      Millis until = 0, asked = 0;
      {
        std::lock_guard lock(mutex_);
        const Millis here = clock_now();
        const Millis blocked = pace_.blocked_until(place);
        if (blocked - here > longest) return too_long(target, (blocked - here + 999) / 1000, 0);
        if (!first && blocked <= here) return {};
        until = pace_.take_place(place, rate, here);
        if (until <= here) return {};
        asked = blocked - here;
      }
      if (asked > kWorthALine)
        say(fmt::format("{} asks to wait {} s", place, (asked + 999) / 1000));
      if (!pause_until(until)) return stopped(target);
    }
  }

  // What the site itself says of its refusal, where that is short and no page.
  static std::string said(std::string_view body) {
    const std::string line = fold_space(clean_utf8(body.substr(0, 2000)));
    if (line.empty() || line.front() == '<') return {};
    return ", \"" + shorten(escape_terminal(line), 160) + "\"";
  }

  Fetched<Arrival> judged(Arrival arrival, const Target& at, const Journey& journey) const {
    const Answer& answer = arrival.answer;
    const int status = answer.status;
    const bool asked_for_changes =
        !journey.validators.etag.empty() || !journey.validators.last_modified.empty();
    if (status / 100 == 2 || (status == 304 && asked_for_changes)) return arrival;
    if (arrival.told || is_told_to_wait(status, answer.wait)) {
      const std::int64_t wait = arrival.retry_at == kNoTime ? 0 : arrival.retry_at - now();
      if (static_cast<double>(wait) > options_.longest_wait_seconds) {
        return too_long(at, wait, status);
      }
      return fault(status == 503 ? ErrorCode::network : ErrorCode::rate_limited,
                   fmt::format("the site asks for a pause ({}): try again later, or fetch less "
                               "often",
                               status),
                   at, true, status);
    }
    const bool gone = journey.is_gone != nullptr && journey.is_gone(status, answer.body);
    switch (gone ? 404 : status) {
      case 401:
      case 403:
        return fault(ErrorCode::denied,
                     fmt::format("the site refused the request ({}{}): check the token of this "
                                 "source and what it may read",
                                 status, said(answer.body)),
                     at, false, status);
      case 404:
      case 410:
        return fault(ErrorCode::not_found,
                     fmt::format("the site has nothing at this address ({}): check the url and "
                                 "query of this source",
                                 status),
                     at, false, status);
      default:
        return fault(ErrorCode::network,
                     status >= 500
                         ? fmt::format("the site is out of order ({}): try again later", status)
                         : fmt::format("the site answered with status {}{}, of no use here", status,
                                       said(answer.body)),
                     at, is_passing(status), status);
    }
  }

  static tl::unexpected<Fault> too_long(const Target& at, std::int64_t seconds, int status) {
    return fault(ErrorCode::rate_limited,
                 fmt::format("{} asks to be left alone until {}: run again after that", at.place(),
                             format_utc(now() + seconds)),
                 at, false, status);
  }

  // Lowers `rate` where the file asks for it.
  Status ask_robots(const Target& target, double& rate) {
    const SharedRobots file = PLUMBLINE_TRY(robots_of(target, rate));
    if (file->state == RobotsFile::State::unreachable) {
      return fail(ErrorCode::network,
                  fmt::format("{}/robots.txt cannot be read ({}), and without it nothing but APIs "
                              "is fetched there: try again later",
                              target.origin(), file->reason),
                  target.shown);
    }
    const RobotsVerdict ruling = verdict(file->rules, options_.user_agent, target.path);
    if (!ruling.allowed) {
      return fail(ErrorCode::refused,
                  fmt::format("the site's robots.txt forbids this address to automated readers "
                              "(\"{}\"): use its API or an export instead",
                              escape_terminal(ruling.rule)),
                  target.shown);
    }
    const RobotsGroup* group = group_for(file->rules, options_.user_agent);
    if (group != nullptr && group->crawl_delay > 0) {
      rate = rate > 0 ? std::min(rate, 1 / group->crawl_delay) : 1 / group->crawl_delay;
    }
    return {};
  }

  // The file of the target's origin, read once however many callers ask.
  Result<SharedRobots> robots_of(const Target& target, double rate) {
    const std::string origin = target.origin();
    {
      std::unique_lock lock(mutex_);
      for (;;) {
        if (SharedRobots kept = shelf_.find(origin, clock_now())) return kept;
        if (reading_.insert(origin).second) break;
        robots_read_.wait_for(lock, kAskCancelled);
        lock.unlock();
        const bool stop = cancelled();
        lock.lock();
        if (stop) return tl::unexpected(stopped_fault(target).error);
      }
    }
    Result<SharedRobots> file = read_robots(target, rate);
    std::lock_guard lock(mutex_);
    if (file) shelf_.keep(origin, *file, clock_now());
    reading_.erase(origin);
    robots_read_.notify_all();
    return file;
  }

  Result<SharedRobots> read_robots(const Target& target, double rate) {
    Journey journey;
    journey.target = PLUMBLINE_TRY(parse_target(target.origin() + "/robots.txt"));
    journey.requests_per_second = rate;
    journey.is_robots = true;
    journey.most_redirects = kRobotsRedirects;
    journey.seconds_left = options_.total_timeout_seconds;
    Fetched<Arrival> arrival = persist(journey);
    auto file = std::make_shared<RobotsFile>();
    if (arrival) {
      file->state = RobotsFile::State::read;
      file->rules = parse_robots(arrival->answer.body);
      return file;
    }
    const Fault& lost = arrival.error();
    if (lost.status / 100 == 4 || lost.too_many_redirects) return file;
    const ErrorCode code = lost.error.code;
    if (code == ErrorCode::partial || code == ErrorCode::rate_limited ||
        code == ErrorCode::denied || code == ErrorCode::refused)
      return tl::unexpected(lost.error);
    file->state = RobotsFile::State::unreachable;
    file->reason = lost.error.message;
    return file;
  }

  static Fault stopped_fault(const Target& at) {
    return Fault{Error{ErrorCode::partial, "stopped by the user", at.shown}, false, 0, false};
  }
  static tl::unexpected<Fault> stopped(const Target& at) {
    return tl::unexpected(stopped_fault(at));
  }

  bool cancelled() const { return options_.cancelled && options_.cancelled(); }

  // False when cancelled before.
  bool pause_until(Millis until) const {
    for (;;) {
      if (cancelled()) return false;
      const Millis left = until - clock_now();
      if (left <= 0) return true;
      std::this_thread::sleep_for(
          std::min<std::chrono::milliseconds>(kAskCancelled, std::chrono::milliseconds(left)));
    }
  }

  double chance() {
    std::lock_guard lock(mutex_);
    return std::uniform_real_distribution<double>(0, 1)(random_);
  }

  void say(const std::string& line) {
    if (!options_.log) return;
    std::lock_guard lock(log_mutex_);
    options_.log(line);
  }

  HttpOptions options_;
  TransferLoop loop_;
  std::mutex mutex_;  // all below but log_mutex_
  Pace pace_;
  RobotsShelf shelf_;
  std::set<std::string> reading_;  // origins whose robots.txt is on its way
  std::condition_variable robots_read_;
  std::mt19937_64 random_{std::random_device{}()};
  std::mutex log_mutex_;  // one line at a time
};

}  // namespace

std::unique_ptr<Http> make_curl_http(HttpOptions options) {
  return std::make_unique<CurlHttp>(std::move(options));
}

}  // namespace plumbline
