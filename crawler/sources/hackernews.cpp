#include <algorithm>
#include <set>

#include "base/text.h"
#include "crawler/cursor.h"
#include "crawler/html_text.h"
#include "crawler/json_reader.h"
#include "crawler/source.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source hackernews_source;
namespace {

constexpr std::string_view kBase = "https://hn.algolia.com";
constexpr std::int64_t kPageSize = 200;
constexpr std::int64_t kMostHits = 1000;  // a query gives no more, whatever the page
constexpr Seconds kLatest = 1LL << 40;    // times beyond are no times

// The search gives the newest first and never more than 1000 hits, so we walk back through windows
// that end where the last one began. `before` is the last second of the window, `page` counts
// within it, `seen` are the ids already read of that second, `newest` is where the next run begins.
struct Walk {
  Seconds floor = kNoTime;   // nothing at or before this
  Seconds before = kNoTime;  // kNoTime: no upper end yet
  std::int64_t page = 0;
  Seconds newest = kNoTime;
  std::set<std::string> seen;

  Walk(const SourceQuery& query, std::string_view printed) {
    Cursor cursor(printed);
    floor = query.since == kNoTime ? kNoTime : query.since - 1;
    // One second is read twice, for posts that were indexed late; keys drop the copies.
    if (Seconds since = time_in(cursor, "since"); since > 2) floor = std::max(floor, since - 2);
    if (Seconds low = time_in(cursor, "floor"); low != kNoTime) floor = low;
    before = time_in(cursor, "before");
    page = std::clamp<std::int64_t>(cursor.number_or("page", 0), 0, kMostHits / kPageSize);
    newest = std::max(time_in(cursor, "newest"), time_in(cursor, "since"));
    std::string ids = cursor.text("seen");
    for (std::string_view id : split(ids, ',')) seen.insert(std::string(id));
  }

  static Seconds time_in(const Cursor& cursor, std::string_view key) {
    Seconds time = cursor.number_or(key, kNoTime);
    return time >= 0 && time < kLatest ? time : kNoTime;
  }

  std::string print() const {
    Cursor cursor;
    if (floor != kNoTime) cursor.set("floor", floor);
    cursor.set("before", before);
    if (page > 0) cursor.set("page", page);
    if (newest != kNoTime) cursor.set("newest", newest);
    std::string ids;
    for (const std::string& id : seen) ids += (ids.empty() ? "" : ",") + id;
    cursor.set("seen", ids);
    return cursor.print();
  }
};

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  if (trim(query.words).empty()) {
    return fail(ErrorCode::invalid, "hackernews needs `query`: the words to look for");
  }
  Walk walk(query, cursor);
  std::string filters;
  if (walk.floor != kNoTime) filters = "created_at_i>" + std::to_string(walk.floor);
  if (walk.before != kNoTime) {
    filters += (filters.empty() ? "" : ",") + ("created_at_i<" + std::to_string(walk.before + 1));
  }
  Request request;
  request.url = below(query.url.empty() ? kBase : query.url, "/api/v1/search_by_date") +
                "?query=" + percent_encode(query.words) +
                "&tags=" + percent_encode("(story,comment)") +
                "&hitsPerPage=" + std::to_string(kPageSize) + "&page=" + std::to_string(walk.page);
  if (!filters.empty()) request.url += "&numericFilters=" + percent_encode(filters);
  request.headers = {{"Accept", "application/json"}};
  return request;
}

// A post with all answers to it; one at a time.
Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  Request request;
  request.url =
      below(query.url.empty() ? kBase : query.url, "/api/v1/items/" + percent_encode(ids.front()));
  request.headers = {{"Accept", "application/json"}};
  return request;
}

// They go into cursors.
bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 40 && id.find(',') == std::string_view::npos;
}

Seconds time_of(Json hit) {
  auto seconds = hit["created_at_i"].integer();
  Seconds time = seconds ? *seconds : parse_time(hit["created_at"].text()).value_or(kNoTime);
  return time >= 0 && time < kLatest ? time : kNoTime;
}

