#include "app/open_http.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "crawler/curl_http.h"
#include "crawler/tape_http.h"

namespace plumbline {

namespace {

HttpOptions options_of(const Config& config, Progress& progress) {
  HttpOptions options;
  options.user_agent =
      fmt::format("Plumbline/0.1{}",
                  config.contact.empty() ? "" : " (" + escape_terminal(config.contact) + ")");
  options.log = [&progress](const std::string& line) { progress.say(line); };
  options.cancelled = [&progress] { return progress.cancelled(); };
  return options;
}

}  // namespace

std::unique_ptr<Http> open_http(const Config& config, Progress& progress) {
  HttpOptions options = options_of(config, progress);
  for (const SourceConfig& source : config.sources)
    if (const std::string host = host_of_url(source.query.url); !host.empty())
      options.private_hosts.push_back(host);
  options.total_timeout_seconds = config.timeout;
  options.connect_timeout_seconds =
      std::min<double>(options.connect_timeout_seconds, config.timeout);
  options.stall_timeout_seconds = std::min<double>(options.stall_timeout_seconds, config.timeout);
  return make_curl_http(std::move(options));
}

std::unique_ptr<Http> open_probe_http(const Config& config, Progress& progress) {
  HttpOptions options = options_of(config, progress);
  for (const SiteConfig& site : config.sites)
    if (const std::string host = host_of_url(site.url);
        !host.empty() && host.find('{') == std::string::npos)
      options.private_hosts.push_back(host);
  options.connect_timeout_seconds = 4;
  options.total_timeout_seconds = 8;
  options.stall_timeout_seconds = 4;
  options.most_decoded_bytes = 8u << 20;
  options.attempts = 1;
  options.longest_wait_seconds = 3;
  return make_curl_http(std::move(options));
}

Result<std::unique_ptr<Http>> open_http(const Config& config, Progress& progress,
                                        const HttpWish& wish, Seconds& now) {
  if (!wish.record.empty() && !wish.replay.empty())
    return fail(ErrorCode::invalid, "--record and --replay exclude each other");
  if (!wish.replay.empty()) {
    now = PLUMBLINE_TRY(recorded_at(wish.replay));
    return make_replayer(wish.replay);
  }
  auto http = open_http(config, progress);
  if (wish.record.empty()) return http;
  return make_recorder(std::move(http), wish.record, now);
}

std::string host_of_url(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view rest = url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  return ascii_lower(rest);
}

std::string host_to_ask(const SourceConfig& source) {
  const Source* kind = find_source(source.kind);
  if (!source.query.url.empty() || kind == nullptr) return host_of_url(source.query.url);
  return host_of_url(kind->base);
}

}  // namespace plumbline
