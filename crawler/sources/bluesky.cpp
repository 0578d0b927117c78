#include <set>

#include "base/text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source bluesky_source;
namespace {

constexpr std::string_view kBase = "https://public.api.bsky.app";
constexpr std::string_view kHome = "https://bsky.social";  // where accounts log in
constexpr std::int64_t kPageSize = 100;
constexpr std::int64_t kMostLogins = 3;  // one after another without a page between them
constexpr WalkRules kRules = {.overlap = 600};

// "handle:app-password", which has to be exchanged for a session; anything else is a session.
bool is_login(const SourceQuery& query) { return query.token.find(':') != std::string::npos; }

std::string base_of(const SourceQuery& query) {
  if (!query.url.empty()) return query.url;
  return std::string(is_login(query) ? kHome : kBase);
}

void authorize_session(Request& request, const SourceQuery& query) {
  const std::string& session = is_login(query) ? query.session : query.token;
  if (!session.empty()) request.headers.emplace_back("Authorization", "Bearer " + session);
}

Request log_in(const SourceQuery& query) {
  // A password may hold colons; a handle and a DID's "did:plc:" are told apart by the last one, as
  // app passwords hold none.
  const std::size_t colon = query.token.rfind(':');
  Request request = ask_for_json(below(base_of(query), "/xrpc/com.atproto.server.createSession"));
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = "{\"identifier\":" + json_quote(trim(query.token.substr(0, colon))) +
                 ",\"password\":" + json_quote(trim(query.token.substr(colon + 1))) + "}";
  return request;
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  if (trim(query.words).empty()) {
    return fail(ErrorCode::invalid, "bluesky needs `query`: the words or the #tag to look for");
  }
  if (is_login(query) && query.session.empty()) return log_in(query);
  const Walk walk(query, cursor, kRules);
  std::string url = below(base_of(query), "/xrpc/app.bsky.feed.searchPosts") +
                    "?q=" + percent_encode(trim(query.words)) +
                    "&sort=latest&limit=" + std::to_string(kPageSize);
  if (walk.floor() != kNoTime) url += "&since=" + percent_encode(format_utc(walk.floor()));
  const std::string lang = query.option("lang");
  if (!lang.empty()) url += "&lang=" + percent_encode(lang);
  const std::string next = walk.text("cursor");
  if (!next.empty()) url += "&cursor=" + percent_encode(next);
  Request request = ask_for_json(std::move(url));
  authorize_session(request, query);
  return request;
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  std::string url = below(base_of(query), "/xrpc/app.bsky.feed.getPosts");
  char join = '?';
  for (const std::string& id : ids) {
    url += join + ("uris=" + percent_encode(id));
    join = '&';
  }
  Request request = ask_for_json(std::move(url));
  authorize_session(request, query);
  return request;
}

// What its author or the network asks not to show to people who are not logged in.
bool is_withheld(Json post) {
  for (Json labels : {post["author"]["labels"], post["labels"]}) {
    for (Json label : labels) {
      const std::string value = label["val"].text();
      const bool taken_back = label["neg"].flag().value_or(false);
      if (!taken_back &&
          (value == "!no-unauthenticated" || value == "!hide" || value == "!takedown")) {
        return true;
      }
    }
  }
  return false;
}

// at://DID/app.bsky.feed.post/KEY
bool is_post_uri(std::string_view uri) {
  return uri.substr(0, 5) == "at://" && uri.size() < 600 && uri.rfind('/') > 5 &&
         uri.find_first_of(" \n\r\t") == std::string_view::npos;
}

std::string address_of(const std::string& uri, Json author) {
  std::string who = author["handle"].text();
  if (who.empty() || who == "handle.invalid") who = author["did"].text();
  return "https://bsky.app/profile/" + percent_encode(who) + "/post/" +
         percent_encode(uri.substr(uri.rfind('/') + 1));
}

Document read_post(Json post, Seconds when, const SourceQuery& query) {
  Json author = post["author"], record = post["record"];
  Document document;
  document.source = bluesky_source.name;
  document.id = post["uri"].text();
  document.url = address_of(document.id, author);
  document.author.id = author["did"].text();
  document.author.handle = author["handle"].text();
  document.author.name = fold_space(author["displayName"].text());
  document.published_at = when;
  for (Json lang : record["langs"]) {
    document.lang = lang.text();
    break;
  }
  document.text = record["text"].text();
  document.parent = record["reply"]["parent"]["uri"].text();
  document.likes = post["likeCount"].integer();
  document.shares = post["repostCount"].integer();
  document.brand = query.brand;
  return document;
}

// The first page of a log-in: the session, and the page that was meant.
Page opened(Json root, const ReplyContext& context) {
  Page page;
  page.session = root["accessJwt"].text();
  Cursor cursor(context.cursor);
  const std::int64_t logins = cursor.number_or("login", 0) + 1;
  if (logins > 0 && logins <= kMostLogins) {
    cursor.set("login", logins);
    page.next = cursor.print();
  } else {
    cursor.set("login", "");
    page.resume = cursor.print();
    page.gap = "logged in again and again, but no page came";
  }
  return page;
}

Page read_posts(Json root, const SourceQuery& query, const ReplyContext& context) {
  const bool again = context.cursor == kRecheck;
  Walk walk(query, context.cursor, kRules);
  Page page;
  Skips skips;
  std::set<std::string> ids;
  for (Json post : root["posts"]) {
    const std::string id = post["uri"].text();
    const Seconds indexed = written_time(post["indexedAt"].text());
    const Seconds written = written_time(post["record"]["createdAt"].text());
    // The time of writing is the author's word; it cannot lie behind the time of arrival.
    const Seconds when = indexed == kNoTime                        ? written
                         : written == kNoTime || written > indexed ? indexed
                                                                   : written;
    if (!is_post_uri(id) || when == kNoTime || !ids.insert(id).second) {
      skips.add(kUnreadable);
      continue;
    }
    if (!again && !walk.wants(indexed == kNoTime ? when : indexed)) continue;
    if (when < query.since) continue;
    if (is_withheld(post)) {
      skips.add("by people who show nothing to readers without an account");
      if (again) page.deleted.push_back(id);
      continue;
    }
    page.documents.push_back(read_post(post, when, query));
  }
  skips.close(page);
  if (again) return page;
  const std::string next = root["cursor"].text();
  const bool more = !next.empty() && next.size() < 4096 && next != walk.text("cursor");
  walk.set("cursor", next);
  walk.set("login", "");
  walk.close_unnumbered(page, more);
  return page;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root();
  if (root["posts"].is_array()) return read_posts(root, query, context);
  if (root["accessJwt"].is_text() && context.cursor != kRecheck) {
    if (root["accessJwt"].text().empty()) return not_expected("a session", "");
    return opened(root, context);
  }
  std::string said = root["error"].text();
  if (!root["message"].text().empty()) said += " (" + root["message"].text() + ")";
  return not_expected("a list of posts", said);
}

constexpr SourceOption kOptions[] = {
    {"lang", "only posts in this language, such as \"en\"; all by default"},
};

}  // namespace

const Source bluesky_source = {
    .name = "bluesky",
    .title = "Bluesky (AT Protocol search)",
    .terms =
        "Public interface with generous limits; posts of people who show nothing to readers "
        "without an account are left out, deletions are honoured.",
    .help =
        "Posts that hold the words of `query`, or a \"#tag\". Without a token the public reader at "
        "https://public.api.bsky.app is asked; where it refuses to search, an app password helps. "
        "`url` is another server of the protocol.\n"
        "[[source]]\n"
        "kind  = \"bluesky\"\n"
        "query = \"acme pump\"\n"
        "token = { env = \"BLUESKY_LOGIN\" }  # \"ana.bsky.social:abcd-efgh-ijkl-mnop\"\n",
    .base = kBase,
    .key =
        "Settings, Privacy and security, App passwords, Add app password: the token is "
        "\"HANDLE:APP-PASSWORD\". With `url`, that of your own server.",
    .options = kOptions,
    .needs_query = true,
    .requests_per_second = 3,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 25,
};

}  // namespace plumbline
