#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/google_api.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source googleplay_source;
namespace {

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string app = asked_for(query, "app");
  if (app.empty()) return needs_query(googleplay_source, "the package name, such as com.acme.app");
  Address address(base_of(googleplay_source, query),
                  "/androidpublisher/v3/applications/" + encode_path(app) + "/reviews");
  address.add("maxResults", 100).add("token", ListingPlace(cursor).token);
  return bearer_request(address, query);
}

// A review is a list of what the user and the developer said; the user's part is the newest state.
Json comment_of(Json review, std::string_view whose) {
  for (const Json comment : review["comments"])
    if (comment[whose].is_object()) return comment[whose];
  return {};
}

Document read_review(Json review, const SourceQuery& query) {
  const Json comment = comment_of(review, "userComment");
  const std::string app = asked_for(query, "app");
  Document document = new_document(googleplay_source, query);
  document.id = review["reviewId"].text();
  document.url = "https://play.google.com/store/apps/details?id=" + percent_encode(app) +
                 "&reviewId=" + percent_encode(document.id);
  document.author.name = fold_space(review["authorName"].text());
  document.author.id = document.id;  // one review a person, and names are shared
  document.published_at = time_of(comment["lastModified"]);
  document.lang = comment["reviewerLanguage"].text();
  document.rating = comment["starRating"].number();
  document.likes = comment["thumbsUpCount"].integer();
  // "title\ttext"; the title is mostly empty.
  const std::string text = comment["text"].text();
  const std::size_t tab = text.find('\t');
  if (tab != std::string::npos) document.title = text.substr(0, tab);
  document.text = tab == std::string::npos ? text : text.substr(tab + 1);
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json reviews = json.root()["reviews"];
  if (!reviews.is_array() && !is_empty_answer(json.root(), context))
    return not_a_list(json.root(), "reviews");
  Listing::Rules rules;
  rules.newest_first = false;
  rules.limit = "the last week";
  Listing listing(query, context, rules);
  for (const Json review : reviews) listing.add(read_review(review, query));
  return listing.finish(json.root()["tokenPagination"]["nextPageToken"].text());
}

constexpr SourceOption kOptions[] = {
    {.key = "app", .help = "package name, instead of `query`", .instead_of_query = true},
};

}  // namespace

const Source googleplay_source = {
    .name = "googleplay",
    .title = "Google Play reviews (your own app)",
    .terms = "Developer interface for your own apps; at most 200 requests an hour.",
    .help =
        "Reviews of your app that were written or changed in the last week, one to five stars: "
        "older ones are not given, so read it every night. `query` is the package name.\n"
        "[[source]]\n"
        "kind  = \"googleplay\"\n"
        "query = \"com.acme.app\"\n"
        "token = { env = \"PLAY_TOKEN\" }\n",
    .base = "https://androidpublisher.googleapis.com",
    .key =
        "A service account with the permission \"View app information\" in the Play Console; "
        "the token is its access token for the scope androidpublisher, which lives an hour.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 0.5,
    .plan = plan,
    .parse = parse,
    .told_to_wait = google_told_to_wait,
};

}  // namespace plumbline
