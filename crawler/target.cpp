#include "crawler/target.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>

#include "base/text.h"

namespace plumbline {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(CURLU* url, CURLUPart what, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, what, &text, flags) != CURLUE_OK) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  const std::string given(trim(text));
  const std::string seen =
      shorten(escape_terminal(given.substr(0, given.find_first_of("?#"))), 120);
  Url url(curl_url(), curl_url_cleanup);
  if (!url) return fail(ErrorCode::internal, "no memory for an address");
  const unsigned flags = CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME;
  if (given.find('\0') != std::string::npos || given.find(":///") != std::string::npos ||
      curl_url_set(url.get(), CURLUPART_URL, given.c_str(), flags) != CURLUE_OK) {
    return fail(ErrorCode::invalid,
                fmt::format("\"{}\" is not an address that begins with https:// or http://", seen));
  }
  Target target;
  target.scheme = ascii_lower(part(url.get(), CURLUPART_SCHEME));
  if (target.scheme != "http" && target.scheme != "https") {
    return fail(ErrorCode::invalid,
                fmt::format("addresses of the kind {}: are not fetched, only https: and http:",
                            shorten(escape_terminal(target.scheme), 20)));
  }
  target.host = ascii_lower(part(url.get(), CURLUPART_HOST));
  if (target.host.empty()) {
    return fail(ErrorCode::invalid, fmt::format("\"{}\" names no host", seen));
  }
  target.port = std::atoi(part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT).c_str());
  curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
  target.url = part(url.get(), CURLUPART_URL);
  target.path = part(url.get(), CURLUPART_PATH);
  target.shown = target.scheme + "://" + target.host;
  if (std::string port = part(url.get(), CURLUPART_PORT); !port.empty()) target.shown += ":" + port;
  target.shown += escape_terminal(target.path);
  if (std::string query = part(url.get(), CURLUPART_QUERY); !query.empty()) {
    target.path += "?" + query;
  }
  return target;
}

}  // namespace plumbline
