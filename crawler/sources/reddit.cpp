#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source reddit_source;
namespace {

constexpr int kDeepest = 40;  // levels of answers; the site itself stops at ten

bool is_name(std::string_view text) {
  for (const char c : text)
    if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') && c != '_')
      return false;
  return !text.empty() && text.size() <= 64;
}

// "r/pumps" as query: everything new in that subreddit.
std::string whole_subreddit(const SourceQuery& query) {
  std::string_view words = trim(query.words);
  if (words.substr(0, 1) == "/") words.remove_prefix(1);
  if (words.substr(0, 2) != "r/" || !is_name(words.substr(2))) return {};
  return std::string(words.substr(2));
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string words(trim(query.words));
  if (words.empty())
    return needs_query(reddit_source, "the words to look for, or \"r/name\" for a subreddit");
  const ListingPlace place(cursor);
  const std::string_view base = base_of(reddit_source, query);
  if (!place.visiting.empty()) {
    Address address(base, "/comments/" + encode_path(place.visiting));
    address.add("sort", "new").add("limit", 500).add("raw_json", 1);
    return bearer_request(address, query);
  }
  const std::string whole = whole_subreddit(query);
  const std::string within = query.option("subreddit");
  std::string path = "/search";
  if (!whole.empty()) path = "/r/" + whole + "/new";
  if (whole.empty() && !within.empty()) path = "/r/" + encode_path(within) + "/search";
  Address address(base, path);
  if (whole.empty()) {
    address.add("q", words).add("sort", "new").add("type", "link").add("t", "all");
    if (!within.empty()) address.add("restrict_sr", 1);
  }
  address.add("limit", 100).add("after", place.token).add("raw_json", 1);
  return bearer_request(address, query);
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ",") + id;
  Address address(base_of(reddit_source, query), "/api/info");
  return bearer_request(address.add("id", list).add("raw_json", 1), query);
}

// An archive has ids without their kind, also of messages.
int recheck_group(const SourceQuery&, std::string_view id) {
  return (id.substr(0, 3) == "t1_" || id.substr(0, 3) == "t3_") ? 0 : kCannotRecheck;
}

// Ids count posts and comments apart, so the site's full name is kept: t3_… and t1_….
std::string full_name(Json thing) {
  const std::string id = thing["data"]["id"].text();
  return id.empty() ? "" : thing["kind"].text() + "_" + id;
}

bool is_withdrawn(const std::string& text) { return text == "[deleted]" || text == "[removed]"; }

Document read_thing(Json thing, const SourceQuery& query) {
  const Json data = thing["data"];
  Document document = new_document(reddit_source, query);
  document.id = full_name(thing);
  const std::string link = data["permalink"].text();
  if (!link.empty()) document.url = "https://www.reddit.com/" + encode_path(link) + "/";
  const std::string author = data["author"].text();
  if (!is_withdrawn(author)) {
    document.author.handle = author;
    document.author.id = data["author_fullname"].text();
    if (document.author.id.empty()) document.author.id = author;
  }
  document.published_at = time_of(data["created_utc"]);
  document.title = data["title"].text();
  document.text = data[thing["kind"].text() == "t1" ? "body" : "selftext"].text();
  document.parent = data["parent_id"].text();
  document.likes = data["score"].integer();
  return document;
}

// Takes a list of posts and comments with all answers below them.
void take(Json list, const SourceQuery& query, Listing& listing, int level) {
  const bool visit = query.option("comments", "true") == "true" && !listing.is_recheck();
  for (const Json thing : list["data"]["children"]) {
    const std::string kind = thing["kind"].text();
    const Json data = thing["data"];
    if (kind == "more") continue;  // answers that the site shows on request only
    if (kind != "t1" && kind != "t3") {
      listing.unreadable();
      continue;
    }
    const std::string text = data[kind == "t1" ? "body" : "selftext"].text();
    if (is_withdrawn(text)) {
      listing.gone(full_name(thing));
    } else {
      listing.add(read_thing(thing, query));
      if (kind == "t3" && visit && data["num_comments"].integer().value_or(0) > 0)
        listing.visit(data["id"].text());
    }
    if (data["replies"].is_object() && level < kDeepest)
      take(data["replies"], query, listing, level + 1);
  }
}

bool is_listing(Json value) { return value["data"]["children"].is_array(); }

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json root = json.root();
  const bool comments = !ListingPlace(context.cursor).visiting.empty();
  Listing::Rules rules;
  rules.overlap = (comments ? 2 : 7) * kSecondsPerDay;  // a week long posts are asked for answers
  rules.limit = "about 1,000 posts of each list";
  if (comments) rules.limit = {};
  Listing listing(query, context, rules);
  bool any = is_listing(root);
  if (any) take(root, query, listing, 0);
  if (root.is_array()) {  // a post with its comments: two lists
    for (const Json part : root) {
      any = any || is_listing(part);
      take(part, query, listing, 0);
    }
  }
  if (!any) return not_a_list(root, "posts");
  return listing.finish(root["data"]["after"].text());
}

constexpr SourceOption kOptions[] = {
    {.key = "subreddit", .help = "name of the only subreddit to search; default all"},
    {.key = "comments", .help = "false: posts without their comments; default true"},
};

}  // namespace

const Source reddit_source = {
    .name = "reddit",
    .title = "Reddit (search and comments)",
    .terms =
        "Data API with approval, for commercial use with a contract; 100 requests a minute. "
        "What is deleted there must be deleted here, so what is kept is asked for again.",
    .help =
        "Posts that hold the words of `query`, with their comments, or all that is new in a "
        "subreddit (\"r/name\"). A list gives about 1,000 posts.\n"
        "[[source]]\n"
        "kind  = \"reddit\"\n"
        "query = \"acme pump\"\n"
        "token = { env = \"REDDIT_TOKEN\" }\n",
    .base = "https://oauth.reddit.com",
    .key =
        "Apply for Data API access (Responsible Builder Policy); the token is an OAuth2 access "
        "token of your app, which lives a day, so renew it before each run.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 100,
    .recheck_group = recheck_group,
};

}  // namespace plumbline
