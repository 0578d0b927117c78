#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source linkedin_source;
namespace {

constexpr std::string_view kVersion = "202606";
constexpr std::string_view kCommentUrn = "urn:li:comment:(";
constexpr std::int64_t kPageSize = 100;
constexpr std::size_t kLongestMark = 400;           // bytes
constexpr Seconds kLookBack = 30 * kSecondsPerDay;  // so long posts are asked for new comments

bool is_comment(std::string_view urn) { return urn.substr(0, kCommentUrn.size()) == kCommentUrn; }

Request ask(const SourceQuery& query, const Address& address) {
  Request request = bearer_request(address, query);
  request.headers.emplace_back("LinkedIn-Version", query.option("version", kVersion));
  request.headers.emplace_back("X-Restli-Protocol-Version", "2.0.0");
  return request;
}

Address comments_of(const SourceQuery& query, std::string_view urn, std::string_view below = {}) {
  return Address(base_of(linkedin_source, query),
                 "/rest/socialActions/" + percent_encode(urn) + "/comments" + std::string(below));
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  std::string who(trim(query.words));
  if (who.empty())
    return needs_query(linkedin_source, "the number of your organisation, or its urn:li:…");
  if (is_digits(who)) who = "urn:li:organization:" + who;
  const ListingPlace place(cursor);
  const std::int64_t start = place.number(0);
  if (!place.visiting.empty()) {
    Address address = comments_of(query, place.visiting);
    return ask(query, address.add("start", start).add("count", kPageSize));
  }
  Address address(base_of(linkedin_source, query), "/rest/posts");
  address.add("q", "author")
      .add("author", who)
      .add("sortBy", "LAST_MODIFIED")
      .add("start", start)
      .add("count", kPageSize);
  Request request = ask(query, address);
  request.headers.emplace_back("X-RestLi-Method", "FINDER");
  return request;
}

// "urn:li:comment:(urn:li:activity:7,9)": the post and the comment's number. Empty for other urns.
std::pair<std::string_view, std::string_view> parts_of(std::string_view urn) {
  const std::size_t comma = urn.rfind(',');
  if (!is_comment(urn) || comma == urn.npos || urn.back() != ')') return {};
  return {urn.substr(kCommentUrn.size(), comma - kCommentUrn.size()),
          urn.substr(comma + 1, urn.size() - comma - 2)};
}

// What an archive of your own holds is named otherwise.
int recheck_group(const SourceQuery&, std::string_view id) {
  const auto [post, number] = parts_of(id);
  return (is_digits(number) || id.substr(0, 13) == "urn:li:share:" ||
          id.substr(0, 15) == "urn:li:ugcPost:")
             ? 0
             : kCannotRecheck;
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  const auto [post, number] = parts_of(ids.front());
  if (!number.empty()) return ask(query, comments_of(query, post, "/" + percent_encode(number)));
  return ask(query, Address(base_of(linkedin_source, query),
                            "/rest/posts/" + percent_encode(ids.front())));
}

// Writes the words of a mark, which begin at `from` and end before `close`, and gives how many
// bytes to pass over besides the first; a mark that does not end is text.
std::size_t take_mark(std::string_view rest, std::size_t from, std::string_view close, char last,
                      std::string_view prefix, std::string& out) {
  const std::size_t words = rest.find(close, from), end = rest.find(last, from);
  if (words == rest.npos || end == rest.npos || end < words) {
    out += rest[0];
    return 0;
  }
  std::string_view name = rest.substr(from, words - from);
  if (const std::size_t bar = name.find('|'); bar != name.npos) name.remove_prefix(bar + 1);
  out += std::string(prefix) + std::string(name);
  return end;
}

// Posts are written in a small language: "\(" is a bracket, "@[Ada](urn:…)" names somebody and
// "{hashtag|\#|pumps}" is a tag.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at, kLongestMark);
    if (rest[0] == '\\' && rest.size() > 1) {
      out += text[++at];
    } else if (rest.substr(0, 2) == "@[") {
      at += take_mark(rest, 2, "](", ')', "", out);
    } else if (rest.substr(0, 9) == "{hashtag|") {
      at += take_mark(rest, 9, "}", '}', "#", out);
    } else {
      out += rest[0];
    }
  }
  return out;
}

Document read_post(Json post, const SourceQuery& query) {
  Document document = new_document(linkedin_source, query);
  document.id = post["id"].text();
  document.url = "https://www.linkedin.com/feed/update/" + percent_encode(document.id) + "/";
  document.author.id = post["author"].text();
  document.published_at = time_of(post["publishedAt"]);
  if (document.published_at == kNoTime) document.published_at = time_of(post["createdAt"]);
  document.title = post["content"]["article"]["title"].text();
  document.text = plain(post["commentary"].text());
  document.parent = post["reshareContext"]["parent"].text();
  return document;
}

