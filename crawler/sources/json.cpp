#include <algorithm>
#include <array>

#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/html_text.h"
#include "crawler/json_pointer.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source json_source;
namespace {

constexpr std::string_view kBearer = "Authorization: Bearer";

// What a field is usually called, where the configuration does not say it.
struct Field {
  std::string_view option;
  std::array<std::string_view, 9> names;
};

constexpr Field kId = {"fields.id",
                       {"id", "_id", "uuid", "guid", "review_id", "comment_id", "post_id"}};
constexpr Field kText = {"fields.text",
                         {"text", "body", "content", "message", "comment", "review", "description",
                          "review_text", "summary"}};
constexpr Field kTitle = {"fields.title", {"title", "headline", "subject"}};
constexpr Field kAuthor = {"fields.author",
                           {"author", "user", "reviewer", "username", "author_name", "user_name",
                            "reviewer_name", "name"}};
constexpr Field kAuthorId = {"fields.author_id", {"author_id", "user_id", "reviewer_id"}};
constexpr Field kTime = {"fields.published_at",
                         {"published_at", "created_at", "createdAt", "publishedAt", "date",
                          "published", "created", "timestamp", "time"}};
constexpr Field kUrl = {"fields.url", {"url", "link", "permalink", "html_url", "web_url"}};
constexpr Field kRating = {"fields.rating", {"rating", "stars", "star_rating"}};
constexpr Field kLikes = {"fields.likes",
                          {"likes", "like_count", "likes_count", "upvotes", "votes"}};
constexpr Field kShares = {"fields.shares", {"shares", "share_count", "reposts"}};
constexpr Field kLang = {"fields.lang", {"lang", "language", "locale"}};
constexpr Field kParent = {"fields.parent", {"parent", "parent_id", "in_reply_to_id", "reply_to"}};
constexpr Field kPlace = {"fields.place", {"place", "location", "city", "country"}};
constexpr std::array<std::string_view, 10> kLists = {"items",     "results",  "data",    "posts",
                                                     "reviews",   "comments", "entries", "records",
                                                     "documents", "list"};
// Where an object stands in place of a name or a text: {"name": "Ana"}, {"rendered": "<p>…"}.
constexpr std::array<std::string_view, 8> kInside = {"name", "display_name", "username", "rendered",
                                                     "text", "value",        "label",    "id"};

Json find_field(Json item, const Field& field, const SourceQuery& query) {
  if (const std::string pointer = query.option(field.option); !pointer.empty())
    return at_pointer(item, pointer);
  for (const std::string_view name : field.names)
    if (!name.empty() && !item[name].is_null()) return item[name];
  return {};
}

std::string text_in(Json item, const Field& field, const SourceQuery& query) {
  const Json value = find_field(item, field, query);
  std::string text = value.text();
  if (value.is_object())
    for (const std::string_view name : kInside)
      if (text.empty()) text = value[name].text();
  return query.option("html") == "true" && (&field == &kText || &field == &kTitle)
             ? html_to_text(text)
             : text;
}

Json list_in(Json root, const SourceQuery& query) {
  if (const std::string pointer = query.option("items"); !pointer.empty())
    return at_pointer(root, pointer);
  if (root.is_array()) return root;
  for (const std::string_view name : kLists)
    if (root[name].is_array()) return root[name];
  return {};
}

std::string replaced(std::string text, std::string_view place, std::string_view value) {
  const std::string encoded = percent_encode(value);
  for (std::size_t at = text.find(place); at != std::string::npos;
       at = text.find(place, at + encoded.size()))
    text.replace(at, place.size(), encoded);
  return text;
}

// Where the list begins: what is configured, or what an earlier run saw, in the site's spelling.
std::string since_text(const SourceQuery& query, Seconds known) {
  const Seconds overlap = kSecondsPerDay;
  const Seconds since = std::max<Seconds>({query.since, known == kNoTime ? 0 : known - overlap, 0});
  if (query.option("since_format") == "epoch") return std::to_string(since);
  const std::string printed = format_utc(since);
  return query.option("since_format") == "date" ? printed.substr(0, 10) : printed;
}

// The parameter of this way of paging, put into the template or behind the address.
std::string with_page(std::string url, const SourceQuery& query, const ListingPlace& place) {
  const std::string mode = query.option("page", "none");
  std::string value = place.token;
  if (mode == "page") value = place.token.empty() ? query.option("first_page", "1") : place.token;
  if (mode == "offset" && value.empty()) value = "0";
  const std::string hole = "{" + mode + "}";
  const bool has_hole = url.find(hole) != std::string::npos;
  url = replaced(url, hole, value);
  if (mode == "none" || mode == "link" || has_hole || value.empty()) return url;
  const std::string key = mode == "cursor" ? query.option("cursor_parameter", "cursor")
                                           : query.option("page_parameter", mode);
  return url + (url.find('?') == std::string::npos ? "?" : "&") + percent_encode(key) + "=" +
         percent_encode(value);
}

// The token goes into the header that the configuration names, never into the address.
void authorize_as_told(Request& request, const SourceQuery& query) {
  request.headers = {{"Accept", "application/json"}};
  if (query.token.empty()) return;
  const std::string header = query.option("token_header", kBearer);
  const std::size_t colon = header.find(':');
  std::string before(colon == std::string::npos ? "" : trim(header.substr(colon + 1)));
  if (!before.empty()) before += ' ';
  request.headers.emplace_back(trim(header.substr(0, colon)), before + query.token);
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string mode = query.option("page", "none");
  if (trim(query.url).empty())
    return fail(ErrorCode::invalid, "json needs `url`: the address of the list");
  if (mode != "none" && mode != "cursor" && mode != "page" && mode != "offset" && mode != "link")
    return fail(ErrorCode::invalid,
                "json: `page` must be \"none\", \"cursor\", \"page\", \"offset\" or \"link\"");
  if (mode == "cursor" && query.option("next").empty())
    return fail(ErrorCode::invalid,
                "json needs `next` with page = \"cursor\": the JSON pointer to the next cursor");
  if (query.url.find("{query}") != std::string::npos && trim(query.words).empty())
    return fail(ErrorCode::invalid, "json needs `query`: it takes the place of {query} in `url`");
  const ListingPlace place(cursor);
  Request request;
  if (mode == "link" && !place.token.empty()) {
    // The token goes with the request, so it must not leave the site.
    if (origin_of(place.token) != origin_of(query.url))
      return fail(ErrorCode::invalid, "json: the next page lies on another site");
    request.url = place.token;
  } else {
    request.url = replaced(query.url, "{query}", trim(query.words));
    request.url = replaced(request.url, "{since}", since_text(query, place.since));
    request.url = with_page(request.url, query, place);
  }
  authorize_as_told(request, query);
  return request;
}

// One item by its id, where the configuration says how the site names it.
Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  const std::string pattern = query.option("item_url");
  if (ids.empty() || pattern.find("{id}") == std::string::npos)
    return fail(ErrorCode::invalid, "json: `item_url` does not say where an item lies");
  Request request;
  request.url = resolve_url(query.url, replaced(pattern, "{id}", ids.front()));
  if (origin_of(request.url) != origin_of(query.url))
    return fail(ErrorCode::invalid, "json: `item_url` lies on another site than `url`");
  authorize_as_told(request, query);
  return request;
}

