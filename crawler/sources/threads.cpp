#include <algorithm>

#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/graph_api.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source threads_source;
namespace {

constexpr Seconds kOverlap = kSecondsPerDay;

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string_view words = trim(query.words);
  const bool tag = words.substr(0, 1) == "#";
  if (words.empty() || words == "#")
    return needs_query(threads_source, "words to look for, or a \"#topic\"");
  const ListingPlace place(cursor);
  Seconds since = query.since;
  if (place.since != kNoTime) since = std::max(since, place.since - kOverlap);
  Address address(base_of(threads_source, query), "/v1.0/keyword_search");
  address.add("q", tag ? words.substr(1) : words)
      .add("search_type", "RECENT")
      .add("search_mode", tag ? "TAG" : "KEYWORD")
      .add("fields",
           "id,text,media_type,permalink,timestamp,username,has_replies,is_quote_post,is_reply")
      .add("limit", 100)
      .add("after", place.token);
  if (since > 0) address.add("since", since);
  return bearer_request(address, query);
}

Document read_post(Json post, const SourceQuery& query) {
  Document document = new_document(threads_source, query);
  document.id = post["id"].text();
  document.url = post["permalink"].text();
  document.author.id = document.author.handle = post["username"].text();
  document.published_at = time_of(post["timestamp"]);
  document.text = post["text"].text();
  document.parent = post["replied_to"]["id"].text();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json posts = json.root()["data"];
  if (!posts.is_array()) return not_a_list(json.root(), "posts");
  Listing::Rules rules;
  rules.overlap = kOverlap;
  Listing listing(query, context, rules);
  for (const Json post : posts) listing.add(read_post(post, query));
  return listing.finish(graph_next(json.root()));
}

}  // namespace

const Source threads_source = {
    .name = "threads",
    .title = "Threads (keyword search)",
    .terms = "2,200 searches a day and user; without an approved app it finds only your own posts.",
    .help =
        "Public posts that hold the words of `query`, or under a \"#topic\". Words that the site "
        "thinks sensitive find nothing, so an empty answer does not mean that nobody spoke.\n"
        "[[source]]\n"
        "kind  = \"threads\"\n"
        "query = \"acme pump\"\n"
        "token = { env = \"THREADS_TOKEN\" }\n",
    .base = "https://graph.threads.net",
    .key =
        "An app at developers.facebook.com with the Threads use case and the permissions "
        "threads_basic and threads_keyword_search (approved in app review); its user token "
        "lives 60 days.",
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 0.5,
    .plan = plan,
    .parse = parse,
    .told_to_wait = graph_told_to_wait,
};

}  // namespace plumbline
