// The network door as the configuration and the command line want it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/config.h"
#include "app/progress.h"
#include "crawler/http.h"

namespace plumbline {

struct HttpWish {
  std::string record;  // folder to keep the raw replies in; empty: they are not kept
  std::string replay;  // folder to answer from; nothing is sent then
};

// Private addresses only for the hosts that the configuration names.
std::unique_ptr<Http> open_http(const Config& config, Progress& progress);

// The same with a recorder behind it, or a recorded night in place of it; `now` becomes the moment
// of the recording then. Errors: invalid where both are wished for, those of crawler/tape_http.h.
Result<std::unique_ptr<Http>> open_http(const Config& config, Progress& progress,
                                        const HttpWish& wish, Seconds& now);

// For asking many sites once: no second attempts, short limits. Private addresses only for the
// hosts of [[site]]: what a person states about an address is not trusted.
std::unique_ptr<Http> open_probe_http(const Config& config, Progress& progress);

// Host, with the port where one is given, in lower case; empty if the address has none.
std::string host_of_url(std::string_view url);
// The one that this source asks.
std::string host_to_ask(const SourceConfig& source);

}  // namespace plumbline
