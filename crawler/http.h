// The one door to the network. `CurlHttp` (crawler/curl_http.h) is the real one; tests use tapes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crawler/source.h"

namespace plumbline {

// What we remember of an address to ask "has it changed?".
struct Validators {
  std::string etag;
  std::string last_modified;
};

struct HttpRequest {
  Request request;
  Validators validators;
  double requests_per_second = 1;  // per host; slowed further by what the replies say
  // As Source::told_to_wait; null: only headers and statuses are understood.
  std::int64_t (*told_to_wait)(int status, std::string_view body) = nullptr;
  bool (*is_gone)(int status, std::string_view body) = nullptr;  // as Source::is_gone
  // For asking whether something exists: every complete reply is a value whatever its status, a
  // redirect too, which is not followed; an error only where no reply came or none was asked for.
  bool as_it_comes = false;
};

// Headers by which what stands before a site says that it doubts the reader; empty: not sent.
struct ChallengeHeaders {
  std::string cloudflare;  // cf-mitigated
  std::string amazon;      // x-amzn-waf-action
  std::string server;      // Server
};

struct HttpReply {
  int status = 0;    // 304: not modified, body empty
  std::string url;   // after redirects
  std::string body;  // decoded; complete, or the call was an error
  std::string content_type;
  std::string link;  // Link header
  Validators validators;
  Seconds retry_at = kNoTime;  // told to wait until then
  std::string redirect = {};   // where a redirect that was not followed leads
  ChallengeHeaders challenge = {};
};

class Http {
 public:
  virtual ~Http() = default;
  // 2xx and 304 are values (more with HttpRequest::as_it_comes). Everything else is an Error:
  // denied for 401 and 403, refused for a private address or robots.txt, not_found for 404 and 410,
  // rate_limited when told to wait longer than allowed, network for the rest; its message says what
  // was seen and what helps. Short faults (timeouts, 5xx, 429 with a short wait) have been retried
  // before an error is given.
  virtual Result<HttpReply> get(const HttpRequest& request) = 0;
  // Nothing more is sent to the host of `url` for so long: a reply's body asked for it.
  virtual void pause(const std::string& url, std::int64_t seconds) = 0;
};

}  // namespace plumbline