Document read_comment(Json comment, const std::string& visiting, const SourceQuery& query) {
  Document document = new_document(linkedin_source, query);
  std::string object = comment["object"].text();
  const std::string number = comment["id"].text(), urn = comment["commentUrn"].text();
  if (const auto post = parts_of(urn).first; !post.empty()) object = post;
  if (!number.empty()) document.id = std::string(kCommentUrn) + object + "," + number + ")";
  document.url = "https://www.linkedin.com/feed/update/" + percent_encode(object) +
                 "/?commentUrn=" + percent_encode(document.id);
  document.author.id = comment["actor"].text();
  document.published_at = time_of(comment["created"]["time"]);
  document.text = comment["message"]["text"].text();
  document.parent = comment["parentComment"].text();
  if (document.parent.empty()) document.parent = visiting;
  document.likes = comment["likesSummary"]["totalLikes"].integer();
  return document;
}

class Reading {
 public:
  Reading(const SourceQuery& query, const ReplyContext& context)
      : query_(query), listing_(query, context, rules(context.cursor)) {}

  void add(Json item) {
    const std::string visiting = listing_.place().visiting;
    if (item["message"].is_object()) {
      Document document = read_comment(item, visiting, query_);
      const std::string id = document.id;
      listing_.add(std::move(document));
      if (!is_comment(visiting) && has_answers(item)) listing_.visit(id);
      return;
    }
    const std::string state = item["lifecycleState"].text(), seen = item["visibility"].text();
    if ((!state.empty() && state != "PUBLISHED") || (!seen.empty() && seen != "PUBLIC")) {
      listing_.leave_out("drafts or not public");
      return;
    }
    listing_.add(read_post(item, query_), time_of(item["lastModifiedAt"]));
    if (visiting.empty() && query_.option("comments", "true") == "true")
      listing_.visit(item["id"].text());
  }

  Page finish(Json paging, std::size_t items) {
    bool more = !paging["links"].is_array() && static_cast<std::int64_t>(items) >= kPageSize;
    for (const Json link : paging["links"]) more = more || link["rel"].text() == "next";
    const std::int64_t start = listing_.place().number(0);
    return listing_.finish(
        more && items > 0 ? std::to_string(start + static_cast<std::int64_t>(items)) : "");
  }

 private:
  static Listing::Rules rules(std::string_view cursor) {
    const bool comments = !ListingPlace(cursor).visiting.empty();
    Listing::Rules rules;
    rules.answers_apart = true;
    rules.newest_first = !comments;
    rules.overlap = kLookBack;
    return rules;
  }

  // One level of answers is all there is. Where the site does not say, it is asked.
  static bool has_answers(Json comment) {
    const Json count = comment["commentsSummary"]["aggregatedTotalComments"];
    return comment["parentComment"].is_null() && count.integer().value_or(1) > 0;
  }

  const SourceQuery& query_;
  Listing listing_;
};

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json root = json.root(), list = root["elements"];
  Reading reading(query, context);
  if (context.cursor == kRecheck && !list.exists() && root["id"].is_text()) {
    reading.add(root);
    return reading.finish({}, 1);
  }
  if (!list.is_array()) return not_a_list(root, "posts or comments");
  for (const Json item : list) reading.add(item);
  return reading.finish(root["paging"], list.size());
}

constexpr SourceOption kOptions[] = {
    {.key = "comments", .help = "false: posts without their comments; default true"},
    {.key = "version",
     .help = "of the interface, as YYYYMM; default 202606. LinkedIn ends each after a year"},
};

}  // namespace

const Source linkedin_source = {
    .name = "linkedin",
    .title = "LinkedIn (posts of your own organisation and their comments)",
    .terms =
        "Community Management API with an approved app, for organisations that you manage; other "
        "members and pages are not read. Members are known by a number alone.",
    .help =
        "Posts of an organisation that you manage, with the comments on them and the answers to "
        "those. `query` is its number. Posts changed in the last 30 days are asked for new "
        "comments. How often a post was liked or shared is not given.\n"
        "[[source]]\n"
        "kind  = \"linkedin\"\n"
        "query = \"2002002\"\n"
        "token = { env = \"LINKEDIN_TOKEN\" }\n",
    .base = "https://api.linkedin.com",
    .key =
        "An app at developer.linkedin.com with the product Community Management API (reviewed) "
        "and an access token of an administrator with r_organization_social; it lives 60 days.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .past_end = past_visit,
    .recheck = recheck,
    .recheck_at_once = 1,
    .recheck_group = recheck_group,
};

}  // namespace plumbline
