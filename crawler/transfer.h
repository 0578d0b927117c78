// One request and its reply over libcurl's multi interface: limits and the guard against private
// addresses. Redirects, pacing and retries are the caller's (crawler/curl_http.cpp).
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crawler/curl_http.h"
#include "crawler/retry.h"
#include "crawler/target.h"

namespace plumbline {

struct Hop {
  Target target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::size_t most_body_bytes = 0;  // decoded
  bool keep_what_fits = false;      // a longer body is cut there; otherwise it is an error
  std::string body = {};            // not empty: a POST of it
  double most_seconds = 60;         // for the whole reply
};

struct Answer {
  int status = 0;
  std::string body;  // of statuses other than 2xx the beginning, as far as it can be unpacked
  std::string content_type;
  std::string link;  // several Link headers joined by commas
  Validators validators;
  WaitHeaders wait;
  std::string redirect;  // absolute address; empty: the reply is no redirect
  ChallengeHeaders challenge;
};

// An error, and whether the same request may fare better in a moment.
struct Fault {
  Error error;
  bool is_passing = false;
  int status = 0;  // of the reply, if one came
  bool too_many_redirects = false;
};

template <class T>
using Fetched = tl::expected<T, Fault>;

// Safe to use from several threads at once: a thread of its own drives all transfers and keeps
// their connections for the next ones.
class TransferLoop {
 public:
  explicit TransferLoop(const HttpOptions& options);  // a reference is kept
  ~TransferLoop();
  TransferLoop(const TransferLoop&) = delete;
  TransferLoop& operator=(const TransferLoop&) = delete;

  // Returns when the reply is complete, at a fault, at a time limit, or about a tenth of a second
  // after `cancelled` began to say so.
  Fetched<Answer> run(const Hop& hop);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plumbline
