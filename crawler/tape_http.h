// Replies kept as they came, so that any night can be run again without a network.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "crawler/http.h"

namespace plumbline {

// A folder of tapes: one file a reply, readable by its owner only, and the moment of recording.
// The name is the hash of address and request body and the number of the call; the first line is
// JSON with status, address, headers or the error, the rest is the decoded body. Tokens stand in
// headers of requests and are not recorded, but a log-in's reply holds its session key.

// Passes every request on to `inner` and keeps what it answers. An error of code conflict if the
// folder holds tapes already.
Result<std::unique_ptr<Http>> make_recorder(std::unique_ptr<Http> inner, const std::string& folder,
                                            Seconds now);

// Answers as recorded, call by call; not_found for what was never asked. Sends nothing.
Result<std::unique_ptr<Http>> make_replayer(const std::string& folder);
Result<Seconds> recorded_at(const std::string& folder);

}  // namespace plumbline