Document read_item(Json item, const SourceQuery& query) {
  Document document = new_document(json_source, query);
  const std::string link = fold_space(text_in(item, kUrl, query));
  document.url = link.empty() ? "" : resolve_url(query.url, link);
  document.title = text_in(item, kTitle, query);
  document.text = text_in(item, kText, query);
  document.published_at = time_of(find_field(item, kTime, query));
  document.author.name = fold_space(text_in(item, kAuthor, query));
  document.author.id = text_in(item, kAuthorId, query);
  if (document.author.id.empty())
    document.author.id = find_field(item, kAuthor, query)["id"].text();
  if (document.author.id.empty()) document.author.id = document.author.name;
  document.rating = find_field(item, kRating, query).number();
  document.likes = find_field(item, kLikes, query).integer();
  document.shares = find_field(item, kShares, query).integer();
  document.lang = text_in(item, kLang, query);
  document.place = text_in(item, kPlace, query);
  document.parent = text_in(item, kParent, query);
  document.id = text_in(item, kId, query);
  // A site that numbers nothing still has one item at one place, or of one person and moment.
  if (document.id.empty() && query.option("fields.id").empty() &&
      !(document.url + document.text).empty())
    document.id = hex64(hash64(
        document.url.empty() ? document.author.id + "\n" + std::to_string(document.published_at) +
                                   "\n" + document.title + "\n" + document.text
                             : document.url));
  return document;
}

