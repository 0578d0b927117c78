// Addresses as sources need them: joining, taking apart, and the two HTTP headers that carry
// addresses. Everything here is pure; a broken address gives an empty string, never an error.
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

// Everything but letters, digits and - . _ ~ as %XX: safe as one value of a query or one part of a
// path.
std::string percent_encode(std::string_view text);
std::string percent_decode(std::string_view text);  // a stray % stays as it is

// RFC 3986, 5.2: what `reference` means in a document at `base`. An absolute reference stays as it
// is; without a base the reference is returned unchanged.
std::string resolve_url(std::string_view base, std::string_view reference);

bool is_web_url(std::string_view url);        // http or https, with a host
std::string host_of(std::string_view url);    // lower case, without user and port; IPv6 in brackets
std::string origin_of(std::string_view url);  // "https://host:port", lower case, without user

// `path` below the base address: "https://h/forum/" and "/api" give "https://h/forum/api". Query
// and fragment of the base are dropped.
std::string below(std::string_view base, std::string_view path);
// The value of a query's parameter, decoded; empty if there is none.
std::string query_parameter(std::string_view url, std::string_view key);

// Whether two addresses lead a person to the same page: scheme, "www.", port of the scheme, case of
// the host, fragment and a slash at the end do not count.
bool same_page(std::string_view a, std::string_view b);

// The target of the first link with that relation in a Link header (RFC 8288), as it stands there;
// empty if there is none.
std::string link_target(std::string_view link_header, std::string_view relation);
// The charset parameter of a Content-Type header, lower case; empty if there is none.
std::string charset_of(std::string_view content_type);

}  // namespace plumbline
