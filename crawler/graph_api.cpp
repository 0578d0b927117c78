#include "crawler/graph_api.h"

#include "base/text.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

// 803, and 100 with 33: an object that does not exist or is not to be seen. A plain 100 is a
// mistake in the question.
bool says_gone(Json error) {
  const auto code = error["code"].integer(), detail = error["error_subcode"].integer();
  return code == 803 || (code == 100 && detail == 33);
}

}  // namespace

bool graph_is_gone(int status, std::string_view body) {
  if (status != 400 && status != 403) return false;
  const Result<JsonDocument> json = JsonDocument::parse(body);
  return json && says_gone(json->root()["error"]);
}

Request graph_batch(std::string_view base, const SourceQuery& query,
                    std::span<const std::string> paths) {
  std::string list;
  for (const std::string& path : paths) {
    list += list.empty() ? "[" : ",";
    list += "{\"method\":\"GET\",\"relative_url\":" + json_quote(path) + "}";
  }
  Request request = bearer_request(Address(base, "/"), query);
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  request.body = "include_headers=false&batch=" + percent_encode(list + "]");
  return request;
}

Status graph_each(Json replies, const std::function<void(Json object)>& take) {
  for (const Json reply : replies) {
    const Result<JsonDocument> json = JsonDocument::parse(reply["body"].text());
    if (!json) return fail(ErrorCode::parse, "the site left a part of the question unanswered");
    const Json error = json->root()["error"];
    if (reply["code"].integer() == 200)
      take(json->root());
    else if (!says_gone(error))
      return not_a_list(json->root(), "posts");
  }
  return {};
}

}  // namespace plumbline