// How many items or pages there are in all, where the site says so.
std::optional<std::int64_t> total_in(Json root, const SourceQuery& query) {
  const std::string pointer = query.option("total");
  if (pointer.empty()) return {};
  Cursor number;  // some sites write numbers as text
  number.set("n", at_pointer(root, pointer).text());
  return number.number("n");
}

// How the next page is named; empty where this was the last.
std::string next_token(Json root, std::size_t count, const SourceQuery& query,
                       const ReplyContext& context) {
  const std::string mode = query.option("page", "none");
  const std::string pointer = query.option("next");
  const ListingPlace place(context.cursor);
  if (count == 0) return {};
  if (mode == "cursor") {
    const Json next = at_pointer(root, pointer);
    return next.flag() ? std::string() : next.text();  // some sites say false where others say null
  }
  if (mode == "link") {
    const std::string link =
        pointer.empty() ? link_target(context.link, "next") : at_pointer(root, pointer).text();
    const std::string base = context.url.empty() ? query.url : context.url;
    const std::string url = link.empty() ? "" : resolve_url(base, link);
    return origin_of(url) == origin_of(query.url) ? url : "";
  }
  Cursor numbers;
  numbers.set("first", query.option("first_page", "1"));
  numbers.set("size", query.option("page_size"));
  const auto size =
      static_cast<std::size_t>(std::max<std::int64_t>(numbers.number_or("size", 0), 0));
  if (mode == "none") return {};
  const bool pages = mode == "page";
  const std::int64_t first = pages ? numbers.number_or("first", 1) : 0;
  const std::int64_t here = place.number(first);
  if (const auto total = total_in(root, query)) {
    const auto behind = here + (pages ? 1 : static_cast<std::int64_t>(count));
    return behind < *total + first ? std::to_string(behind) : "";
  }
  if (count < size) return {};
  return std::to_string(here + (pages ? 1 : static_cast<std::int64_t>(std::max(size, count))));
}

// Behind the last page many sites have none (404): a list that is counted ends there.
std::optional<Page> past_end(std::string_view printed) {
  const ListingPlace place(printed);
  if (!is_digits(place.token)) return {};
  Page end;
  if (const auto newest = Cursor(printed).number("newest"))
    end.resume = "since=" + std::to_string(*newest);
  return end;
}

// What is true, a time, a reason: anything but false, null, nothing, 0 and "".
bool is_gone(Json item, const SourceQuery& query) {
  const std::string pointer = query.option("fields.deleted");
  if (pointer.empty()) return false;
  const Json value = at_pointer(item, pointer);
  const std::string text = value.text();
  return value.is_object() || value.is_array() || (!text.empty() && text != "false" && text != "0");
}

// The reply to `item_url`: the item itself, or a list with it alone.
Json single_item(Json root, const SourceQuery& query) {
  Json item = at_pointer(root, query.option("item"));
  if (item.is_array())
    for (const Json one : item) return one;
  return item;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Listing::Rules rules;
  rules.newest_first = query.option("order", "newest") == "newest";
  Listing listing(query, context, rules);
  const auto add = [&](Json item) {
    if (!item.is_object()) return listing.unreadable();
    Document document = read_item(item, query);
    is_gone(item, query) ? listing.gone(document.id) : listing.add(std::move(document));
  };
  if (listing.is_recheck()) {
    add(single_item(json.root(), query));
    return listing.finish({});
  }
  const Json list = list_in(json.root(), query);
  if (!list.is_array()) return not_a_list(json.root(), "items; set `items` to the pointer to it");
  for (const Json item : list) add(item);
  return listing.finish(next_token(json.root(), list.size(), query, context));
}

