#include <algorithm>

#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/html_text.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/source_parts.h"

namespace plumbline {
extern const Source producthunt_source;
namespace {

constexpr Seconds kLookBack = 30 * kSecondsPerDay;  // so long launches are asked for new comments
constexpr std::string_view kPostId = "post/";       // comments count in a row of their own
// What is wanted costs points, and 6,250 of them are given in a quarter of an hour.
constexpr std::string_view kPost =
    "{id name tagline description url createdAt votesCount commentsCount user{id username name}}";
constexpr std::string_view kComment =
    "id body url createdAt votesCount parentId user{id username name}";

std::string comments_field() {
  const std::string fields(kComment);
  return "comments(first:20,order:NEWEST,after:$after){pageInfo{hasNextPage endCursor} nodes{" +
         fields + " replies(first:20){nodes{" + fields + "}}}}";
}

// One post: by the option, or as "post:SLUG".
std::string named_post(const SourceQuery& query) {
  constexpr std::string_view kPrefix = "post:";
  const std::string_view words = trim(query.words);
  if (words.substr(0, kPrefix.size()) == kPrefix)
    return std::string(trim(words.substr(kPrefix.size())));
  return query.option("post");
}

Request ask(const SourceQuery& query, const std::string& question, const std::string& variables) {
  return json_post(Address(base_of(producthunt_source, query), "/v2/api/graphql"), query,
                   "{\"query\":" + json_quote(question) + ",\"variables\":{" + variables + "}}");
}

std::string variable(std::string_view name, std::string_view value) {
  return json_quote(name) + ":" + (value.empty() ? "null" : json_quote(value));
}

Request ask_post(const SourceQuery& query, std::string_view by, const std::string& value,
                 const std::string& after) {
  const bool slug = by == "slug";
  const std::string question = "query($which:" + std::string(slug ? "String" : "ID") +
                               ",$after:String){post(" + std::string(by) + ":$which){..." + "P " +
                               comments_field() + "}} fragment P on Post" + std::string(kPost);
  return ask(query, question, variable("which", value) + "," + variable("after", after));
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string post = named_post(query), topic(trim(query.words));
  if (post.empty() && topic.empty())
    return needs_query(producthunt_source, "a topic, as in its address, or \"post:SLUG\"");
  const ListingPlace place(cursor);
  if (!place.visiting.empty()) return ask_post(query, "id", place.visiting, place.token);
  if (!post.empty()) return ask_post(query, "slug", post, place.token);
  Seconds since = query.since;
  if (place.since != kNoTime) since = std::max(since, place.since - kLookBack);
  const std::string question =
      "query($topic:String,$after:String,$since:DateTime){posts(first:20,order:NEWEST,topic:$topic,"
      "after:$after,postedAfter:$since){pageInfo{hasNextPage endCursor} nodes" +
      std::string(kPost) + "}}";
  return ask(query, question,
             variable("topic", topic) + "," + variable("after", place.token) + "," +
                 variable("since", since > 0 ? format_utc(since) : ""));
}

std::string_view number_of(std::string_view id) {
  if (id.substr(0, kPostId.size()) == kPostId) id.remove_prefix(kPostId.size());
  return id;
}

int recheck_group(const SourceQuery&, std::string_view id) {
  return is_digits(number_of(id)) ? 0 : kCannotRecheck;
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  std::string question = "{";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string number(number_of(ids[i]));
    const bool post = number.size() != ids[i].size();
    question += "a" + std::to_string(i) + ":" + (post ? "post" : "comment") +
                "(id:" + json_quote(number) + ")" +
                (post ? std::string(kPost) : "{" + std::string(kComment) + "}") + " ";
  }
  return ask(query, question + "}", "");
}

// Names of people who are not part of your launch come as "[REDACTED]".
Author read_author(Json user) {
  const std::string handle = user["username"].text();
  if (handle.empty() || handle == "[REDACTED]") return {};
  std::string id = user["id"].text();
  return {id.empty() ? handle : id, handle, fold_space(user["name"].text())};
}

std::string words_in(const std::string& text) {
  return text.find('<') == std::string::npos ? text : html_to_text(text);
}

Document read_post(Json post, const SourceQuery& query) {
  Document document = new_document(producthunt_source, query);
  if (const std::string id = post["id"].text(); !id.empty())
    document.id = std::string(kPostId) + id;
  document.url = post["url"].text();
  document.author = read_author(post["user"]);
  document.published_at = time_of(post["createdAt"]);
  document.title = post["name"].text();
  const std::string tagline = post["tagline"].text(), more = post["description"].text();
  if (!tagline.empty()) document.title += ": " + tagline;
  document.text = words_in(more);
  document.likes = post["votesCount"].integer();
  return document;
}

Document read_comment(Json comment, const std::string& post, const SourceQuery& query) {
  Document document = new_document(producthunt_source, query);
  document.id = comment["id"].text();
  document.url = comment["url"].text();
  document.author = read_author(comment["user"]);
  document.published_at = time_of(comment["createdAt"]);
  document.text = words_in(comment["body"].text());
  document.parent = comment["parentId"].text();
  if (document.parent.empty()) document.parent = post;
  document.likes = comment["votesCount"].integer();
  return document;
}

std::string next_of(Json list) {
  const Json info = list["pageInfo"];
  return info["hasNextPage"].flag().value_or(false) ? info["endCursor"].text() : "";
}

// A post with a page of its comments.
void take_thread(Json post, const SourceQuery& query, Listing& listing) {
  const Document document = read_post(post, query);
  if (listing.place().visiting.empty()) listing.add(document);
  for (const Json comment : post["comments"]["nodes"]) {
    listing.add(read_comment(comment, document.id, query));
    for (const Json reply : comment["replies"]["nodes"])
      listing.add(read_comment(reply, document.id, query));
  }
}

Page take_again(Json data, const SourceQuery& query, Listing& listing) {
  for (const Json item : data) {  // what is gone is null
    if (item["body"].exists())
      listing.add(read_comment(item, "", query));
    else if (item["id"].exists())
      listing.add(read_post(item, query));
  }
  return listing.finish("");
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json root = json.root(), data = root["data"];
  if (!data.is_object() || root["errors"].size() > 0) return not_a_list(root, "posts");
  const bool thread = data["post"].exists();
  Listing::Rules rules;
  rules.overlap = kLookBack;
  rules.newest_first = !thread;
  Listing listing(query, context, rules);
  const Json posts = data["posts"]["nodes"];
  if (posts.is_array()) {
    const bool visit = query.option("comments", "true") == "true";
    for (const Json post : posts) {
      listing.add(read_post(post, query));
      if (visit && post["commentsCount"].integer().value_or(0) > 0)
        listing.visit(post["id"].text());
    }
    return listing.finish(next_of(data["posts"]));
  }
  if (listing.is_recheck()) return take_again(data, query, listing);
  // A post that is gone is null, and the walk goes on with the next.
  if (!data["post"].is_object() && (!thread || listing.place().visiting.empty()))
    return not_a_list(root, "posts: no such post");
  take_thread(data["post"], query, listing);
  return listing.finish(next_of(data["post"]["comments"]));
}

constexpr SourceOption kOptions[] = {
    {.key = "post",
     .help = "the launch at producthunt.com/posts/SLUG, instead of `query`",
     .instead_of_query = true},
    {.key = "comments", .help = "false: launches without their comments; default true"},
};

}  // namespace

const Source producthunt_source = {
    .name = "producthunt",
    .title = "Product Hunt (launches and comments)",
    .terms =
        "API for non-commercial use; ask the site for more. 6,250 points in 15 minutes; people "
        "who are not part of your own launch come without a name.",
    .help =
        "One launch with all its comments (`post`, or \"post:SLUG\" as query), or the launches of "
        "a topic, with theirs: `query` is the topic as in its address. The site's interface "
        "cannot search for words. Launches of the last 30 days are asked for new comments.\n"
        "[[source]]\n"
        "kind  = \"producthunt\"\n"
        "query = \"home-improvement\"\n"
        "token = { env = \"PRODUCTHUNT_TOKEN\" }\n",
    .base = "https://api.producthunt.com",
    .key =
        "producthunt.com, API dashboard: add an application and create its developer token, which "
        "does not expire.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 20,
    .recheck_group = recheck_group,
};

}  // namespace plumbline
