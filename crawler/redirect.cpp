#include "crawler/redirect.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace plumbline {
namespace {

using Header = std::pair<std::string, std::string>;

bool may_be_secret(const Header& header) {
  for (const char* open : {"Accept", "Accept-Language", "If-None-Match", "If-Modified-Since"}) {
    if (iequals_ascii(header.first, open)) return false;
  }
  return true;
}

}  // namespace

Status turn(Hop& hop, const std::string& address) {
  const std::string& here = hop.target.shown;
  if (address.empty()) {
    return fail(ErrorCode::network, "the site redirects, but does not say where to", here);
  }
  Result<Target> next = parse_target(address);
  if (!next) {
    return fail(ErrorCode::refused, "the site redirects, but " + next.error().message, here);
  }
  if (next->origin() != hop.target.origin()) {
    if (hop.target.scheme == "https" && next->scheme == "http") {
      return fail(
          ErrorCode::refused,
          fmt::format("the site redirects from https to {}, which anyone on the way can read "
                      "and change: if that is meant, write the http address",
                      next->shown),
          here);
    }
    std::erase_if(hop.headers, may_be_secret);
  }
  hop.target = std::move(*next);
  return {};
}

}  // namespace plumbline
