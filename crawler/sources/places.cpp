#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/google_api.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source places_source;
namespace {

Result<Request> plan(const SourceQuery& query, std::string_view) {
  const std::string place = asked_for(query, "place");
  if (place.empty()) return needs_query(places_source, "the id of the place, such as ChIJ...");
  Address address(base_of(places_source, query), "/v1/places/" + encode_path(place));
  address.add("languageCode", query.option("language"));
  Request request = google_key_request(address, query);
  request.headers.emplace_back("X-Goog-FieldMask", "reviews");
  return request;
}

// "places/ChIJ1/reviews/abc" ends with the review's own id; a reply without names is told apart by
// who wrote when.
std::string id_of(Json review, const Author& author) {
  const std::string name = review["name"].text();
  if (!name.empty()) return name.substr(name.rfind('/') + 1);
  const std::string when = review["publishTime"].text();
  return author.id.empty() || when.empty() ? "" : hex64(hash64(author.id + "\n" + when));
}

Document read_review(Json review, const SourceQuery& query) {
  const Json author = review["authorAttribution"];
  Json text = review["originalText"];
  if (!text.is_object()) text = review["text"];
  Document document = new_document(places_source, query);
  document.author.name = fold_space(author["displayName"].text());
  document.author.id = author["uri"].text();  // the only thing that tells two of one name apart
  if (document.author.id.empty()) document.author.id = document.author.name;
  document.id = id_of(review, document.author);
  document.url = review["googleMapsUri"].text();
  document.published_at = time_of(review["publishTime"]);
  document.text = text["text"].text();
  document.lang = text["languageCode"].text();
  document.rating = review["rating"].number();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json reviews = json.root()["reviews"];
  if (!reviews.is_array() && !is_empty_answer(json.root(), context))
    return not_a_list(json.root(), "reviews");
  Listing listing(query, context);
  for (const Json review : reviews) listing.add(read_review(review, query));
  return listing.finish("");
}

constexpr SourceOption kOptions[] = {
    {.key = "place", .help = "id of the place, instead of `query`", .instead_of_query = true},
    {.key = "language", .help = "language in which Google chooses reviews, default its own"},
};

}  // namespace

const Source places_source = {
    .name = "places",
    .title = "Google Places reviews",
    .terms =
        "Paid interface; Google restricts how long its content may be kept, so ask it again "
        "or drop it within 30 days.",
    .help =
        "The five reviews that Google shows of a place, one to five stars. `query` is the id of "
        "the place. For all reviews of your own place take kind googlebusiness.\n"
        "[[source]]\n"
        "kind  = \"places\"\n"
        "query = \"ChIJN1t_tDeuEmsRUsoyG83frY4\"\n"
        "token = { env = \"GOOGLE_KEY\" }\n",
    .base = "https://places.googleapis.com",
    .key =
        "Google Cloud console: enable \"Places API (New)\", then APIs and Services, "
        "Credentials, Create credentials, API key.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .told_to_wait = google_told_to_wait,
};

}  // namespace plumbline
