// Http over libcurl's multi interface: reused connections, HTTP/2, compression, limits, pacing,
// robots.txt, the guard against private addresses.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crawler/http.h"

namespace plumbline {

struct HttpOptions {
  std::string user_agent;                  // "Plumbline/0.1 (+https://…; contact)"
  std::vector<std::string> private_hosts;  // host or host:port named in the configuration: these
                                           // may resolve to private addresses
  double connect_timeout_seconds = 10;
  double total_timeout_seconds = 60;  // one request with its redirects and attempts; the waits
                                      // between them are not counted
  double stall_timeout_seconds = 20;  // fewer than 1 byte a second for so long
  std::size_t most_decoded_bytes = 32u << 20;
  std::size_t most_header_bytes = 256u << 10;
  int most_redirects = 5;
  int attempts = 3;
  double first_backoff_seconds = 1;   // before the second attempt; doubled before each further one
  double longest_wait_seconds = 120;  // a longer Retry-After ends the request with rate_limited
  std::vector<std::string> resolve;   // for tests: "host:port:address", answers in place of DNS
  std::function<void(const std::string&)> log;  // a line for --verbose; may be empty
  std::function<bool()> cancelled;              // asked while waiting; may be empty
};

// Safe to call `get` from several threads at once; transfers share one multi handle and its
// connections.
std::unique_ptr<Http> make_curl_http(HttpOptions options);

}  // namespace plumbline
