// How one site is read. One file per site in crawler/sources/, nothing else to edit: see
// docs/add-a-source.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/document.h"

namespace plumbline {

// What is asked of a source: one [[source]] of the configuration, or its like made by a test.
struct SourceQuery {
  std::string url;          // base address; the source's own default when empty
  std::string words;        // what to look for; what it means is said in Source::help
  std::string token;        // secret; goes into a header, never into an address
  Seconds since = kNoTime;  // nothing older is wanted; kNoTime: as far back as the source goes
  std::string brand;        // given to every document
};

struct Request {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  bool api = true;  // false: a page for people or feed readers, so robots.txt is asked first
};

struct Page {
  std::vector<Document>
      documents;  // with source, id and time set; text may still hold entities and odd white space
  std::vector<std::string> deleted;  // ids that the source says are gone
  std::string next;                  // cursor of the next page of this run; empty: no more now
  std::string resume;  // cursor to begin the next run with; saved with the documents. Empty: keep
                       // the one we have
  std::int64_t skipped = 0;  // items that could not be read
  std::string skipped_reason;
  std::string gap;  // why posts between this page and what was known may be missing; empty: none
};

// What `parse` may look at besides the body: the cursor that `plan` was given, and the reply's Link
// header.
struct ReplyContext {
  std::string cursor;
  std::string link;  // Link header, RFC 8288
  std::string url;   // where the body came from, after redirects
  std::string content_type;
};

// Both functions are pure: no network, no clock, no state. A body that is not the source's is an
// error of code parse, never a crash.
struct Source {
  std::string_view name;   // one lower-case word
  std::string_view title;  // "Hacker News (Algolia search)"
  std::string_view terms;  // the site's rule for automated readers, in a sentence
  std::string_view help;   // what `query` and `url` mean, with an example of configuration in TOML
  std::string_view base;   // default base address; empty: `url` must be configured
  bool needs_url = false;
  bool needs_query = false;
  bool needs_token = false;
  double requests_per_second = 1;  // at most, per host, without better knowledge from the replies
  Result<Request> (*plan)(const SourceQuery& query, std::string_view cursor) = nullptr;
  Result<Page> (*parse)(std::string_view body, const SourceQuery& query,
                        const ReplyContext& context) = nullptr;
  // For sources that have to guess whether there is a further page: what it means that the page
  // that `cursor` asks for is not there (404). None: that is an error.
  std::optional<Page> (*past_end)(std::string_view cursor) = nullptr;
};

std::span<const Source* const> all_sources();      // by name; generated from crawler/sources/*.cpp
const Source* find_source(std::string_view name);  // null if there is none

}  // namespace plumbline
