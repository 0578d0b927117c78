// What the graphs of Facebook, Instagram and Threads share: where the token goes, how a page is
// followed, how they say that too much was asked, and how single posts are asked for again.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "crawler/api_call.h"
#include "crawler/listing.h"

namespace plumbline {

// The replies' own addresses of the next page hold the token, so only their cursor is kept.
inline std::string graph_next(Json root) {
  const Json paging = root["paging"];
  const std::string after = paging["cursors"]["after"].text();
  // The last page has a cursor too, but no next address.
  return paging["next"].is_text() || paging["cursors"]["before"].is_null() ? after : "";
}

// So far back posts are asked for comments again.
inline constexpr Seconds kGraphLookBack = 30 * kSecondsPerDay;

// The rules of the list of posts, and of the comments of one of them.
inline Listing::Rules graph_rules(std::string_view cursor) {
  Listing::Rules rules;
  const bool comments = !ListingPlace(cursor).visiting.empty();
  rules.overlap = comments ? 2 * kSecondsPerDay : kGraphLookBack;
  rules.newest_first = !comments;
  return rules;
}

// Too many calls are refused with 400 or 403 and one of these codes in the body.
inline std::int64_t graph_told_to_wait(int, std::string_view body) {
  constexpr std::int64_t kHour = 3600;
  const Result<JsonDocument> json = JsonDocument::parse(body);
  if (!json) return 0;
  const std::int64_t code = json->root()["error"]["code"].integer().value_or(0);
  const bool throttled = code == 4 || code == 17 || code == 32 || code == 341 || code == 613 ||
                         (code >= 80000 && code <= 80014);
  return throttled ? kHour : 0;
}

// What is gone is refused with 400, as is what the token may not read: both are out of reach.
bool graph_is_gone(int status, std::string_view body);

// Up to 50 reads in one request, each a path with its parameters, such as "12_34?fields=id": a
// refused one is refused alone.
Request graph_batch(std::string_view base, const SourceQuery& query,
                    std::span<const std::string> paths);
inline constexpr std::size_t kGraphBatch = 50;

// Gives the objects of such a reply to `take`; those that are gone are left out. An error where one
// was refused for another reason: what is missing may be there all the same.
Status graph_each(Json replies, const std::function<void(Json object)>& take);

}  // namespace plumbline
