// How one site is read. One file per site in crawler/sources/, nothing else to edit: see
// docs/add-a-source.md.
#pragma once

#include <cstdint>
#include <map>
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
  std::string session;      // what Page::session gave earlier in this run; empty on its first page
  Seconds since = kNoTime;  // nothing older is wanted; kNoTime: as far back as the source goes
  std::string brand;        // given to every document
  std::map<std::string, std::string, std::less<>> options;  // keys of Source::options, as written

  std::string option(std::string_view key, std::string_view otherwise = {}) const {
    const auto found = options.find(key);
    return found == options.end() ? std::string(otherwise) : found->second;
  }
};

// A key of [[source]] that only this kind of source has: `site = "serverfault"`.
struct SourceOption {
  std::string_view key;   // "site", or "fields.id" for a key in a table of the entry
  std::string_view help;  // half a sentence, with the default
  bool needed = false;
  bool instead_of_query = false;  // where it is given, Source::needs_query is met
};

struct Request {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  bool api = true;   // false: a page for people or feed readers, so robots.txt is asked first
  std::string body;  // not empty: a POST of it; its Content-Type stands in the headers
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
  std::string session;  // a short-lived key that this reply gave (a log-in): kept in memory for the
                        // rest of the run as SourceQuery::session, never written
  std::int64_t wait_seconds = 0;  // the body asks for so long a pause before the next request
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
  std::string_view base = {};  // default base address; empty: `url` must be configured
  std::string_view key = {};   // how to get a token, where one is needed or helps; else empty
  // Of what it publishes, with the attribution due: "CC BY-SA 4.0, Stack Exchange"; empty: the
  // authors' own. Kept with each document.
  std::string_view licence = {};
  std::span<const SourceOption> options = {};
  bool local_ids = false;  // every site counts for itself: ids that hold no colon are kept with
                           // their host (Document::site), those of authors as "HOST/ID"
  bool needs_url = false;
  bool needs_query = false;
  bool needs_token = false;
  double requests_per_second = 1;  // at most, per host, without better knowledge from the replies
  Result<Request> (*plan)(const SourceQuery& query, std::string_view cursor) = nullptr;
  Result<Page> (*parse)(std::string_view body, const SourceQuery& query,
                        const ReplyContext& context) = nullptr;
  // For sources that have to guess whether there is a further page: what it means that the page
  // that `cursor` asks for is not there (404), or with a `next` also that it is closed (401, 403):
  // the walk goes on there. None: that is an error.
  std::optional<Page> (*past_end)(std::string_view cursor) = nullptr;
  // Where a site throttles with a status or body of its own: seconds to wait, 0 if this reply asks
  // for no pause. Called for every reply that is not 2xx.
  std::int64_t (*told_to_wait)(int status, std::string_view body) = nullptr;
  // Where a site says with another status than 404 and 410 that what was asked for is not there:
  // such a reply counts as one. Called for every reply that is not 2xx.
  bool (*is_gone)(int status, std::string_view body) = nullptr;
  // Asks again for documents already kept, at most `recheck_at_once` of them, so that edits and
  // deletions are seen. The reply is read by `parse` with the cursor kRecheck; an id that was asked
  // for and did not come back is deleted at the source.
  Result<Request> (*recheck)(const SourceQuery& query, std::span<const std::string> ids) = nullptr;
  std::size_t recheck_at_once = 0;
  // Which kept ids go into one request: those of the same group. Negative: this query cannot ask
  // for it, as for documents of an archive or of another site behind the same interface. None: all
  // are of one group.
  int (*recheck_group)(const SourceQuery& query, std::string_view id) = nullptr;
  // A single document that is asked for again is there when the site refuses to show it (401, 403).
  bool is_there_if_denied = false;
};

inline constexpr std::string_view kRecheck = "recheck=1";
inline constexpr int kCannotRecheck = -1;  // see Source::recheck_group

std::span<const Source* const> all_sources();      // by name; generated from crawler/sources/*.cpp
const Source* find_source(std::string_view name);  // null if there is none

}  // namespace plumbline
