#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source appstore_source;
namespace {

constexpr std::int64_t kLastPage = 10;  // of 50 each; further pages are refused

std::string country_of(const SourceQuery& query) {
  return ascii_lower(trim(query.option("country", "us")));
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string app = asked_for(query, "app");
  if (app.empty()) return needs_query(appstore_source, "the number of the app, such as 310633997");
  const std::int64_t page = ListingPlace(cursor).number(1, kLastPage);
  return json_request(Address(base_of(appstore_source, query),
                              "/" + encode_path(country_of(query)) +
                                  "/rss/customerreviews/page=" + std::to_string(page) +
                                  "/id=" + encode_path(app) + "/sortby=mostrecent/json"));
}

std::string label(Json entry, std::string_view key) { return entry[key]["label"].text(); }

// "https://itunes.apple.com/us/reviews/id120034" ends with the account's number.
std::string number_at_end(const std::string& url) {
  const std::size_t last = url.find_last_not_of("0123456789");
  return last == std::string::npos ? url : url.substr(last + 1);
}

Document read_review(Json entry, const SourceQuery& query) {
  Document document = new_document(appstore_source, query);
  document.id = label(entry, "id");
  Json link = entry["link"];
  if (link.is_array()) link = *link.begin();
  document.url = link["attributes"]["href"].text();
  document.author.name = fold_space(label(entry["author"], "name"));
  document.author.id = number_at_end(label(entry["author"], "uri"));
  document.published_at = time_of(entry["updated"]["label"]);
  document.title = label(entry, "title");
  document.text = label(entry, "content");
  document.rating = entry["im:rating"]["label"].number();
  document.likes = entry["im:voteSum"]["label"].integer();
  document.place = country_of(query);
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json feed = json.root()["feed"];
  if (!feed.is_object()) return not_a_list(json.root(), "reviews");
  Listing::Rules rules;
  rules.limit = "the newest 500 of each country";
  Listing listing(query, context, rules);
  const Json entries = feed["entry"];
  bool any = false;
  const auto take = [&](Json entry) {
    if (!entry["im:rating"].exists() && entry["im:name"].exists()) return;  // the app itself
    any = true;
    listing.add(read_review(entry, query));
  };
  if (entries.is_object()) take(entries);  // a single review is not in a list
  if (entries.is_array())
    for (const Json entry : entries) take(entry);
  const std::int64_t page = listing.place().number(1, kLastPage);
  return listing.finish(any && page < kLastPage ? std::to_string(page + 1) : "");
}

constexpr SourceOption kOptions[] = {
    {.key = "app", .help = "number of the app, instead of `query`", .instead_of_query = true},
    {.key = "country", .help = "two letters of the store, default us; one entry per country"},
};

}  // namespace

const Source appstore_source = {
    .name = "appstore",
    .title = "App Store reviews (public feed)",
    .terms = "Public feed without a key; it gives the newest 500 reviews of each country.",
    .help =
        "Reviews of an app. `query` is its number, as in the address of its page "
        "(.../id310633997). The feed holds 500 reviews, so read it every night.\n"
        "[[source]]\n"
        "kind    = \"appstore\"\n"
        "query   = \"310633997\"\n"
        "country = \"us\"\n",
    .base = "https://itunes.apple.com",
    .options = kOptions,
    .needs_query = true,
    .requests_per_second = 0.5,
    .plan = plan,
    .parse = parse,
};

}  // namespace plumbline
