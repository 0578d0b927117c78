#include <charconv>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "crawler/cursor.h"
#include "crawler/html_text.h"
#include "crawler/json_reader.h"
#include "crawler/source.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source mastodon_source;
namespace {

constexpr std::int64_t kPageSize = 40;
constexpr std::int64_t kLastOffset = 4000;

bool is_tag(const SourceQuery& query) { return trim(query.words).substr(0, 1) == "#"; }

bool is_id(std::string_view id) {
  for (char c : id) {
    if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z')) return false;
  }
  return !id.empty() && id.size() <= 64;
}

// Ids are strings of digits, or of digits and letters on other servers that speak the same
// interface; they grow with time.
bool id_less(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// Ids hold the time of writing in milliseconds, times 65536. Posts of other servers can arrive some
// time after they were written, so each run looks an hour further back than the last one got.
std::string with_overlap(std::string_view id) {
  constexpr std::uint64_t kHour = 3600000ull << 16;
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  bool timed = error == std::errc() && end == id.data() + id.size() && number > (1ull << 50);
  return timed ? std::to_string(number - kHour) : std::string(id);
}

Result<Request> plan(const SourceQuery& query, std::string_view printed) {
  std::string_view words = trim(query.words);
  if (query.url.empty()) {
    return fail(ErrorCode::invalid,
                "mastodon needs `url`: the address of the instance, such as "
                "\"https://social.example\"");
  }
  if (words.empty() || words == "#") {
    return fail(ErrorCode::invalid, "mastodon needs `query`: a \"#tag\", or words to search for");
  }
  Cursor cursor(printed);
  Request request;
  std::string limit = "limit=" + std::to_string(kPageSize);
  if (is_tag(query)) {
    request.url =
        below(query.url, "/api/v1/timelines/tag/" + percent_encode(words.substr(1))) + "?" + limit;
    if (is_id(cursor.text("max"))) request.url += "&max_id=" + cursor.text("max");
    std::string since = cursor.text("since");
    if (is_id(since)) request.url += "&since_id=" + with_overlap(since);
  } else {
    request.url = below(query.url, "/api/v2/search") + "?type=statuses&resolve=false&" + limit +
                  "&q=" + percent_encode(words) +
                  "&offset=" + std::to_string(cursor.number_or("offset", 0));
  }
  request.headers = {{"Accept", "application/json"}};
  if (!query.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + query.token);
  return request;
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  Request request;
  request.url = below(query.url, "/api/v1/statuses");
  char join = '?';
  for (const std::string& id : ids) {
    request.url += join + ("id[]=" + percent_encode(id));
    join = '&';
  }
  request.headers = {{"Accept", "application/json"}};
  if (!query.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + query.token);
  return request;
}

// "ana" of the instance itself becomes "ana@social.example".
std::string absolute_handle(Json account, const SourceQuery& query) {
  std::string handle = account["acct"].text();
  if (handle.empty()) handle = account["username"].text();
  if (handle.empty() || handle.find('@') != std::string::npos) return handle;
  std::string host = host_of(query.url.empty() ? account["url"].text() : query.url);
  return host.empty() ? handle : handle + "@" + host;
}

Document read_status(Json status, Seconds when, const SourceQuery& query) {
  Json account = status["account"];
  Document document;
  document.source = mastodon_source.name;
  document.id = status["id"].text();
  document.url = status["url"].text();
  if (document.url.empty()) document.url = status["uri"].text();
  document.author.handle = absolute_handle(account, query);
  // Numbers of accounts mean different people on different instances; handles do not.
  document.author.id = document.author.handle;
  document.author.name = fold_space(account["display_name"].text());
  document.published_at = when;
  document.lang = status["language"].text();
  document.title = html_to_text(status["spoiler_text"].text());
  document.text = html_to_text(status["content"].text());
  document.parent = status["in_reply_to_id"].text();
  document.likes = status["favourites_count"].integer();
  document.shares = status["reblogs_count"].integer();
  document.brand = query.brand;
  return document;
}

// Collects a page's statuses and what was left out of it.
class Statuses {
 public:
  Statuses(const SourceQuery& query, std::string since) : query_(query), since_(std::move(since)) {}

  void add(Json status, Page& page) {
    std::string id = status["id"].text();
    if (!status.is_object() || !is_id(id) || !ids_.insert(id).second) {
      ++unreadable_;
      return;
    }
    if (first_.empty()) first_ = id;
    if (newest_.empty() || id_less(newest_, id)) newest_ = id;
    if (oldest_.empty() || id_less(id, oldest_)) oldest_ = id;
    if (!since_.empty() && !id_less(since_, id)) return;
    Seconds when = parse_time(status["created_at"].text()).value_or(kNoTime);
    std::string visibility = status["visibility"].text();
    if (status["reblog"].is_object()) {
      ++reblogs_;
    } else if (when == kNoTime) {
      ++unreadable_;
    } else if (visibility == "private" || visibility == "direct" ||
               status["account"]["noindex"].flag().value_or(false)) {
      ++withheld_;
    } else if (when < query_.since) {
      return;
    } else {
      page.documents.push_back(read_status(status, when, query_));
    }
    fresh_ = fresh_ || (when != kNoTime && when >= query_.since);
  }

  void close(Page& page) const {
    page.skipped = reblogs_ + unreadable_ + withheld_;
    auto say = [&page](std::int64_t count, std::string_view what) {
      if (count == 0) return;
      if (!page.skipped_reason.empty()) page.skipped_reason += ", ";
      page.skipped_reason += fmt::format("{} {}", count, what);
    };
    say(reblogs_, "boosts of other posts");
    say(withheld_, "not public or not to be indexed");
    say(unreadable_, "without id or time, or given twice");
  }

  const std::string& first() const { return first_; }
  const std::string& newest() const { return newest_; }
  const std::string& oldest() const { return oldest_; }
  bool any_fresh() const { return fresh_; }  // something that is not older than what is wanted

 private:
  const SourceQuery& query_;
  std::string since_;
  std::set<std::string> ids_;
  std::string first_, newest_, oldest_;
  std::int64_t reblogs_ = 0, unreadable_ = 0, withheld_ = 0;
  bool fresh_ = false;
};

// The cursor of the next page, or an empty string where there is none. It always lies further back.
std::string next_page(const Statuses& found, const SourceQuery& query, const ReplyContext& context,
                      Cursor cursor) {
  if (!found.any_fresh()) return {};
  if (!is_tag(query)) {
    std::int64_t offset = cursor.number_or("offset", 0) + kPageSize;
    if (offset > kLastOffset) return {};
    cursor.set("offset", offset);
    cursor.set("first", found.first());
    return cursor.print();
  }
  std::string link = link_target(context.link, "next");
  if (link.empty()) return {};
  std::string max = query_parameter(link, "max_id");
  if (!is_id(max)) max = found.oldest();
  std::string last = cursor.text("max");
  if (!last.empty() && !id_less(max, last)) return {};
  cursor.set("max", max);
  return cursor.print();
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json list = json.root().is_object() ? json.root()["statuses"] : json.root();
  if (!list.is_array()) {
    std::string said = shorten(fold_space(json.root()["error"].text()), 200);
    return fail(ErrorCode::parse, said.empty() ? "the reply is not a list of statuses"
                                               : "the instance answered: " + said);
  }
  Cursor cursor(context.cursor);
  Page page;
  Statuses found(query, with_overlap(cursor.text("since")));
  for (Json status : list) found.add(status, page);
  found.close(page);
  if (context.cursor == kRecheck) return page;
  // Some servers do not know `offset` and would give their first page for ever.
  const bool again =
      !is_tag(query) && !found.first().empty() && found.first() == cursor.text("first");
  if (again) page = Page();
  std::string newest = cursor.text("newest");
  if (id_less(newest, found.newest())) newest = found.newest();
  cursor.set("newest", newest);
  if (!again) page.next = next_page(found, query, context, cursor);
  if (page.next.empty() && !newest.empty()) page.resume = "since=" + newest;
  return page;
}

}  // namespace

const Source mastodon_source = {
    .name = "mastodon",
    .title = "Mastodon (tags and search of one instance)",
    .terms =
        "Public interface of each instance, mostly 300 requests in 5 minutes; only public and "
        "unlisted posts of people who allow indexing are kept.",
    .help =
        "`url` is the instance. `query` is a tag (\"#pumps\": its public timeline, mostly "
        "without a token) or words (the instance's search, which needs a token and finds posts "
        "of people who opted in). Boosts are left out.\n"
        "[[source]]\n"
        "kind  = \"mastodon\"\n"
        "url   = \"https://social.example\"\n"
        "query = \"#pumps\"\n",
    .base = "",
    .key =
        "Preferences, Development, New application on your instance, with the scope "
        "`read:search`: copy \"Your access token\".",
    .local_ids = true,
    .needs_url = true,
    .needs_query = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 20,
};

}  // namespace plumbline
