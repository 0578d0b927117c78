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
extern const Source instagram_source;
namespace {

constexpr std::string_view kVersion = "v25.0";
constexpr std::string_view kOfMedia =
    "id,caption,timestamp,username,permalink,like_count,comments_count";
constexpr std::string_view kOfTagged =  // a hashtag does not say whose they are
    "id,caption,timestamp,permalink,like_count,comments_count";
constexpr std::string_view kOfComment = "id,text,timestamp,username,like_count,parent_id,media{id}";
constexpr Seconds kHashtagReach = kSecondsPerDay;  // older posts are not given

std::string path_to(const SourceQuery& query, std::string_view node) {
  return encode_path(query.option("version", kVersion)) + "/" + percent_encode(node);
}

std::string hashtag_of(const SourceQuery& query) {
  std::string tag = query.option("hashtag");
  if (tag.substr(0, 1) == "#") tag.erase(0, 1);
  return tag;
}

bool finds_others(const SourceQuery& query) {
  return !hashtag_of(query).empty() || query.option("what", "media") == "tags";
}

// The number of a hashtag has to be asked for first; the cursor keeps it for the other pages.
Address ask_hashtag(const SourceQuery& query, const std::string& account, std::string_view cursor) {
  const std::string_view base = base_of(instagram_source, query);
  const std::string number = Cursor(cursor).text("hashtag");
  if (!is_digits(number)) {
    Address address(base, path_to(query, "ig_hashtag_search"));
    return address.add("user_id", account).add("q", hashtag_of(query));
  }
  Address address(base, path_to(query, number) + "/recent_media");
  return address.add("user_id", account)
      .add("fields", kOfTagged)
      .add("limit", 50)
      .add("after", ListingPlace(cursor).token);
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string account(trim(query.words));
  if (account.empty())
    return needs_query(instagram_source, "the number of your professional account, or \"me\"");
  if (!hashtag_of(query).empty()) return bearer_request(ask_hashtag(query, account, cursor), query);
  const ListingPlace place(cursor);
  const std::string_view base = base_of(instagram_source, query);
  if (!place.visiting.empty()) {
    const std::string replies =
        ",replies.limit(100){" + std::string(kOfComment) + "}";  // one level, as the site has it
    Address address(base, path_to(query, place.visiting) + "/comments");
    address.add("fields", std::string(kOfComment) + replies)
        .add("limit", 50)
        .add("after", place.token);
    return bearer_request(address, query);
  }
  Address address(base, path_to(query, account) + (finds_others(query) ? "/tags" : "/media"));
  address.add("fields", kOfMedia).add("limit", 100).add("after", place.token);
  return bearer_request(address, query);
}

// "MEDIA" and "MEDIA_COMMENT": the two are asked for other fields. Posts of others can be found
// but not asked for, and are named by their address.
int recheck_group(const SourceQuery&, std::string_view id) {
  const std::size_t dash = id.find('_');
  constexpr std::size_t kShortest = 17;  // digits; what archives are named by is shorter
  return (id.substr(0, dash).size() >= kShortest && is_digits(id.substr(0, dash)) &&
          (dash == id.npos || is_digits(id.substr(dash + 1))))
             ? 0
             : kCannotRecheck;
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  std::vector<std::string> paths;
  for (const std::string& id : ids) {
    const std::size_t dash = id.find('_');
    const bool comment = dash != std::string::npos;
    paths.push_back(path_to(query, comment ? id.substr(dash + 1) : id) +
                    "?fields=" + percent_encode(comment ? kOfComment : kOfMedia));
  }
  return graph_batch(base_of(instagram_source, query), query, paths);
}

Document read_media(Json media, bool own, const SourceQuery& query) {
  Document document = new_document(instagram_source, query);
  document.id = media["id"].text();
  document.url = media["permalink"].text();
  if (!own && !document.url.empty()) document.id = document.url;
  document.author.id = document.author.handle = media["username"].text();
  document.published_at = time_of(media["timestamp"]);
  document.text = media["caption"].text();
  document.likes = media["like_count"].integer();
  return document;
}

Document read_comment(Json comment, std::string media, const SourceQuery& query) {
  Document document = new_document(instagram_source, query);
  if (media.empty()) media = comment["media"]["id"].text();
  const std::string id = comment["id"].text(), parent = comment["parent_id"].text();
  if (!id.empty() && !media.empty()) document.id = media + "_" + id;
  document.author.id = document.author.handle = comment["username"].text();
  document.published_at = time_of(comment["timestamp"]);
  document.text = comment["text"].text();
  document.parent = parent.empty() ? media : media + "_" + parent;
  document.likes = comment["like_count"].integer();
  return document;
}

class Reading {
 public:
  Reading(const SourceQuery& query, const ReplyContext& context)
      : query_(query), listing_(query, context, rules(query, context)) {}