// A hit of the search, or a post that was asked for alone: that has `id` and `text`.
Document read_hit(Json hit, Seconds when, const SourceQuery& query) {
  Document document;
  document.source = hackernews_source.name;
  document.id = hit[hit["objectID"].exists() ? "objectID" : "id"].text();
  document.url = "https://news.ycombinator.com/item?id=" + percent_encode(document.id);
  document.author.id = document.author.handle = hit["author"].text();
  document.published_at = when;
  document.title = html_to_text(hit["title"].text());
  std::string text = hit["comment_text"].text();
  if (text.empty()) text = hit["story_text"].text();
  if (text.empty()) text = hit["text"].text();
  document.text = html_to_text(text);
  document.parent = hit["parent_id"].text();
  document.likes = hit["points"].integer();
  document.brand = query.brand;
  return document;
}

// Whether the server has more in this window than this page and those before it.
bool has_more(Json root, std::int64_t page) {
  auto here = static_cast<std::int64_t>(root["hits"].size());
  auto said = root["hitsPerPage"].integer();
  std::int64_t size = said && *said > 0 && *said <= kMostHits ? *said : kPageSize;
  if (auto total = root["nbHits"].integer()) return page * size + here < *total;
  return here >= size;
}

// Moves the walk to what is next; false at its end.
bool advance(Walk& walk, Seconds oldest, const std::set<std::string>& at_oldest, bool more) {
  if (oldest == kNoTime || !more) return false;
  if (walk.before == kNoTime || oldest < walk.before) {
    walk.before = oldest;
    walk.page = 0;
    walk.seen = at_oldest;
  } else if ((walk.page + 1) * kPageSize < kMostHits) {
    ++walk.page;
    walk.seen.clear();
  } else {
    --walk.before;
    walk.page = 0;
    walk.seen.clear();
  }
  return walk.floor == kNoTime || walk.before > walk.floor;
}

Result<Page> read_again(Json root, const SourceQuery& query) {
  const Seconds when = time_of(root);
  if (!is_id(root["id"].text()) || when == kNoTime)
    return fail(ErrorCode::parse, "the reply is not a post");
  Page page;
  page.documents.push_back(read_hit(root, when, query));
  return page;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root();
  if (context.cursor == kRecheck) return read_again(root, query);
  if (!root["hits"].is_array()) {
    std::string said = shorten(fold_space(root["message"].text()), 200);
    return fail(ErrorCode::parse, said.empty() ? "the reply is not a list of search hits"
                                               : "the search answered: " + said);
  }
  Walk walk(query, context.cursor);
  Page page;
  Seconds oldest = kNoTime;
  std::set<std::string> at_oldest, here;
  for (Json hit : root["hits"]) {
    std::string id = hit["objectID"].text();
    Seconds when = time_of(hit);
    if (!is_id(id) || when == kNoTime || !here.insert(id).second) {
      ++page.skipped;
      continue;
    }
    if (when <= walk.floor || (walk.before != kNoTime && when > walk.before)) continue;
    if (oldest == kNoTime || when < oldest) {
      oldest = when;
      at_oldest.clear();
    }
    if (when == oldest) at_oldest.insert(id);
    walk.newest = std::max(walk.newest, when);
    if (walk.seen.count(id) == 0) page.documents.push_back(read_hit(hit, when, query));
  }
  if (page.skipped > 0) page.skipped_reason = "hits without id or time, or given twice";
  if (advance(walk, oldest, at_oldest, has_more(root, walk.page))) {
    page.next = walk.print();
  } else if (walk.newest != kNoTime) {
    page.resume = "since=" + std::to_string(walk.newest);
  }
  return page;
}

}  // namespace

const Source hackernews_source = {
    .name = "hackernews",
    .title = "Hacker News (Algolia search)",
    .terms = "Public search interface without a key, at most 10,000 requests an hour.",
    .help =
        "Stories and comments that hold the words of `query`. `url` is needed only for another "
        "server that speaks the same interface.\n"
        "[[source]]\n"
        "kind  = \"hackernews\"\n"
        "query = \"acme pump\"\n",
    .base = kBase,
    .needs_query = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 1,
};

}  // namespace plumbline
