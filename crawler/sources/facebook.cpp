#include <algorithm>

#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/graph_api.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source facebook_source;
namespace {

constexpr std::string_view kVersion = "v25.0";
// What posts and comments have in common: a kept id does not say which of the two it is.
constexpr std::string_view kShared = "id,message,created_time,from{id,name},permalink_url";
constexpr std::string_view kOfPosts =
    ",shares,reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)";
constexpr std::string_view kOfComments = ",like_count,parent{id}";

// "v25.0/NODE"
std::string path_to(const SourceQuery& query, std::string_view node) {
  return encode_path(query.option("version", kVersion)) + "/" + percent_encode(node);
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string page(trim(query.words));
  if (page.empty())
    return needs_query(facebook_source, "the number or name of your Page, or \"me\"");
  const ListingPlace place(cursor);
  const std::string_view base = base_of(facebook_source, query);
  if (!place.visiting.empty()) {
    Address address(base, path_to(query, place.visiting) + "/comments");
    address
        .add("filter", "stream")  // answers to comments too
        .add("fields", std::string(kShared) + std::string(kOfComments))
        .add("limit", 100)
        .add("after", place.token);
    return bearer_request(address, query);
  }
  Seconds since = query.since;
  if (place.since != kNoTime) since = std::max(since, place.since - kGraphLookBack);
  const bool own = query.option("what", "feed") == "posts";
  Address address(base, path_to(query, page) + (own ? "/posts" : "/feed"));
  address.add("fields", std::string(kShared) + std::string(kOfPosts))
      .add("limit", 100)
      .add("after", place.token);
  if (since > 0) address.add("since", since);
  return bearer_request(address, query);
}

// "PAGE_POST" and "POST_COMMENT": other ids came from an archive.
int recheck_group(const SourceQuery&, std::string_view id) {
  const auto parts = split(id, '_');
  return (parts.size() == 2 && is_digits(parts[0]) && is_digits(parts[1])) ? 0 : kCannotRecheck;
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  std::vector<std::string> paths;
  for (const std::string& id : ids)
    paths.push_back(path_to(query, id) + "?fields=" + percent_encode(kShared));
  return graph_batch(base_of(facebook_source, query), query, paths);
}

Document read_item(Json item, const std::string& visiting, const SourceQuery& query) {
  Document document = new_document(facebook_source, query);
  document.id = item["id"].text();
  document.url = item["permalink_url"].text();
  document.author.id = item["from"]["id"].text();
  document.author.name = fold_space(item["from"]["name"].text());
  document.published_at = time_of(item["created_time"]);
  document.text = item["message"].text();
  document.parent = item["parent"]["id"].text();
  if (document.parent.empty()) document.parent = visiting;
  document.likes = item["like_count"].integer();
  if (!document.likes) document.likes = item["reactions"]["summary"]["total_count"].integer();
  document.shares = item["shares"]["count"].integer();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json root = json.root();
  Listing::Rules rules = graph_rules(context.cursor);
  if (rules.newest_first) rules.limit = "about 600 posts of a year";
  Listing listing(query, context, rules);
  const std::string visiting = listing.place().visiting;
  if (root.is_array() && listing.is_recheck()) {
    PLUMBLINE_CHECK(
        graph_each(root, [&](Json item) { listing.add(read_item(item, visiting, query)); }));
    return listing.finish("");
  }
  if (!root["data"].is_array()) return not_a_list(root, "posts");
  const bool visit = query.option("comments", "true") == "true";
  for (const Json item : root["data"]) {
    listing.add(read_item(item, visiting, query));
    if (visit && item["comments"]["summary"]["total_count"].integer().value_or(0) > 0)
      listing.visit(item["id"].text());
  }
  return listing.finish(graph_next(root));
}

constexpr SourceOption kOptions[] = {
    {.key = "what",
     .help = "\"feed\" (the default): also what visitors write on the Page and public posts that "
             "name it; \"posts\": its own alone"},
    {.key = "comments", .help = "false: posts without their comments; default true"},
    {.key = "version", .help = "of the Graph API; default v25.0"},
};

}  // namespace

const Source facebook_source = {
    .name = "facebook",
    .title = "Facebook (your own Pages)",
    .terms =
        "Graph API with a token of the Page; Pages of others want a reviewed app. What is deleted "
        "there must be deleted here, so what is kept is asked for again.",
    .help =
        "Posts on a Page that you manage, with their comments and the answers to them. `query` is "
        "the Page's number or name. Posts of the last 30 days are asked for new comments.\n"
        "[[source]]\n"
        "kind  = \"facebook\"\n"
        "query = \"100200300400\"\n"
        "token = { env = \"FACEBOOK_PAGE_TOKEN\" }\n",
    .base = "https://graph.facebook.com",
    .key =
        "An app at developers.facebook.com with pages_read_engagement and "
        "pages_read_user_content; me/accounts, asked with a long-lived user token, gives the "
        "token of each Page.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .past_end = past_visit,
    .told_to_wait = graph_told_to_wait,
    .is_gone = graph_is_gone,
    .recheck = recheck,
    .recheck_at_once = kGraphBatch,
    .recheck_group = recheck_group,
};

}  // namespace plumbline
