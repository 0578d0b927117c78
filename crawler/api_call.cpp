#include "crawler/api_call.h"

#include "base/text.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

// The sentence in an error reply, wherever the site puts it.
std::string said_in(Json root) {
  if (root.is_array()) root = *root.begin();
  const Json error = root["error"];
  const Json first = root["errors"].is_array() ? *root["errors"].begin() : root["errors"];
  std::string said;
  for (const Json place :
       {error["message"], error["description"], root["error_description"], root["message"],
        root["detail"], first["message"], first["detail"], first["error_description"], error, first,
        root["title"], root["reason"], root["msg"]}) {
    if (said.empty() && place.is_text()) said = fold_space(place.text());
  }
  const Json reasons = error["errors"].is_array() ? *error["errors"].begin() : Json();
  const std::string reason = reasons["reason"].text();
  if (!reason.empty()) said += " (" + reason + ")";
  return shorten(said, 200);
}

}  // namespace

Address::Address(std::string_view base, std::string_view path) : url_(below(base, path)) {}

Address& Address::add(std::string_view key, std::string_view value) {
  if (value.empty()) return *this;
  url_ += url_.find('?') == std::string::npos ? '?' : '&';
  url_ += std::string(key) + "=" + percent_encode(value);
  return *this;
}

Address& Address::add(std::string_view key, std::int64_t value) {
  return add(key, std::string_view(std::to_string(value)));
}

std::string encode_path(std::string_view path) {
  std::string out;
  for (const std::string_view part : split(trim(path), '/')) {
    if (part.empty() || part == "." || part == "..") continue;
    out += (out.empty() ? "" : "/") + percent_encode(part);
  }
  return out;
}

std::string_view base_of(const Source& source, const SourceQuery& query) {
  return query.url.empty() ? source.base : std::string_view(query.url);
}

std::string asked_for(const SourceQuery& query, std::string_view option) {
  const std::string given = query.option(option);
  return std::string(trim(given.empty() ? query.words : given));
}

Request json_request(const Address& address) {
  Request request;
  request.url = address.url();
  request.headers = {{"Accept", "application/json"}};
  return request;
}

Request bearer_request(const Address& address, const SourceQuery& query) {
  Request request = json_request(address);
  if (!query.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + query.token);
  return request;
}

Request json_post(const Address& address, const SourceQuery& query, std::string body) {
  Request request = bearer_request(address, query);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

tl::unexpected<Error> needs_query(const Source& source, std::string_view what) {
  return fail(ErrorCode::invalid,
              std::string(source.name) + " needs `query`: " + std::string(what));
}

tl::unexpected<Error> not_a_list(Json root, std::string_view of_what) {
  const std::string said = said_in(root);
  return fail(ErrorCode::parse, said.empty()
                                    ? "the reply is not a list of " + std::string(of_what)
                                    : "the site gave no " + std::string(of_what) + ": " + said);
}

Seconds time_of(Json value) {
  if (value.is_object()) value = value["seconds"];
  constexpr double kSecondsOnly = 1e11;  // larger numbers are milliseconds
  if (const auto number = value.number(); number && *number > 0 && *number < kSecondsOnly)
    return static_cast<Seconds>(*number);
  return parse_time(value.text()).value_or(kNoTime);
}

Document new_document(const Source& source, const SourceQuery& query) {
  Document document;
  document.source = source.name;
  document.brand = query.brand;
  return document;
}

}  // namespace plumbline