constexpr SourceOption kOptions[] = {
    {.key = "items",
     .help = "JSON pointer to the list of items; else the body itself, or a usual "
             "name such as /results"},
    {.key = "page",
     .help = "how the list is paged: none (the default), page, offset, cursor or "
             "link"},
    {.key = "next",
     .help = "JSON pointer to the next cursor (page = \"cursor\") or to the next "
             "address (page = \"link\"; else the Link header)"},
    {.key = "page_parameter",
     .help = "name of the parameter, default `page` or `offset`; not "
             "used where the address holds {page} or {offset}"},
    {.key = "cursor_parameter", .help = "name of the parameter, default `cursor`"},
    {.key = "first_page", .help = "number of the first page, default 1"},
    {.key = "page_size", .help = "items on a full page: a shorter page is the last"},
    {.key = "total",
     .help = "JSON pointer to how many pages (page = \"page\") or items (page = \"offset\") "
             "there are: no page before the last one ends the list, however short"},
    {.key = "item_url",
     .help = "address of one item, with {id}: what is kept is asked for again there, so that edits "
             "and deletions are seen"},
    {.key = "item", .help = "JSON pointer to the item in the reply of `item_url`, default all"},
    {.key = "order",
     .help = "newest (the default): reading stops at what is known; any: every "
             "run reads the whole list"},
    {.key = "since_format", .help = "how {since} is written: iso (the default), date or epoch"},
    {.key = "html", .help = "true: title and text are HTML; default false"},
    {.key = "token_header",
     .help = "the header that carries the token, default "
             "\"Authorization: Bearer\""},
    {.key = "fields.id", .help = "JSON pointer within an item to the site's own id, such as /id"},
    {.key = "fields.text", .help = "pointer to the text"},
    {.key = "fields.title", .help = "pointer to the title"},
    {.key = "fields.author", .help = "pointer to the author's name"},
    {.key = "fields.author_id", .help = "pointer to the author's id"},
    {.key = "fields.published_at", .help = "pointer to the time, in any usual spelling"},
    {.key = "fields.url", .help = "pointer to the address of the item"},
    {.key = "fields.rating", .help = "pointer to the stars, on the site's own scale"},
    {.key = "fields.likes", .help = "pointer to the number of likes"},
    {.key = "fields.shares", .help = "pointer to the number of shares"},
    {.key = "fields.lang", .help = "pointer to the language"},
    {.key = "fields.parent", .help = "pointer to the id of what it answers"},
    {.key = "fields.place", .help = "pointer to the place"},
    {.key = "fields.deleted",
     .help = "pointer to what is there, and not false or 0, once the item was deleted"},
};

}  // namespace

const Source json_source = {
    .name = "json",
    .title = "Any site that answers in JSON",
    .terms = "The site's own: read them before you add it.",
    .help =
        "A list in JSON, described here alone. `url` may hold {query}, {since}, {page}, {offset} "
        "and {cursor}; `query` is what takes the place of {query}. docs/json-source.md shows how "
        "to describe a site.\n"
        "[[source]]\n"
        "kind  = \"json\"\n"
        "url   = \"https://forum.example/api/posts?q={query}\"\n"
        "query = \"acme pump\"\n"
        "items = \"/posts\"\n"
        "page  = \"page\"\n"
        "fields = { id = \"/id\", text = \"/body\", author = \"/user/name\", "
        "published_at = \"/created_at\" }\n",
    .base = "",
    .key = "The site's own, if it asks for one; `token_header` says which header carries it.",
    .options = kOptions,
    .local_ids = true,
    .needs_url = true,
    .plan = plan,
    .parse = parse,
    .past_end = past_end,
    .recheck = recheck,
    .recheck_at_once = 1,
};

}  // namespace plumbline
