#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source lemmy_source;
namespace {

constexpr std::int64_t kPageSize = 50;
// Posts of other instances can arrive an hour late. No request can ask for a time, so the walk ends
// where what is known begins.
constexpr Seconds kOverlap = 3600;

// "comments", "posts", or both, one after the other.
bool reads_posts(const SourceQuery& query, int phase) {
  const std::string what = query.option("what", "both");
  return what == "posts" || (what != "comments" && phase == 1);
}

WalkRules rules(const SourceQuery& query) {
  const std::string what = query.option("what", "both");
  return {.phases = what == "posts" || what == "comments" ? 1 : 2, .overlap = kOverlap};
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  if (query.url.empty()) {
    return fail(
        ErrorCode::invalid,
        "lemmy needs `url`: the address of the instance, such as \"https://lemmy.example\"");
  }
  if (trim(query.words).empty()) {
    return fail(ErrorCode::invalid, "lemmy needs `query`: the words to look for");
  }
  const Walk walk(query, cursor, rules(query));
  std::string url = below(query.url, "/api/v3/search") + "?q=" + percent_encode(trim(query.words)) +
                    "&type_=" + (reads_posts(query, walk.phase()) ? "Posts" : "Comments") +
                    "&sort=New&listing_type=All&limit=" + std::to_string(kPageSize) +
                    "&page=" + std::to_string(walk.page());
  const std::string community = query.option("community");
  if (!community.empty()) url += "&community_name=" + percent_encode(community);
  Request request = ask_for_json(std::move(url));
  if (!query.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + query.token);
  return request;
}

// By its lasting name; of what the instance has already, it asks nobody else.
Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  Request request = ask_for_json(below(query.url, "/api/v3/resolve_object") +
                                 "?q=" + percent_encode(ids.front()));
  if (!query.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + query.token);
  return request;
}

bool is_gone(int status, std::string_view body) {
  return status == 400 && body.find("\"couldnt_find_object\"") != std::string_view::npos;
}

// The search answers too many requests with 400 and a word, and says not how long to wait: its
// limits are counted over ten minutes.
std::int64_t told_to_wait(int status, std::string_view body) {
  const bool throttled = body.find("rate_limit_error") != std::string_view::npos;
  return throttled && status >= 400 ? 60 : 0;
}

class Reading {
 public:
  Reading(const SourceQuery& query, const ReplyContext& context)
      : query_(query),
        again_(context.cursor == kRecheck),
        walk_(query, context.cursor, rules(query)) {}

  // Their own numbers are known only to this instance; a parent is named by one.
  void note_ids(Json comments) {
    for (Json item : comments) {
      const std::string number = item["comment"]["id"].text();
      const std::string id = item["comment"]["ap_id"].text();
      if (!number.empty() && !id.empty()) known_.emplace(number, id);
    }
  }

  void add(Json item, Json core) {
    const std::string id = core["ap_id"].text();
    const Seconds when = written_time(core["published"].text());
    if (id.empty() || id.size() > 2000 || when == kNoTime || !ids_.insert(id).second) {
      skips_.add(kUnreadable);
    } else if (!again_ && !walk_.wants(when)) {
      return;
    } else if (core["deleted"].flag().value_or(false) || core["removed"].flag().value_or(false)) {
      page_.deleted.push_back(id);
    } else if (item["creator"]["bot_account"].flag().value_or(false)) {
      skips_.add("by bots");
    } else {
      page_.documents.push_back(read(item, core, when));
    }
  }

  Page close(std::size_t items) {
    skips_.close(page_);
    if (again_) return std::move(page_);
    walk_.close(page_, items >= static_cast<std::size_t>(kPageSize));
    return std::move(page_);
  }

 private:
  Document read(Json item, Json core, Seconds when) const {
    Json creator = item["creator"];
    Document document;
    document.source = lemmy_source.name;
    document.id = document.url = core["ap_id"].text();
    document.author.id = creator["actor_id"].text();
    document.author.handle = handle_of(creator);
    document.author.name = fold_space(creator["display_name"].text());
    if (document.author.id.empty()) document.author.id = document.author.handle;
    document.published_at = when;
    if (item["comment"].is_object()) {
      document.text = core["content"].text();
      document.parent = parent_of(item);
    } else {
      document.title = core["name"].text();
      document.text = core["body"].text();
    }
    document.likes = item["counts"]["upvotes"].integer();
    document.brand = query_.brand;
    return document;
  }

  // "ana@lemmy.example": the same name lives on many instances.
  static std::string handle_of(Json creator) {
    const std::string name = creator["name"].text();
    const std::string host = host_of(creator["actor_id"].text());
    return name.empty() || host.empty() ? name : name + "@" + host;
  }

  // `path` is "0.12.34": the last number is the comment's own, the one before that of its parent.
  // A parent that is not on this page is unknown by its lasting name, so the post stands for it.
  std::string parent_of(Json item) const {
    const std::string path = item["comment"]["path"].text();
    const auto steps = split(path, '.');
    if (steps.size() >= 3) {
      const auto found = known_.find(std::string(steps[steps.size() - 2]));
      if (found != known_.end()) return found->second;
      if (again_) return {};  // what is kept knows it better
    }
    return item["post"]["ap_id"].text();
  }

  const SourceQuery& query_;
  const bool again_;
  Walk walk_;
  Page page_;
  Skips skips_;
  std::set<std::string> ids_;
  std::map<std::string, std::string> known_;
};

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json comments = json.root()["comments"], posts = json.root()["posts"];
  const Json comment = json.root()["comment"], post = json.root()["post"];
  if (comment["comment"].is_object() || post["post"].is_object()) {  // one that was asked for
    Reading reading(query, context);
    if (comment.is_object()) reading.add(comment, comment["comment"]);
    if (post.is_object()) reading.add(post, post["post"]);
    return reading.close(1);
  }
  if (!comments.is_array() && !posts.is_array()) {
    return not_expected("a list of comments or posts", json.root()["error"].text());
  }
  Reading reading(query, context);
  reading.note_ids(comments);
  for (Json item : comments) reading.add(item, item["comment"]);
  for (Json item : posts) reading.add(item, item["post"]);
  return reading.close(std::max(comments.size(), posts.size()));
}

constexpr SourceOption kOptions[] = {
    {"what", "\"comments\", \"posts\" or \"both\" (the default)"},
    {"community", "only this community, such as \"pumps@lemmy.example\"; all by default"},
};

}  // namespace

const Source lemmy_source = {
    .name = "lemmy",
    .title = "Lemmy (search of one instance)",
    .terms =
        "Public interface of each instance, about 1000 searches in 10 minutes; accounts marked as "
        "bots are left out.",
    .help =
        "Comments and posts that hold the words of `query`, of all instances that `url` knows.\n"
        "[[source]]\n"
        "kind  = \"lemmy\"\n"
        "url   = \"https://lemmy.example\"\n"
        "query = \"acme pump\"\n",
    .base = "",
    .key = "Not needed for public instances; else the `jwt` of a log-in (0.19 and later).",
    .options = kOptions,
    .needs_url = true,
    .needs_query = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .told_to_wait = told_to_wait,
    .is_gone = is_gone,
    .recheck = recheck,
    .recheck_at_once = 1,
};

}  // namespace plumbline
