// What the readers of XML feeds and of JSON feeds share. Only for crawler/feed*.cpp.
#pragma once

#include <string>
#include <string_view>

#include "crawler/feed.h"

namespace plumbline {

Result<Feed> parse_xml_feed(std::string_view body, const FeedContext& context);
Result<Feed> parse_json_feed(std::string_view body, const FeedContext& context);

FeedText plain_feed_text(std::string_view text);
FeedText html_feed_text(std::string_view html);
// RSS does not say which of the two a field is: text that shows a tag or a reference is HTML.
FeedText guessed_feed_text(std::string_view text);

// `reference` made absolute if `base` allows, and only if it may be followed: script addresses give
// an empty string.
std::string feed_link(std::string_view base, std::string_view reference);

}  // namespace plumbline
