#include <cstdlib>
#include <set>

#include "base/text.h"
#include "crawler/html_entities.h"
#include "crawler/html_text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source wordpress_source;
namespace {

constexpr std::size_t kPageSize = 100;
// Comments that were held for moderation appear days later with the time they were written.
constexpr Seconds kOverlap = 2 * kSecondsPerDay;
// Sites compare `after` with their own wall clock.
constexpr Seconds kFarthestZone = 14 * 3600;

// Each list is read by time, the oldest first, and then by number, the newest first, back to the
// highest number known: what was brought in with the date of an old conversation, or was approved
// long after it was written, stands there alone.
struct Part {
  bool posts = false, by_number = false;
};

Part part_of(const SourceQuery& query, int phase) {
  const std::string what = query.option("what", "both");
  if (what == "posts" || what == "comments") return {what == "posts", phase == 1};
  return {phase % 2 == 1, phase >= 2};
}

Walk walk_of(const SourceQuery& query, std::string_view cursor) {
  const std::string what = query.option("what", "both");
  WalkRules rules{.phases = what == "posts" || what == "comments" ? 2 : 4,
                  .last_page = 100,
                  .overlap = kOverlap,
                  .windows = true,
                  .rising = true,
                  .tells_old = true};
  const Walk walk(query, cursor, rules);
  if (!part_of(query, walk.phase()).by_number) return walk;
  // Numbers take the place of times: the mark is the highest one, and what lies above it is new.
  SourceQuery all = query;
  all.since = kNoTime;
  rules.overlap = -1;
  rules.windows = rules.rising = false;
  return Walk(all, cursor, rules);
}

std::string address_of(const SourceQuery& query, bool posts) {
  return below(query.url, posts ? "/wp-json/wp/v2/posts" : "/wp-json/wp/v2/comments") +
         "?per_page=" + std::to_string(kPageSize) + (posts ? "&_embed=author" : "");
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  if (query.url.empty()) {
    return fail(ErrorCode::invalid,
                "wordpress needs `url`: the address of the site, such as \"https://blog.example\"");
  }
  const Walk walk = walk_of(query, cursor);
  const auto [posts, by_number] = part_of(query, walk.phase());
  std::string url = address_of(query, posts) + (by_number ? "&order=desc&orderby=id"
                                                : posts   ? "&order=asc&orderby=date"
                                                          : "&order=asc&orderby=date_gmt");
  url += "&page=" + std::to_string(walk.page());
  if (!by_number && walk.floor() > kFarthestZone) {
    url += "&after=" + percent_encode(format_utc(walk.floor() - kFarthestZone));
  }
  if (!trim(query.words).empty()) url += "&search=" + percent_encode(trim(query.words));
  Request request = ask_for_json(std::move(url));
  authorize(request, query.token);
  return request;
}

std::string post_prefix(const SourceQuery& query) { return below(query.url, "/?p="); }

// Comments and posts are numbered apart, so a post goes by the address that its number gives it on
// every WordPress site; comments, of which there are many, keep their bare numbers.
std::string post_id(const SourceQuery& query, const std::string& number) {
  return number.empty() || number == "0" ? std::string() : post_prefix(query) + number;
}

enum Group { kComments, kPosts };

// Posts are known by their address, comments by a bare number.
int recheck_group(const SourceQuery& query, std::string_view id) {
  const std::string prefix = post_prefix(query);
  if (is_digits(id)) return kComments;
  const bool post = id.substr(0, prefix.size()) == prefix && is_digits(id.substr(prefix.size()));
  return post ? kPosts : kCannotRecheck;
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  const bool posts = recheck_group(query, ids.front()) == kPosts;
  std::string list;
  for (const std::string& id : ids)
    list += (list.empty() ? "" : ",") + percent_encode(id.substr(posts ? id.rfind('=') + 1 : 0));
  Request request = ask_for_json(address_of(query, posts) + "&include=" + list);
  authorize(request, query.token);
  return request;
}

Document read_item(Json item, bool post, Seconds when, const SourceQuery& query) {
  Json author = item["_embedded"]["author"];
  Document document;
  document.source = wordpress_source.name;
  const std::string number = item["id"].text(), parent = item["parent"].text();
  document.id = post ? post_id(query, number) : number;
  document.url = item["link"].text();
  if (const std::string who = item["author"].text(); who != "0") document.author.id = who;
  document.author.name = decode_references(item["author_name"].text());
  for (Json one : author) {
    document.author.name = decode_references(one["name"].text());
    document.author.handle = one["slug"].text();
    break;
  }
  document.author.name = fold_space(document.author.name);
  document.published_at = when;
  if (post) {
    document.title = html_to_text(item["title"]["rendered"].text());
  } else {
    document.parent =
        parent.empty() || parent == "0" ? post_id(query, item["post"].text()) : parent;
  }
  document.text = html_to_text(item["content"]["rendered"].text());
  document.brand = query.brand;
  return document;
}

Seconds time_of(Json item) {
  const Seconds when = written_time(item["date_gmt"].text());  // without a zone: UTC
  return when != kNoTime ? when : written_time(item["date"].text());
}

// Why it is not kept, if so.
std::string_view unwanted(Json item, bool post) {
  const std::string status = item["status"].text(), type = item["type"].text();
  if (!post && !status.empty() && status != "approved") return "not approved";
  if (post && !status.empty() && status != "publish") return "not published";
  if (type == "pingback" || type == "trackback") return "links from other sites";
  if (item["content"]["protected"].flag().value_or(false)) return "behind a password";
  return {};
}

// Of the walk by number only what the walk by time could not find: written before the time that it
// began at.
bool wanted(Walk& walk, const std::string& id, Seconds when, const SourceQuery& query) {
  const Part part = part_of(query, walk.phase());
  if (!part.by_number) return walk.wants(when);
  walk.wants(std::strtoll(id.c_str(), nullptr, 10));
  const Seconds before = walk.old_watermark(walk.phase() < 2 ? 0 : part.posts);
  return before != kNoTime && when >= query.since && when < before - kOverlap;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root();
  if (!root.is_array()) {
    std::string said = root["code"].text();
    if (!root["message"].text().empty()) said += " (" + root["message"].text() + ")";
    return not_expected("a list of comments or posts", said);
  }
  const bool again = context.cursor == kRecheck;
  Walk walk = walk_of(query, context.cursor);
  const bool by_number = part_of(query, walk.phase()).by_number;
  Page page;
  Skips skips;
  std::set<std::string> ids;
  bool posts = false;
  for (Json item : root) {
    const bool post = item["title"].is_object();
    const std::string id = item["id"].text();
    const Seconds when = time_of(item);
    posts = posts || post;
    if (!is_digits(id) || when == kNoTime || !ids.insert(id).second) {
      skips.add(kUnreadable);
    } else if (!again && !wanted(walk, id, when, query)) {
      continue;
    } else if (const std::string_view why = unwanted(item, post); !why.empty()) {
      skips.add(why);
    } else {
      page.documents.push_back(read_item(item, post, when, query));
    }
  }
  skips.close(page);
  if (again) return page;
  // The first run has read everything by time: it only wants to know the highest number.
  const bool enough = by_number && walk.watermark() == kNoTime;
  // The page behind the last one is an error for posts, and empty for comments.
  const bool more = !link_target(context.link, "next").empty() ||
                    (!posts && context.link.empty() && root.size() >= kPageSize);
  walk.close(page, more && !enough && root.size() > 0);
  return page;
}

constexpr SourceOption kOptions[] = {
    {"what", "\"comments\", \"posts\" or \"both\" (the default)"},
};

}  // namespace

const Source wordpress_source = {
    .name = "wordpress",
    .title = "WordPress (comments and posts of one site)",
    .terms = "Public interface of each site without stated limits; a request a second is polite.",
    .help =
        "Comments and posts of the site at `url`; with `query` only those that hold its words. "
        "Both are asked for again later, so that edits and deletions are seen.\n"
        "[[source]]\n"
        "kind  = \"wordpress\"\n"
        "url   = \"https://blog.example\"\n"
        "what  = \"comments\"\n",
    .base = "",
    .key =
        "Only for sites that show their comments to nobody else: Users, Profile, Application "
        "Passwords. The token is \"USER:APPLICATION PASSWORD\".",
    .options = kOptions,
    .local_ids = true,
    .needs_url = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = kPageSize,
    .recheck_group = recheck_group,
};

}  // namespace plumbline
