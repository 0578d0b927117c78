// Feeds of every kind in one shape: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, JSON Feed 1 and
// 1.1, well-formed or not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace plumbline {

// A title, summary or content. For plain text `text` is what was sent and `html` the same, escaped.
struct FeedText {
  std::string text;      // plain, by html_to_text where it came as markup
  std::string html;      // as it came; hostile until it is escaped, so never shown
  std::string language;  // xml:lang in force there; else the feed's
  std::string base;      // what relative links in `html` are relative to
};

struct FeedPerson {
  std::string name;
  std::string email;
  std::string url;
};

struct FeedItem {
  std::string id;    // guid, atom:id, rdf:about or JSON id; empty if the feed gives none
  std::string link;  // the page for people, absolute; a guid that is a permanent link if no other
  FeedText title;
  FeedText summary;
  FeedText content;  // empty where there is only a summary
  std::vector<FeedPerson> authors;
  Seconds published = kNoTime;  // the day of creation where no other is given
  Seconds updated = kNoTime;
  std::string language;
  std::string parent;    // thr:in-reply-to
  std::string comments;  // page or feed of the answers to it
};

struct Feed {
  std::string format;  // rss atom json
  FeedText title;
  FeedText subtitle;  // also called tagline or description
  std::string id;
  std::string link;
  std::string language;
  std::string base;
  std::string next;       // the next page of a paged feed (RFC 5005, JSON next_url), absolute
  std::string generator;  // the program that wrote it, as it calls itself
  std::vector<FeedPerson> authors;
  Seconds published = kNoTime;
  Seconds updated = kNoTime;
  std::vector<FeedItem> items;
  std::int64_t skipped = 0;  // entries that are none
  bool repaired = false;     // was not well-formed; what could be read is here
  bool breaks_off = false;   // its end is missing, so items may be
};

// What the reply said around the body.
struct FeedContext {
  std::string url;           // relative links are relative to this
  std::string content_type;  // for its charset
  std::string language;      // Content-Language
};

// An error of code parse says what the body is instead of a feed.
Result<Feed> parse_feed(std::string_view body, const FeedContext& context);

// The spellings of dates that feeds have beyond parse_time: months and weekdays written out, years
// of two digits, a missing day or hour. kNoTime if it is none.
Seconds parse_feed_time(std::string_view text);

// "Ana Lind (ana@example.org)", "ana@example.org (Ana Lind)", "Ana Lind <ana@example.org>".
FeedPerson parse_person(std::string_view text);

}  // namespace plumbline
