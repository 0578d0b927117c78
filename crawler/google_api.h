// What Google's interfaces share: where the key goes, how they say "no more today", and their way
// of leaving out what is empty.
#pragma once

#include <string_view>

#include "crawler/api_call.h"

namespace plumbline {

inline Request google_key_request(const Address& address, const SourceQuery& query) {
  Request request = json_request(address);
  if (!query.token.empty()) request.headers.emplace_back("X-Goog-Api-Key", query.token);
  return request;
}

// An empty list is `{}`. That is an answer only where Google itself said that it is JSON.
inline bool is_empty_answer(Json root, const ReplyContext& context) {
  return root.is_object() && root.size() == 0 &&
         context.content_type.find("json") != std::string::npos;
}

// Quotas are refused with 403 or 429 and a reason in the body. Those of a day are given back at
// midnight Pacific time; those of a minute soon.
inline std::int64_t google_told_to_wait(int status, std::string_view body) {
  constexpr std::int64_t kQuarterDay = 6 * 3600, kMinute = 60;
  if (status != 403 && status != 429) return 0;
  const auto has = [body](std::string_view word) { return body.find(word) != body.npos; };
  if (has("\"quotaExceeded\"") || has("\"dailyLimitExceeded\"")) return kQuarterDay;
  if (has("\"rateLimitExceeded\"") || has("\"userRateLimitExceeded\"") ||
      has("\"RESOURCE_EXHAUSTED\""))
    return kMinute;
  return 0;
}

}  // namespace plumbline
