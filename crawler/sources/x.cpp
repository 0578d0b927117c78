#include <map>

#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/html_entities.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source x_source;
namespace {

constexpr std::string_view kFields =
    "created_at,author_id,lang,public_metrics,conversation_id,referenced_tweets,geo,note_tweet";

Address with_fields(Address address) {
  return address.add("tweet.fields", kFields)
      .add("expansions", "author_id,geo.place_id")
      .add("user.fields", "name,username,location")
      .add("place.fields", "full_name");
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  std::string words(trim(query.words));
  if (words.empty()) return needs_query(x_source, "words, or a query in the site's own language");
  // Every post that is read costs money, and reposts repeat what is read anyway.
  if (words.find("is:retweet") == std::string::npos) words = "(" + words + ") -is:retweet";
  Address address(base_of(x_source, query), "/2/tweets/search/recent");
  address.add("query", words)
      .add("max_results", 100)
      .add("sort_order", "recency")
      .add("next_token", ListingPlace(cursor).token);
  return bearer_request(with_fields(address), query);
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ",") + id;
  Address address(base_of(x_source, query), "/2/tweets");
  return bearer_request(with_fields(address.add("ids", list)), query);
}

// Messages of an archive are "dm-…"; they are not public and cannot be asked for.
int recheck_group(const SourceQuery&, std::string_view id) {
  return is_digits(id) ? 0 : kCannotRecheck;
}

using Included = std::map<std::string, Json>;

Included by_id(Json list) {
  Included out;
  for (const Json item : list) out.emplace(item["id"].text(), item);
  return out;
}

Json find_in(const Included& included, const std::string& id) {
  const auto found = included.find(id);
  return found == included.end() ? Json() : found->second;
}

// What the post is to the others it names: "replied_to", "quoted" or "retweeted".
std::string referenced(Json post, std::string_view type) {
  for (const Json other : post["referenced_tweets"])
    if (other["type"].text() == type) return other["id"].text();
  return {};
}

Document read_post(Json post, const Included& users, const Included& places,
                   const SourceQuery& query) {
  Document document = new_document(x_source, query);
  document.id = post["id"].text();
  document.author.id = post["author_id"].text();
  const Json user = find_in(users, document.author.id);
  document.author.handle = user["username"].text();
  document.author.name = fold_space(user["name"].text());
  const std::string handle = document.author.handle.empty() ? "i" : document.author.handle;
  document.url =
      "https://x.com/" + percent_encode(handle) + "/status/" + percent_encode(document.id);
  document.published_at = time_of(post["created_at"]);
  if (const std::string lang = post["lang"].text(); lang != "und") document.lang = lang;
  std::string text = post["note_tweet"]["text"].text();  // long posts are cut in `text`
  if (text.empty()) text = post["text"].text();
  document.text = decode_references(text);
  document.parent = referenced(post, "replied_to");
  if (document.parent.empty()) document.parent = referenced(post, "quoted");
  const Json metrics = post["public_metrics"];
  document.likes = metrics["like_count"].integer();
  document.shares = metrics["retweet_count"].integer();
  document.place = find_in(places, post["geo"]["place_id"].text())["full_name"].text();
  if (document.place.empty()) document.place = user["location"].text();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json root = json.root();
  const Json posts = root["data"];
  // Nothing found is said by leaving `data` out; posts asked for again may all be gone.
  const bool none = root["meta"]["result_count"].integer() == 0 || context.cursor == kRecheck;
  if (!posts.is_array() && (posts.exists() || !none || !root.is_object()))
    return not_a_list(root, "posts");
  Listing::Rules rules;
  rules.overlap = 3600;
  rules.limit = "the last seven days";
  Listing listing(query, context, rules);
  const Included users = by_id(root["includes"]["users"]);
  const Included places = by_id(root["includes"]["places"]);
  for (const Json post : posts) {
    if (referenced(post, "retweeted").empty())
      listing.add(read_post(post, users, places, query));
    else
      listing.leave_out("reposts");
  }
  return listing.finish(root["meta"]["next_token"].text());
}

}  // namespace

const Source x_source = {
    .name = "x",
    .title = "X (recent search)",
    .terms =
        "Paid by the posts read; deletions must be honoured, so what is kept is asked for "
        "again.",
    .help =
        "Posts of the last seven days that hold the words of `query`, or match it in the site's "
        "query language. Reposts are left out.\n"
        "[[source]]\n"
        "kind  = \"x\"\n"
        "query = \"\\\"acme pump\\\" lang:en\"\n"
        "token = { env = \"X_TOKEN\" }\n",
    .base = "https://api.x.com",
    .key = "developer.x.com, Projects and Apps: make an app and copy its Bearer Token.",
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 0.5,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 100,
    .recheck_group = recheck_group,
};

}  // namespace plumbline
