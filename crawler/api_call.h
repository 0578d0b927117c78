// The small parts of a call to a site's interface that its source would otherwise write again.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "crawler/json_reader.h"
#include "crawler/source.h"

namespace plumbline {

// An address with parameters: Address(base, "/search").add("q", words). Empty values are left out.
class Address {
 public:
  Address(std::string_view base, std::string_view path);
  Address& add(std::string_view key, std::string_view value);
  Address& add(std::string_view key, std::int64_t value);
  const std::string& url() const { return url_; }

 private:
  std::string url_;
};

// "accounts/1/locations/a b" with each part encoded and the slashes kept.
std::string encode_path(std::string_view path);

// The base address of the query, or the source's own.
std::string_view base_of(const Source& source, const SourceQuery& query);
// What is read: the option where it is given, else `query`.
std::string asked_for(const SourceQuery& query, std::string_view option);

Request json_request(const Address& address);  // Accept, and nothing secret
Request bearer_request(const Address& address, const SourceQuery& query);
Request json_post(const Address& address, const SourceQuery& query, std::string body);

// "appstore needs `query`: the number of the app"
tl::unexpected<Error> needs_query(const Source& source, std::string_view what);

// A body that is not the list it should be: with what the site says about it, if anything.
tl::unexpected<Error> not_a_list(Json root, std::string_view of_what);

// Seconds, milliseconds, fractions, ISO, RFC 822, {"seconds": "1795289400"}; kNoTime for the rest.
Seconds time_of(Json value);

// A document with what all have: source and brand.
Document new_document(const Source& source, const SourceQuery& query);

}  // namespace plumbline