  void add(Json item) {
    const std::string media = listing_.place().visiting;
    const bool comment = !media.empty() || item["media"].is_object();
    if (comment) {
      listing_.add(read_comment(item, media, query_));
      for (const Json reply : item["replies"]["data"])
        listing_.add(read_comment(reply, media, query_));
      return;
    }
    const bool own = listing_.is_recheck() || !finds_others(query_);
    listing_.add(read_media(item, own, query_));
    if (own && query_.option("comments", "true") == "true" &&
        item["comments_count"].integer().value_or(0) > 0)
      listing_.visit(item["id"].text());
  }

  Listing& listing() { return listing_; }

 private:
  static Listing::Rules rules(const SourceQuery& query, const ReplyContext& context) {
    Listing::Rules rules = graph_rules(context.cursor);
    if (!hashtag_of(query).empty()) {
      rules.overlap = kHashtagReach;
      rules.limit = "the last 24 hours of a hashtag";
    }
    return rules;
  }

  const SourceQuery& query_;
  Listing listing_;
};

// The reply to the first question about a hashtag: its number.
Page read_hashtag(Json root, const ReplyContext& context) {
  Page page;
  const std::string number = (*root["data"].begin())["id"].text();
  if (!is_digits(number)) return page;
  Cursor next(context.cursor);
  next.set("hashtag", number);
  page.next = next.print();
  return page;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json root = json.root();
  Reading reading(query, context);
  if (root.is_array() && reading.listing().is_recheck()) {
    PLUMBLINE_CHECK(graph_each(root, [&](Json item) { reading.add(item); }));
    return reading.listing().finish("");
  }
  if (!root["data"].is_array()) return not_a_list(root, "posts");
  const bool again = reading.listing().is_recheck();
  if (!hashtag_of(query).empty() && !again && Cursor(context.cursor).text("hashtag").empty())
    return read_hashtag(root, context);
  for (const Json item : root["data"]) reading.add(item);
  return reading.listing().finish(graph_next(root));
}

constexpr SourceOption kOptions[] = {
    {.key = "what",
     .help = "\"media\" (the default): your own posts and their comments; \"tags\": posts of "
             "others that your account is tagged in"},
    {.key = "hashtag",
     .help = "public posts of the last 24 hours under it instead, without their authors: 30 "
             "hashtags a week, by Facebook Login only"},
    {.key = "comments", .help = "false: posts without their comments; default true"},
    {.key = "version", .help = "of the Graph API; default v25.0"},
};

}  // namespace

const Source instagram_source = {
    .name = "instagram",
    .title = "Instagram (your own professional account)",
    .terms =
        "Graph API with a token of the account; comments on the posts of others are not readable. "
        "What is deleted there must be deleted here, so what is kept is asked for again.",
    .help =
        "Posts of your account with their comments and the answers to them, or with `what` and "
        "`hashtag` posts of others. `query` is the account's number. Posts of the last 30 days "
        "are asked for new comments. With Instagram Login the url is "
        "\"https://graph.instagram.com\".\n"
        "[[source]]\n"
        "kind  = \"instagram\"\n"
        "query = \"17841400000000001\"\n"
        "token = { env = \"INSTAGRAM_TOKEN\" }\n",
    .base = "https://graph.facebook.com",
    .key =
        "An app at developers.facebook.com with instagram_basic, instagram_manage_comments and "
        "pages_read_engagement (Facebook Login), or instagram_business_basic and "
        "instagram_business_manage_comments (Instagram Login); the token lives 60 days.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 0.5,
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
